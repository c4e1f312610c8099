import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import type { Pod } from "../../../objects/pod.ts";
import { printedReason } from "../../../objects/verdict.ts";
import { reach } from "../../../reach/reach.ts";
import { podBehind, targetPortOf } from "../../../network/service.ts";
import { operatorsIn } from "../../operator.ts";
import { resourcesIn, serviceNamed, databaseTarget } from "../../target.ts";

export const databaseUnreachable: Rule = {
  code: "database-unreachable",
  severity: "error",
  why: "The operator connects to the database itself; where a policy refuses it, or its proxy sends plain text to one that takes mutual TLS alone, nothing is applied.",
  fix: "let it through on both sides, and list the database's host in the operator's Sidecar",
  link: "https://istio.io/latest/docs/reference/config/networking/sidecar/",
  find: (world) =>
    resourcesIn(world).flatMap((resource) =>
      operatorsIn(world).flatMap(({ pod }) => ofResource(world, resource, pod)),
    ),
};

function ofResource(world: World, resource: KubernetesObject, operator: Pod): readonly Found[] {
  const target = databaseTarget(world, resource);
  if (target?.host === undefined || target.port === undefined) return [];
  // A short name means the namespace of whoever resolves it: the operator.
  const service = serviceNamed(world, target.host, operator.namespace);
  const database = service && podBehind(world.pods, service);
  if (service === undefined || database === undefined) return [];
  const port = targetPortOf(service, target.port, database);
  if (port === undefined) return [];
  const connection = { from: { pod: operator.object }, to: { pod: database.object }, port };
  const { allowed, because } = reach(world.objects, connection);
  if (allowed) return [];
  const why = because.map(printedReason).join("; ");
  return [found(target.node, `the operator does not reach ${target.host} on ${target.port}: ${why}`)];
}
