import { InputError } from "./failure.ts";

/** A release of the operator, as its tags name it: `v0.7.37`. */
export type Release = `v${string}`;

const pattern = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/;

/** @throws {InputError} when it is no version. */
export function releaseOf(version: string): Release {
  const [, bare] = pattern.exec(version) ?? [];
  if (bare !== undefined) return `v${bare}`;
  throw new InputError([
    {
      what: `${JSON.stringify(version)} is no version of the operator`,
      expected: "a release as v0.7.37",
      mend: "give one of those at github.com/ariga/atlas-operator/releases",
    },
  ]);
}

/** The tags that an image of the release may have: upstream's has a leading v, a mirror's may have none. */
export const tagsOf = (release: Release): readonly string[] => [release, release.slice(1)];

/** The last release whose sources were read for what is known here. */
const lastKnown: Release = "v0.7.37";

/**
 * The plurals of the kinds that a release has, as `config/crd/kustomization.yaml` at its tag lists them; undefined for one
 * that came later.
 */
export function knownCrds(release: Release): readonly string[] | undefined {
  if (isEarlier(lastKnown, release)) return undefined;
  return isEarlier(release, "v0.1.7") ? ["atlasschemas"] : ["atlasschemas", "atlasmigrations"];
}

/** What changed between two releases that no comparison of manifests shows. */
const notes: readonly { readonly since: Release; readonly up: string; readonly down: string }[] = [
  {
    since: "v0.7.36",
    up: "the manager knows --namespace, --label-selector and --leader-election-id from v0.7.36 on",
    down: "before v0.7.36 the manager does not know --namespace, --label-selector and --leader-election-id: it ends at once when an environment's args have one",
  },
  {
    since: "v0.7.37",
    up: "a status starts with observedGeneration -1: wait for it to reach metadata.generation, not for a status to be there",
    down: "a status has no observedGeneration: what waits for it waits for ever",
  },
];

/** What to check by hand after a step from one release to another. */
export function checksAfter(from: string, to: Release): string[] {
  const step = isEarlier(from, to) ? "up" : "down";
  const [lower, upper] = step === "up" ? [from, to] : [to, from];
  const passed = notes.filter(({ since }) => isEarlier(lower, since) && !isEarlier(upper, since));
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

/** Whether a version comes before another; a pre-release comes before its release. */
function isEarlier(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => {
    const [numbers = "", pre] = version.replace(/^v/, "").split(/-(.*)/);
    return [...numbers.split(".").map(Number), pre === undefined ? 1 : 0];
  });
  for (const [index, number] of (left ?? []).entries()) {
    const other = right?.[index] ?? 0;
    if (number !== other) return number < other;
  }
  return false;
}
