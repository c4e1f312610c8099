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
  path.reduce<string>(pathWithStep, "");

/** A path with one more step, a field or the index of an element. What is printed so is read as compose prints paths. */
export function pathWithStep(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  if (!/^[\w$-]+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === "" ? step : `${path}.${step}`;
}
