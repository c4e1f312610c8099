let isRegistered = false;

/**
 * Lets modules that lie outside of any project import `@atlas/compose` and its like: where they find none of their own,
 * they get those that atlas-render itself uses.
 */
export function offerOwnPackages(): void {
  if (isRegistered) return;
  isRegistered = true;
  // Importing node:module costs a cold start milliseconds, needed or not.
  const { registerHooks } = process.getBuiltinModule("node:module");
  registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith("@atlas/")) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
}
