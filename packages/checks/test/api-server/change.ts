/** The way to a value in an object. */
export type Steps = readonly (string | number)[];

/** A value that is set, or one that is taken out, in an object. */
export type Change = readonly [steps: Steps] | readonly [steps: Steps, value: unknown];

/** A copy of an object with changes. One whose way leads nowhere changes nothing. */
export function changed(object: object, changes: readonly Change[]): object {
  const copy = structuredClone(object);
  for (const [steps, ...rest] of changes) {
    let parent: unknown = copy;
    for (const step of steps.slice(0, -1)) parent = isParent(parent) ? parent[step] : undefined;
    const last = steps.at(-1);
    if (!isParent(parent) || last === undefined) continue;
    if (rest.length > 0) parent[last] = structuredClone(rest[0]);
    else if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return copy;
}

const isParent = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === "object" && value !== null;
