import type { Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { groupOf, namespaceOf } from "../../objects/kubernetes-object.ts";
import { dangling } from "./dangling.ts";
import { mayBeMadeByPods } from "./secret-makers.ts";
import { usesIn } from "./uses.ts";

export const secretMissing: Rule = {
  code: "secret-missing",
  severity: "warning",
  why: "A container whose Secret is not there does not start: its pod waits with CreateContainerConfigError or FailedMount. An AtlasSchema or AtlasMigration stays NotReady, and the operator applies nothing of it.",
  fix: "see to it that the cluster has the Secret first, correct its name, or mark the reference of a container as optional",
  link: "https://kubernetes.io/docs/concepts/configuration/secret/",
  find: (world) =>
    usesIn(world)
      .filter(
        (use) => use.kind === "Secret" && !use.isOptional && !isMadeSecret(world, use.namespace, use.name),
      )
      .flatMap(({ node, kind, name, namespace, otherwise }) =>
        dangling(world, node, { group: "", kind, name, namespace }, otherwise).filter(
          ({ severity, fix }) =>
            severity === "error" || fix !== undefined || !mayBeMade(world, namespace, name),
        ),
      ),
};

/** Groups whose objects make no Secrets: the operator's and the mesh's only read them. */
const readerGroups = /^(?:db\.atlasgo\.io|.*\.istio\.io|(?:.*\.)?k8s\.io|apps|batch|autoscaling|policy|)$/;

/** Whether pods make it, or whoever reads a custom object, as an operator of databases makes `shop-app` for the Cluster `shop`. */
const mayBeMade = (world: World, namespace: string, name: string): boolean =>
  mayBeMadeByPods(world, namespace, name) ||
  world.objects.some(
    (object) =>
      !readerGroups.test(groupOf(object)) &&
      namespaceOf(object) === namespace &&
      name.startsWith(`${object.metadata.name}-`),
  );

/** Whether a custom object of the namespace has the name in it, as an ExternalSecret or a Certificate has what it makes. */
export function isMadeSecret(world: World, namespace: string, name: string): boolean {
  const isNamed = (value: unknown): boolean =>
    value === name ||
    (typeof value === "object" && value !== null && Object.values(value).some((inner) => isNamed(inner)));
  return world.objects.some(
    (object) => !readerGroups.test(groupOf(object)) && namespaceOf(object) === namespace && isNamed(object),
  );
}
