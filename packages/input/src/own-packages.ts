import type * as NodeModule from "node:module";

const offering = new Set<string>();

/**
 * Lets modules that lie outside of any project import `@atlas/compose` and its like: where they find none of their own,
 * they get those that a module of ours uses.
 *
 * @param parent the URL of that module.
 * @example
 * offerPackagesOf(import.meta.url);
 */
export function offerPackagesOf(parent: string): void {
  if (offering.has(parent)) return;
  offering.add(parent);
  // Importing node:module costs a cold start milliseconds, needed or not.
  const { registerHooks }: Partial<typeof NodeModule> = process.getBuiltinModule("node:module");
  // Bun has none, and with Deno's a package of modules no longer finds its own: there, modules find what their folders have.
  if (!registerHooks || "Deno" in globalThis) return;
  registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith("@atlas/")) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return next(specifier, { ...context, parentURL: parent });
      }
    },
  });
}
