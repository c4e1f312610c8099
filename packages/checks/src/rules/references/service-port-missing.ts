import { found, type Found, type Rule } from "../../findings/rule.ts";
import { findObject, type World } from "../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, nodeOf, textAt } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";
import { hasLabels } from "../../objects/selector.ts";
import { serviceUsesIn, type ServiceUse } from "./service-uses.ts";

export const servicePortMissing: Rule = {
  code: "service-port-missing",
  severity: "error",
  why: "A Service leads only to ports that it and its pods have: connections to another are refused, or time out.",
  fix: "name a port that is there",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
  find: (world) => [
    ...world.of("", "Service").flatMap((service) => toPods(world, service)),
    ...serviceUsesIn(world).flatMap((use) => toService(world, use)),
  ],
};

/** Ports that the pods are asked for by a name that none of them gives. */
function toPods(world: World, service: KubernetesObject): readonly Found[] {
  const spec = at(nodeOf(service), "spec");
  const selector = at(spec, "selector");
  if (fieldNodes(selector).length === 0) return [];
  const pods = world
    .podsIn(namespaceOf(service))
    .filter((pod) => pod.labels.size > 0 && hasLabels(pod.labels, selector));
  const names = pods.flatMap(portNames);
  if (pods.length === 0) return [];
  return elements(at(spec, "ports")).flatMap((port) => {
    const target = at(port, "targetPort");
    const name = textAt(target);
    if (name === undefined || /^\d+$/.test(name) || names.includes(name)) return [];
    const there = names.length === 0 ? "give the container's port this name" : `one of: ${names.join(", ")}`;
    return [found(target, `no port of the pods is named ${JSON.stringify(name)}`, { fix: there })];
  });
}

const portNames = (pod: Pod): readonly string[] =>
  containersOf(pod)
    .flatMap((container) => elements(at(container, "ports")))
    .flatMap((port) => textAt(at(port, "name")) ?? []);

/** Ports that a Service is asked for and does not have. */
function toService(world: World, { name, namespace, port }: ServiceUse): readonly Found[] {
  const service = findObject(world, "", "Service", name, namespace);
  if (service === undefined || port === undefined) return [];
  const ports = elements(at(nodeOf(service), "spec", "ports"));
  const field = typeof port.value === "number" ? "port" : "name";
  const there = ports.map((each) => at(each, field).value);
  if (there.includes(port.value) || ports.length === 0) return [];
  const known = there.flatMap((each) => (each === undefined ? [] : JSON.stringify(each))).join(", ");
  return [
    found(port, `Service/${name} has no port ${JSON.stringify(port.value)}`, {
      fix: known === "" ? "ask for it by number" : `one of: ${known}`,
    }),
  ];
}
