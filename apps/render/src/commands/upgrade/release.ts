import { behaviourNotes, isEarlier, statedUpTo, type Release } from "@atlas/manifests/releases";
import { InputError } from "@atlas/input";

const pattern = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/;

/** @throws {InputError} when it is not a version. */
export function releaseOf(version: string): Release {
  const [, bare] = pattern.exec(version) ?? [];
  if (bare !== undefined) return `v${bare}` as Release;
  throw new InputError([
    {
      code: "option-value-malformed",
      what: `${JSON.stringify(version)} is not a version of the operator`,
      expected: "a release as v0.7.37",
      fix: "give one of those at github.com/ariga/atlas-operator/releases",
    },
  ]);
}

/** The tags that an image of the release may have: upstream's has a leading v, a mirror's may have none. */
export const releaseTags = (release: Release): readonly string[] => [release, release.slice(1)];

/**
 * What a step to an earlier release means, a line each; none for a step to a later one.
 *
 * @example
 * downgradeLines("v0.7.36", "v0.7.11")[1]; // "flags that v0.7.11 does not know: label-selector, …: …"
 */
export function downgradeLines(from: string, to: Release): readonly string[] {
  if (!isEarlier(to, from)) return [];
  const lost = lossKinds.flatMap(({ facts, are, so }) => {
    const names = facts.flatMap((what) => without(statedUpTo(from, what), statedUpTo(to, what)));
    return names.length === 0
      ? []
      : [`${are} that ${to} does not know: ${names.toSorted().join(", ")}: ${so}`];
  });
  return [`${to} is earlier than ${from}: this is a downgrade`, ...lost];
}

const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  names.filter((name) => !others.includes(name));

/** What a release may lack, and what becomes of it. */
const lossKinds = [
  {
    facts: ["kinds"],
    are: "kinds",
    so: "nobody reconciles their objects any more, and to delete the CRD of one deletes all of them",
  },
  {
    facts: ["fields", "status"],
    are: "fields",
    so: "with its CRDs the API server drops them of every object that is written, and what they asked for is not done",
  },
  { facts: ["flags"], are: "flags", so: "the manager ends at once where an environment has one" },
  { facts: ["variables"], are: "variables", so: "they do nothing" },
] as const;

/** What to check by hand after a step from one release to another. */
export function checksAfter(from: string, to: Release): string[] {
  const step = isEarlier(from, to) ? "up" : "down";
  const [lower, upper] = step === "up" ? [from, to] : [to, from];
  const passed = behaviourNotes.filter(({ since }) => isEarlier(lower, since) && !isEarlier(upper, since));
  return [
    "types: pnpm run test names what no longer compiles or is no longer accepted",
    "descriptions: new fields in packages/crd-types/crds/ have none yet; write them, then pnpm exec nx run crd-types:generate",
    "permissions: the rules for the kinds follow the CRDs; a verb that is missing among the others in packages/manifests/src/base/cluster-role.ts shows as `forbidden` in the manager's log",
    "the cluster: its CRDs are shared by every operator in it, whichever release that runs",
    "environments that state an image of their own keep its release",
    ...passed.map((note) => `${note.since}: ${note[step]}`),
    "what would change there: pnpm run render && kubectl diff -k dist/manifests/dev",
  ];
}
