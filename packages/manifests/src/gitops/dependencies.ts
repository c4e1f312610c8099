import { displayName, identity, type Problem } from "@atlas/compose";
import { clusterOf, keyInCluster, type DeliveredEnvironment } from "./environment.ts";
import type { FluxReference } from "./flux.ts";
import { deliveryName } from "./names.ts";
import { definedBy, isCoreNamespace } from "./order.ts";

/** Objects that two environments of one cluster have: whichever is delivered last takes them, and its removal deletes them. */
export function sharedProblems(environments: readonly DeliveredEnvironment[]): readonly Problem[] {
  const owners = new Map<string, string>();
  const shared = new Map<string, { readonly names: readonly [string, string]; readonly objects: string[] }>();
  for (const environment of environments)
    for (const object of environment.objects) {
      const key = `${clusterOf(environment)} ${keyInCluster(object)}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, environment.name);
      else {
        const pair = JSON.stringify([owner, environment.name]);
        const found = shared.get(pair) ?? { names: [owner, environment.name], objects: [] };
        found.objects.push(displayName(object));
        shared.set(pair, found);
      }
    }
  return [...shared.values()].map(({ names: [one, other], objects }) => ({
    code: "manifests/gitops-shared",
    what: `${one} and ${other} are for one cluster, and both have ${someNames(objects)}`,
    expected: "each object of a cluster to be delivered once",
    fix: 'name the environments that are delivered, or state their clusters: overlay({ base, cluster: "…" })',
  }));
}

const someNames = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");

/** The environments that each needs in its cluster before it, by name: they have its namespaces, or its kinds' CRDs. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** What environments need of each other. */
export function dependenciesOf(environments: readonly DeliveredEnvironment[]): Dependencies {
  const providers = new Map<string, string[]>();
  for (const environment of environments)
    for (const thing of providedBy(environment)) {
      const key = `${clusterOf(environment)} ${thing}`;
      providers.set(key, [...(providers.get(key) ?? []), environment.name]);
    }
  return new Map(
    environments.map((environment) => {
      const needed = [...neededBy(environment)].flatMap(
        (thing) => providers.get(`${clusterOf(environment)} ${thing}`) ?? [],
      );
      return [environment.name, [...new Set(needed)].toSorted()];
    }),
  );
}

/** Namespaces, kinds and CustomResourceDefinitions that come with an environment. */
const providedBy = ({ objects }: DeliveredEnvironment): ReadonlySet<string> =>
  new Set(
    objects.flatMap((object) => [
      ...(isCoreNamespace(object) ? [`namespace ${object.metadata.name}`] : []),
      ...definedBy(object).map((kind) => `kind ${kind}`),
      ...(object.kind === "CustomResourceDefinition" ? [`definition ${object.metadata.name}`] : []),
    ]),
  );

function neededBy(environment: DeliveredEnvironment): ReadonlySet<string> {
  const own = providedBy(environment);
  const needed = [
    ...environment.objects.flatMap((object) => {
      const { group, kind, namespace } = identity(object);
      return [`kind ${group}/${kind}`, ...(namespace === undefined ? [] : [`namespace ${namespace}`])];
    }),
    ...(environment.needs ?? []).map((name) => `definition ${name}`),
  ];
  return new Set(needed.filter((thing) => !own.has(thing)));
}

/** Those that Kubernetes itself makes. */
const namespacesOfKubernetes = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

/** A namespace that a cluster has to have already. */
export interface UnmadeNamespace {
  readonly cluster: string;
  readonly namespace: string;
  /** The environments that have objects in it. */
  readonly environments: readonly string[];
}

/**
 * Namespaces that environments have objects in and that none of those of their cluster makes: what a tool applies there fails
 * until somebody else has made them.
 *
 * @example
 * unmadeNamespaces([shop]); // [{ cluster: "in-cluster", namespace: "shop", environments: ["shop"] }]
 */
export function unmadeNamespaces(environments: readonly DeliveredEnvironment[]): readonly UnmadeNamespace[] {
  const made = new Set(
    environments.flatMap((environment) =>
      environment.objects
        .filter(isCoreNamespace)
        .map(({ metadata }) => JSON.stringify([clusterOf(environment), metadata.name])),
    ),
  );
  const unmade = new Map<string, UnmadeNamespace & { readonly environments: string[] }>();
  for (const environment of environments)
    for (const namespace of namespacesOf(environment)) {
      const cluster = clusterOf(environment);
      const key = JSON.stringify([cluster, namespace]);
      if (made.has(key) || namespacesOfKubernetes.has(namespace)) continue;
      const found = unmade.get(key) ?? { cluster, namespace, environments: [] };
      found.environments.push(environment.name);
      unmade.set(key, found);
    }
  return [...unmade.values()];
}

const namespacesOf = ({ objects }: DeliveredEnvironment): ReadonlySet<string> =>
  new Set(objects.flatMap((object) => identity(object).namespace ?? []));

/**
 * What Flux is told that an environment waits for and that is one of the environments themselves: as all of them wait for it, it
 * would wait for itself for ever. How they depend on each other is told anyway.
 *
 * @param namespace where the Kustomizations are.
 *
 * @example
 * ownDependencyProblems([dev], [{ name: "atlas-operator-dev" }], "flux-system").map(({ what }) => what);
 */
export const ownDependencyProblems = (
  environments: readonly DeliveredEnvironment[],
  dependsOn: readonly FluxReference[],
  namespace: string,
): readonly Problem[] =>
  environments
    .map(({ name }) => deliveryName(name))
    .filter((own) =>
      dependsOn.some((other) => other.name === own && (other.namespace ?? namespace) === namespace),
    )
    .map((own) => ({
      code: "manifests/gitops-circular",
      what: `the Kustomization ${own} would wait for itself, as each that is delivered waits for ${own}`,
      expected: "Kustomizations that are delivered by something else",
      fix: "leave it out: environments wait for those that have their namespaces and CRDs by themselves",
    }));

/** How many environments, one after the other, come before each. */
export function depthsOf(dependencies: Dependencies): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (name: string, above: readonly string[]): number => {
    const known = depths.get(name);
    if (known !== undefined || above.includes(name)) return known ?? 0;
    const below = (dependencies.get(name) ?? []).map((other) => depthOf(other, [...above, name]));
    const depth = Math.max(-1, ...below) + 1;
    depths.set(name, depth);
    return depth;
  };
  for (const name of dependencies.keys()) depthOf(name, []);
  return depths;
}

/** Environments that need each other: each would wait for the other for ever. */
export function circleProblems(dependencies: Dependencies): readonly Problem[] {
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (dependencies.get(from) ?? []).some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
    );
  const circular = [...dependencies.keys()].filter((name) => reaches(name, name, new Set()));
  if (circular.length === 0) return [];
  return [
    {
      code: "manifests/gitops-circular",
      what: `${circular.join(" and ")} need namespaces or CRDs of each other, so that none can be delivered first`,
      expected: "environments of which one comes first",
      fix: "move the namespaces and CRDs that others need into one environment",
    },
  ];
}
