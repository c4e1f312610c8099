import type { World } from "../findings/world.ts";
import { at, isThere, nodeOf } from "../objects/node.ts";
import { podSecurityViolations } from "../pod-security/admitted.ts";
import { needs, type Assumption, type NeededObject } from "./assumption.ts";

/** What every cluster has. */
export const isOfClusters = (namespace: string): boolean =>
  ["default", "kube-system", "kube-public", "kube-node-lease"].includes(namespace);

/** The namespaces that objects lie in, and what these have to admit. */
export const byNamespaces = (world: World): readonly Assumption[] => [
  ...world.objects.flatMap((object) => {
    const { namespace } = object.metadata;
    if (namespace === undefined || isOfClusters(namespace) || world.namespace(namespace)) return [];
    const node = at(nodeOf(object), "metadata", "namespace");
    return [needs(node, namespaceNeed(namespace), "it lies there")];
  }),
  ...byLevels(world),
];

/** A namespace as a need. */
export const namespaceNeed = (name: string): NeededObject => ({
  code: "object",
  group: "",
  kind: "Namespace",
  name,
});

/** Where nothing says which level of Pod Security a namespace enforces, the level that its pods need. */
const byLevels = (world: World): readonly Assumption[] =>
  world.pods.flatMap(({ object, namespace }): readonly Assumption[] => {
    const own = world.namespace(namespace);
    const stated = own && at(nodeOf(own), "metadata", "labels", "pod-security.kubernetes.io/enforce");
    if (stated && isThere(stated)) return [];
    const [broken] = podSecurityViolations(object, "baseline", "latest");
    const [narrow] = broken ? [broken] : podSecurityViolations(object, "restricted", "latest");
    const level = broken ? "privileged" : "baseline";
    return narrow ? [{ need: { code: "pod-security", namespace, level }, because: [narrow] }] : [];
  });
