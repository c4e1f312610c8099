import { didYouMean, type Problem } from "@atlas/compose";

/** `spec.ports` and `0` as `spec.ports[0]`. */
export const joinPath = (path: string, step: string): string =>
  /^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step;

/**
 * The value, watched while a validator of `@kubernetes-models/istio` reads it. Those accept unknown fields and keep no schema to look into,
 * but they read each field that they know: what an object has and was never asked for is unknown. An object of which
 * nothing was asked may have any fields.
 */
export function watch(value: object): {
  value: object;
  readonly unread: () => Problem[];
} {
  const asked = new Map<object, { readonly path: string; readonly fields: Set<string> }>();
  function watched(target: object, path: string): object {
    const fields = asked.get(target)?.fields ?? new Set<string>();
    asked.set(target, { path, fields });
    return new Proxy(target, {
      get(object, field, receiver) {
        const inner: unknown = Reflect.get(object, field, receiver);
        if (typeof field === "symbol") return inner;
        fields.add(field);
        return typeof inner === "object" && inner !== null ? watched(inner, joinPath(path, field)) : inner;
      },
    });
  }
  return {
    value: watched(value, ""),
    unread: () =>
      [...asked].flatMap(([object, { path, fields }]) => {
        if (Array.isArray(object) || fields.size === 0) return [];
        return Object.keys(object)
          .filter((field) => !fields.has(field))
          .map((field) => ({
            path: joinPath(path, field),
            code: "field-unknown",
            what: `the field "${field}" does not exist`,
            expected: fields.size > 12 ? "a field of the kind's schema" : `one of: ${[...fields].join(", ")}`,
            fix: didYouMean(field, fields, "take the field out"),
          }));
      }),
  };
}
