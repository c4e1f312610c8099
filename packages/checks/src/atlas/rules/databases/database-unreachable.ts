import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import { kubectlName, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, elements, nodeOf } from "../../../objects/node.ts";
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
  // Of a port that there is not, something else is said.
  if (target?.host === undefined || target.port === undefined || target.port > 65_535) return [];
  // A short name means the namespace of whoever resolves it: the operator.
  const service = serviceNamed(world, target.host, operator.namespace);
  if (service === undefined) return [];
  if (lacksPort(service, target.port))
    return [
      found(target.node, `${kubectlName(service)} has no port ${target.port}`, {
        fix: "state a port of the Service",
      }),
    ];
  const database = podBehind(world.pods, service);
  if (database === undefined) return [];
  const port = targetPortOf(service, target.port, database);
  if (port === undefined) return [];
  const connection = { from: { pod: operator.object }, to: { pod: database.object }, port };
  const { allowed, because } = reach(world.objects, connection);
  if (allowed) return [];
  const why = because.map(printedReason).join("; ");
  return [found(target.node, `the operator does not reach ${target.host} on ${target.port}: ${why}`)];
}

/** Whether a Service that leads to its ports by itself has none of this number. */
function lacksPort(service: KubernetesObject, port: number): boolean {
  const spec = at(nodeOf(service), "spec");
  // Without an address of its own, a Service is a name for its pods, or for something else.
  if (at(spec, "clusterIP").value === "None" || at(spec, "type").value === "ExternalName") return false;
  return elements(at(spec, "ports")).every((each) => at(each, "port").value !== port);
}
