import { toYaml } from "@atlas/compose/yaml";
import {
  argocdDelivery,
  fluxDelivery,
  ownCluster,
  ownDependencyProblems,
  togetherProblems,
  unmadeNamespaces,
  type ClusterDelivery,
  type DeliveredEnvironment,
  type FluxReference,
  type GitOpsTool,
  type RenderedSource,
} from "@atlas/manifests/gitops";
import { healthKinds } from "@atlas/manifests/health";
import { InputError } from "@atlas/input";
import { environmentSet } from "../../environments/environment-set.ts";
import { listEnvironments } from "../../environments/environments.ts";
import { selectEnvironments } from "../../environments/selection.ts";
import { enumerate } from "../../report/merged-findings.ts";
import { printableLine } from "../../terminal/printable.ts";
import { say } from "../../terminal/say.ts";
import { deliveredEnvironments } from "./delivered-environments.ts";
import { deliveryFiles, writeDelivery } from "./delivery-folder.ts";
import { sayOfRenderedPath } from "./rendered-place.ts";

/** What `atlas-render gitops` is asked for. */
export interface GitOpsRequest {
  readonly tool: GitOpsTool;
  /** The environments; none means all. */
  readonly names: readonly string[];
  readonly source: RenderedSource;
  /** What each Kustomization of Flux waits for besides. */
  readonly dependsOn: readonly FluxReference[];
  /** A folder; `-` or undefined for stdout. */
  readonly output: string | undefined;
  readonly environments: string | undefined;
}

/**
 * What Argo CD or Flux reads to deliver environments from a repository that holds their rendered folders.
 *
 * @returns what belongs on stdout: the objects, unless they go into a folder.
 * @throws {InputError} for environments that do not render, that would lose people's data or be applied in an order that
 * fails, or that cannot be delivered together; nothing is written then.
 */
export async function gitopsCommand(request: GitOpsRequest): Promise<string> {
  const { names, tool, output, environments: folder } = request;
  const selected = await selectEnvironments(names, listEnvironments(folder));
  const { environments, findings } = await deliveredEnvironments(selected.environments, tool);
  const problems = [
    ...findings,
    ...togetherProblems(environments),
    ...ownDependencyProblems(environments, request.dependsOn, request.source.namespace),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const fleets = new Set([...selected.complete.keys()].filter((name) => name !== ""));
  sayOfNamespaces(request, environments);
  if (tool === "argocd") sayOfHealth(environments);
  const deliveries = deliveriesOf(request, environments, fleets);
  if (output === undefined || output === "-") return deliveryStream(deliveries);
  sayOfRenderedPath(
    request.source.path,
    output,
    environments.map(({ name }) => name),
  );
  const set = environmentSet(folder, output);
  await writeDelivery({ output, set, tool, isComplete: names.length === 0 }, deliveryFiles(deliveries));
  return "";
}

/**
 * A namespace may be there already, or be another delivery's, so that this is no refusal; what is waited for may make it or
 * something else, as a mesh. Argo CD is not told to make it: it would make one without the labels of Pod Security and of the
 * mesh.
 */
function sayOfNamespaces(
  { tool, dependsOn }: GitOpsRequest,
  environments: readonly DeliveredEnvironment[],
): void {
  const waiting = tool === "flux" ? ", or name the Kustomization that makes it: --depends-on NAME" : "";
  const isThere =
    dependsOn.length === 0
      ? "where it is not there already"
      : `where it is not there already, and ${dependsOn.map(({ name }) => name).join(" or ")} does not make it`;
  const fix = `add its Namespace object to the resources of a layer${dependsOn.length === 0 ? waiting : ""}`;
  for (const { cluster, namespace, environments: names } of unmadeNamespaces(environments)) {
    const where = cluster === ownCluster ? "" : ` of the cluster ${cluster}`;
    say(
      `atlas-render: nothing that is delivered makes the namespace ${printableLine(`${namespace}${where}`)}, which ${enumerate(names)} ${names.length === 1 ? "has" : "have"} objects in: ${isThere}, they are not applied; ${fix}\n`,
    );
  }
}

const isJudged = ({ objects }: DeliveredEnvironment): boolean =>
  objects.some(({ kind }) => healthKinds.some((judged) => judged === kind));

/** Flux is told of health by each Kustomization; Argo CD by a ConfigMap of its own, which is not ours to write. */
function sayOfHealth(environments: readonly DeliveredEnvironment[]): void {
  const releases = [...new Set(environments.filter(isJudged).map(({ release }) => JSON.stringify(release)))];
  if (releases.length > 0)
    say(
      `atlas-render: Argo CD calls ${healthKinds.join(" and ")} objects healthy at once, unless its ConfigMap argocd-cm has what argocdHealth(${releases.join(" or ")}) of @atlas/manifests/health gives\n`,
    );
}

function deliveriesOf(
  { tool, source, dependsOn }: GitOpsRequest,
  environments: readonly DeliveredEnvironment[],
  fleets: ReadonlySet<string>,
): readonly ClusterDelivery[] {
  const delivery = { source, environments };
  return tool === "flux"
    ? fluxDelivery(delivery, dependsOn)
    : [{ cluster: ownCluster, objects: argocdDelivery(delivery, fleets) }];
}

/** Each cluster has a Flux of its own: in one stream, all would be for the one that it is applied to. */
function deliveryStream(deliveries: readonly ClusterDelivery[]): string {
  if (deliveries.length > 1)
    throw new InputError([
      {
        code: "usage-wrong",
        what: `the environments are for several clusters: ${deliveries.map(({ cluster }) => cluster).join(", ")}`,
        expected: "on stdout, what the Flux of one cluster reads",
        fix: "name the environments of one cluster, or give --output DIR, which has a folder for each",
      },
    ]);
  return deliveries.flatMap(({ objects }) => objects.map((object) => toYaml(object))).join("---\n");
}
