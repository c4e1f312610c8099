import { compose } from "@atlas/compose";
import { claim, clustersOf, type Claims } from "./cluster-claims.ts";
import type { Environment } from "../environments/environment.ts";
import { readExternal } from "../read/external.ts";
import { findingsOf, type Finding } from "@atlas/input";
import { placedFindings } from "../places/finding-places.ts";

/**
 * What environments that are not rendered would take, in a cluster that they share, from those that are. It asks their
 * sources, not what was rendered of them: so each render finds the same, whichever comes first.
 *
 * @param claims what the rendered ones claim.
 */
export async function claimsOfOthers(
  claims: Claims,
  others: readonly Environment[],
): Promise<readonly Finding[]> {
  const clusters = new Set([...claims.keys()].map((key): unknown => JSON.parse(key)[0]));
  const findings: Finding[] = [];
  for (const environment of others) {
    findings.push(...claimsOf(environment, claims, clusters));
    // Lets a signal through, such as that of Ctrl-C.
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return findings;
}

function claimsOf(
  { name, layer: layerOf }: Environment,
  claims: Claims,
  clusters: ReadonlySet<unknown>,
): Finding[] {
  try {
    const layer = layerOf();
    const shared = [...clustersOf(layer)].filter((cluster) => clusters.has(cluster));
    if (shared.length === 0) return [];
    const objects = compose(layer, readExternal);
    // What two of the others take from each other is for their own renders to say.
    const problems = shared.flatMap((cluster) => claim(new Map(claims), cluster, name, objects));
    return problems.length === 0
      ? []
      : [...placedFindings(problems, layer, { name, objects })].map((problem) => ({
          environment: name,
          ...problem,
        }));
  } catch (error) {
    // What is wrong in itself is said when it is rendered.
    if (findingsOf(error)) return [];
    throw error;
  }
}
