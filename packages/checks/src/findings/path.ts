/**
 * The fields and indices of a path as reasons print it.
 *
 * @example
 * fieldsOf('spec.containers[0].labels["app.kubernetes.io/name"]'); // ["spec", "containers", 0, "labels", "app.kubernetes.io/name"]
 */
export function fieldsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(
    ([, index, quoted, name = ""]): string | number => {
      if (index !== undefined) return Number(index);
      return quoted === undefined ? name : String(JSON.parse(quoted));
    },
  );
}

/** The path of fields and indices, as it is printed. */
export const printedPath = (path: readonly (string | number)[]): string =>
  path.reduce<string>((printed, field) => {
    if (typeof field === "number") return `${printed}[${field}]`;
    if (!/^[\w$-]+$/.test(field)) return `${printed}[${JSON.stringify(field)}]`;
    return printed === "" ? field : `${printed}.${field}`;
  }, "");
