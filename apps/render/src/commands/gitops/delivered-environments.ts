import { isExternal, type KubernetesObject, type Layer } from "@atlas/compose";
import { operator } from "@atlas/manifests";
import { hindrances, type DeliveredEnvironment, type GitOpsTool } from "@atlas/manifests/gitops";
import type { Finding } from "@atlas/input";
import type { Environment } from "../../environments/environment.ts";
import { placedFindings } from "../../places/finding-places.ts";
import { readExternal } from "../../read/external.ts";
import { clustersOf } from "../../rendering/cluster-claims.ts";
import { rowOf } from "../../rendering/environment-row.ts";
import { renderEnvironments, type Rendering } from "../../rendering/rendering.ts";
import { statedDefinitions } from "../../validate/known-definitions.ts";

/**
 * Renders environments for a tool. They are held against schemas when their folders are rendered.
 *
 * @returns them, and why any of them is not to be delivered as it is.
 * @throws {InputError} with everything that is wrong in any of them.
 */
export async function deliveredEnvironments(
  environments: readonly Environment[],
  tool: GitOpsTool,
): Promise<{
  readonly environments: readonly DeliveredEnvironment[];
  readonly findings: readonly Finding[];
}> {
  const layers = new Map(environments.map(({ name, layer }) => [name, layer]));
  const delivered: DeliveredEnvironment[] = [];
  const findings: Finding[] = [];
  for await (const rendering of renderEnvironments(environments, { validate: "none", isKept: true })) {
    const layer = layers.get(rendering.name)?.();
    if (!layer) continue;
    const environment = deliveredEnvironment(rendering, layer, findings);
    delivered.push(environment);
    findings.push(...placedFindings(hindrances(environment, tool), layer, rendering));
  }
  return { environments: delivered, findings };
}

function deliveredEnvironment(rendering: Rendering, layer: Layer, findings: Finding[]): DeliveredEnvironment {
  const { name, namespace } = rendering;
  const objects = rendering.objects.map((resource): KubernetesObject =>
    isExternal(resource) ? readExternal(resource.source) : resource,
  );
  const own = new Set(objects.map((object) => object.metadata.name));
  const needs = statedDefinitions(layer).map(({ metadata }) => metadata.name);
  const [cluster, ...others] = clustersOf(layer);
  if (others.length > 0) findings.push(severalClusters(name, [...clustersOf(layer)]));
  return {
    name,
    cluster,
    namespace,
    release: rowOf(rendering).version ?? operator.image.version,
    objects: objects.map(withoutSchemas),
    needs: needs.filter((definition) => !own.has(definition)),
  };
}

/** A thousand environments are more than fits into the memory with all that their CRDs say of fields. */
function withoutSchemas(object: KubernetesObject): KubernetesObject {
  if (object.kind !== "CustomResourceDefinition" || !("spec" in object)) return object;
  return { ...object, spec: { ...Object(object.spec), versions: [] } } as KubernetesObject;
}

const severalClusters = (environment: string, clusters: readonly string[]): Finding => ({
  environment,
  code: "cluster-claim-conflict",
  what: `its bases are for several clusters: ${clusters.join(", ")}`,
  expected: "one cluster that it is delivered to",
  fix: 'state it in the uppermost layer: overlay({ base, cluster: "…" })',
});
