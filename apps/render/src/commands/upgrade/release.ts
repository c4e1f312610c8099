import { behaviourNotes, isEarlier, type Release } from "@atlas/manifests/releases";
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
