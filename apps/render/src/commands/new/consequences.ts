import { check, type Code, type KubernetesObject } from "@atlas/checks";
import { isExternal } from "@atlas/compose";
import { lastKnownRelease, releases } from "@atlas/manifests/releases";
import { readExternal } from "../../read/external.ts";
import type { Rendering } from "../../rendering/rendering.ts";

/** What answers may mean that nobody meant: no operator runs, or one whose CRDs are of another release. */
const codes: ReadonlySet<Code> = new Set<Code>(["crd-of-another-release", "operator-not-running"]);

/** What is so of an environment and not of the one below, each with how it is put right. */
export function consequences(below: Rendering, rendered: Rendering): readonly string[] {
  const before = new Set(consequencesSaid(below));
  return consequencesSaid(rendered).filter((line) => !before.has(line));
}

const consequencesSaid = ({ objects }: Rendering): readonly string[] =>
  check(
    objects.map((object): KubernetesObject => (isExternal(object) ? readExternal(object.source) : object)),
    { releases, lastRelease: lastKnownRelease },
  )
    .filter(({ code }) => codes.has(code as Code))
    .map(({ object, what, fix = "" }) => `${object.kind}/${object.name}: ${what}; ${fix}`);
