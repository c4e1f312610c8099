import { found, type Found, type Rule } from "../../findings/rule.ts";
import { findObject, type World } from "../../findings/world.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { misspelt } from "../../objects/near.ts";
import { at, elements, nodeOf, textAt } from "../../objects/node.ts";
import { serviceHostsIn, type ServiceHost } from "./service-hosts.ts";

export const serviceHostMissing: Rule = {
  code: "service-host-missing",
  severity: "error",
  why: "A name in the cluster's DNS is that of a Service in its namespace. Where there is none of the name, it does not resolve; a port that the Service lacks does not answer.",
  fix: "correct the host or the port, or add the Service",
  link: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#services",
  find: (world) => serviceHostsIn(world).flatMap((host) => inWorld(world, host)),
};

function inWorld(world: World, host: ServiceHost): readonly Found[] {
  const { node, name, namespace, port } = host;
  const service = findObject(world, "", "Service", name, namespace);
  if (service !== undefined)
    return port === undefined
      ? []
      : ofPort(
          host,
          elements(at(nodeOf(service), "spec", "ports")).map((each) => at(each, "port").value),
          at(nodeOf(service), "spec"),
        );
  const services = world.of("", "Service");
  const there = services
    .filter((each) => namespaceOf(each) === namespace)
    .map(({ metadata }) => metadata.name);
  const near = misspelt(name, there);
  if (near !== undefined)
    return [
      found(node, `there is no Service/${name} in ${namespace}`, {
        fix: `did you mean ${near}.${namespace}.svc?`,
      }),
    ];
  const spaces = services.filter(({ metadata }) => metadata.name === name).map(namespaceOf);
  const space = misspelt(namespace, spaces);
  if (space === undefined) return [];
  return [
    found(node, `there is no Service/${name} in ${namespace}`, { fix: `did you mean ${name}.${space}.svc?` }),
  ];
}

/** Of a Service without an address of its own, the ports are those of its pods; of one that is a name for another, whatever. */
function ofPort(
  { node, host, port }: ServiceHost,
  ports: readonly unknown[],
  spec: ReturnType<typeof at>,
): readonly Found[] {
  const isDirect = textAt(at(spec, "clusterIP")) === "None" || textAt(at(spec, "type")) === "ExternalName";
  if (isDirect || ports.length === 0 || ports.includes(port)) return [];
  return [found(node, `${host} has no port ${port}`, { fix: `one of: ${ports.join(", ")}` })];
}
