import type { Problem } from "@atlas/compose";
import { application, applicationSet } from "./argocd.ts";
import { circleProblems, dependenciesOf, depthsOf, sharedProblems } from "./dependencies.ts";
import {
  clusterOf,
  type DeliveredEnvironment,
  type DeliveryObject,
  type RenderedSource,
} from "./environment.ts";
import { gitRepository, kustomization, type FluxReference } from "./flux.ts";
import { deliveryName, deliveryNameProblems } from "./names.ts";

/** What is delivered, and from where. */
export interface Delivery {
  readonly source: RenderedSource;
  readonly environments: readonly DeliveredEnvironment[];
}

/** What a tool reads, by the cluster whose tool that is; all is for Argo CD's own. */
export interface ClusterDelivery {
  readonly cluster: string;
  readonly objects: readonly DeliveryObject[];
}

/**
 * Why environments are not to be delivered together as they are: an object that two of them have, a name that two would have
 * or that is none, and namespaces or CRDs that each needs of the other.
 *
 * @example
 * togetherProblems([shop, billing]).map(({ what }) => what);
 */
export const togetherProblems = (environments: readonly DeliveredEnvironment[]): readonly Problem[] => [
  ...deliveryNameProblems(environments.map(({ name }) => name)),
  ...sharedProblems(environments),
  ...circleProblems(dependenciesOf(environments)),
];

/**
 * What Argo CD reads to deliver environments: an Application each, and an ApplicationSet for each fleet of which all are
 * delivered.
 *
 * @param fleets the names of these.
 *
 * @example
 * argocdDelivery({ source, environments: [dev, eu, us] }, new Set(["production"])).map(({ kind }) => kind);
 * // ["Application", "ApplicationSet"]
 */
export function argocdDelivery(
  { source, environments }: Delivery,
  fleets: ReadonlySet<string>,
): readonly DeliveryObject[] {
  const depths = depthsOf(dependenciesOf(environments));
  const byFleet = Map.groupBy(environments, ({ name }) => fleetOf(name, fleets) ?? name);
  return [...byFleet].flatMap(([name, members]) =>
    fleets.has(name)
      ? [applicationSet(name, members, source)]
      : members.map((member) => application(member, source, depths.get(member.name))),
  );
}

const fleetOf = (name: string, fleets: ReadonlySet<string>): string | undefined => {
  const [folder = name] = name.split("/", 1);
  return fleets.has(folder) ? folder : undefined;
};

/**
 * What Flux reads to deliver environments: in each cluster a GitRepository, and a Kustomization for each environment, which
 * waits for those that have its namespaces or the CRDs of its kinds.
 *
 * @param dependsOn what each waits for besides.
 *
 * @example
 * fluxDelivery({ source, environments: [dev] }, [{ name: "istio" }])[0]?.objects.map(({ kind }) => kind);
 * // ["GitRepository", "Kustomization"]
 */
export function fluxDelivery(
  { source, environments }: Delivery,
  dependsOn: readonly FluxReference[] = [],
): readonly ClusterDelivery[] {
  const dependencies = dependenciesOf(environments);
  const byCluster = Map.groupBy(environments, clusterOf);
  return [...byCluster].map(([cluster, members]) => ({
    cluster,
    objects: [
      gitRepository(source),
      ...members.map((member) => {
        const needed = (dependencies.get(member.name) ?? []).map((name) => ({ name: deliveryName(name) }));
        return kustomization(member, source, [...dependsOn, ...needed]);
      }),
    ],
  }));
}
