import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, elements, fields, isThere, nodeOf, type Node } from "../../../objects/node.ts";
import type { Pod } from "../../../objects/pod.ts";
import { hasLabels } from "../../../objects/selector.ts";
import { printedReason } from "../../../objects/verdict.ts";
import { reach } from "../../../reach/reach.ts";
import { portsNamed } from "../../../network/policy-port.ts";
import { operatorsIn } from "../../operator.ts";
import { resourcesIn, serviceNamed, targetOf } from "../../target.ts";

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
  const target = targetOf(world, resource);
  if (target?.host === undefined || target.port === undefined) return [];
  // A short name means the namespace of whoever resolves it: the operator.
  const service = serviceNamed(world, target.host, operator.namespace);
  const database = service && podBehind(world, service);
  if (service === undefined || database === undefined) return [];
  const port = targetPort(service, target.port, database);
  if (port === undefined) return [];
  const connection = { from: { pod: operator.object }, to: { pod: database.object }, port };
  const { allowed, because } = reach(world.objects, connection);
  if (allowed) return [];
  const why = because.map(printedReason).join("; ");
  return [found(target.node, `the operator does not reach ${target.host} on ${target.port}: ${why}`)];
}

const selectorOf = (service: KubernetesObject): Node => at(nodeOf(service), "spec", "selector");

const podBehind = (world: World, service: KubernetesObject): Pod | undefined =>
  fields(selectorOf(service)).length === 0
    ? undefined
    : world.podsIn(namespaceOf(service)).find(({ labels }) => hasLabels(labels, selectorOf(service)));

/** The port of the pod that a port of its Service leads to. */
function targetPort(service: KubernetesObject, port: number, pod: Pod): number | undefined {
  const entry = elements(at(nodeOf(service), "spec", "ports")).find(
    (each) => at(each, "port").value === port,
  );
  if (entry === undefined) return undefined;
  const target = at(entry, "targetPort");
  if (!isThere(target)) return port;
  if (typeof target.value === "number") return target.value;
  const peer = { pod, namespaceLabels: new Map(), isNamespaceKnown: false };
  const [number] = portsNamed(peer, target.value, "TCP");
  return typeof number === "number" ? number : undefined;
}
