// Generated from crds/ by crd-codegen. Do not edit.

/** One thing that is wrong with an object. */
export interface ValidationIssue {
  /** Where, as `spec.urlFrom.secretKeyRef`; empty for the object itself. */
  readonly path: string;
  readonly message: string;
  /** What would have been right. */
  readonly expected?: string;
  /** What stands there. */
  readonly got?: string;
  /** The nearest name that exists. */
  readonly suggestion?: string;
}

/** A path with one more step: a field's name. */
export function join(path: string, name: string): string {
  const step = /^[\w$-]+$/.test(name) ? name : `[${JSON.stringify(name)}]`;
  return path === "" || step.startsWith("[") ? `${path}${step}` : `${path}.${step}`;
}

/** The steps of an issue's path: `spec.ports[0]` as `["spec", "ports", 0]`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/([\w$-]+)(?=$|\.|\[)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(
    ([, name, index, quoted]) =>
      index !== undefined ? Number(index) : quoted !== undefined ? String(JSON.parse(quoted)) : (name ?? ""),
  );
}

/** A value as a message shows it. */
export function show(value: unknown): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch {
    // A bigint, or an object that holds itself.
    return String(value);
  }
}

/** The name that is probably meant: at most a third of the letters differ. */
export function nearestOf(name: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 3));
  const ranked = candidates
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= most ? best.candidate : undefined;
}

/** That a field is none of those that the object at the path may have. */
export function unknownFieldIssue(name: string, known: readonly string[], within: string): ValidationIssue {
  const suggestion = nearestOf(name, known);
  const expected =
    known.length === 0
      ? "no field"
      : known.length > 12
        ? "a field of the schema"
        : `one of: ${known.join(", ")}`;
  return {
    path: join(within, name),
    message: `the field "${name}" does not exist`,
    expected,
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** Levenshtein's distance, in which two neighbours that changed places count once. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (older[j - 2] ?? 0) + 1 : replaced;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped));
    }
    [older, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
