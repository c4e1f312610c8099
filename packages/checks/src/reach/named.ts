import ipaddr from "ipaddr.js";
import type { Endpoint } from "../network/endpoint.ts";
import { podBehind, targetPortOf } from "../network/service.ts";
import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, textsAt } from "../objects/node.ts";
import { containersOf, podOf } from "../objects/pod.ts";
import { proxyPort } from "../mesh/proxy-port.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import type { Connection } from "./reach.ts";

/** The objects that are pods or make some. */
export const workloadsIn = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  objects.filter((object) => podOf(object) !== undefined);

/**
 * The workloads that a person means by a name: `atlas-operator`, `Deployment/atlas-operator`, or `operator`, with which the
 * name ends, where none is called so.
 */
export function workloadsNamed(
  objects: readonly KubernetesObject[],
  given: string,
): readonly KubernetesObject[] {
  const [name = "", kind] = given.split("/").toReversed();
  const isOfKind = (object: KubernetesObject): boolean =>
    kind === undefined || object.kind.toLowerCase() === kind.toLowerCase();
  const workloads = workloadsIn(objects).filter(isOfKind);
  const exact = workloads.filter(({ metadata }) => metadata.name === name);
  return exact.length > 0 ? exact : workloads.filter(({ metadata }) => metadata.name.endsWith(`-${name}`));
}

/** A host and a port that are called. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * A host and a port as a person writes them; undefined for what is not so.
 *
 * @example
 * addressOf("[fd00::1]:5432"); // { host: "fd00::1", port: 5432 }
 */
export function addressOf(text: string): Address | undefined {
  const [, inBrackets, name, digits = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const [host, port] = [inBrackets ?? name, Number(digits)];
  if (inBrackets !== undefined && !ipaddr.IPv6.isValid(inBrackets)) return undefined;
  // No Service has a name of numbers alone.
  if (/^[\d.]+$/.test(host ?? "") && !ipaddr.IPv4.isValidFourPartDecimal(host ?? "")) return undefined;
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/**
 * What a host and a port mean to whoever lies in a namespace: the pods behind a Service, and the port of theirs that it leads
 * to; a workload; or an address.
 *
 * @param host `postgres`, `postgres.data`, `postgres.data.svc.cluster.local`, or an address.
 * Of a Service without a selector, that is the first address of its EndpointSlices, or itself, where there are none.
 *
 * @returns undefined where the objects have nothing of that name, or the Service has not this port.
 * @example
 * destinationOf(objects, "postgres.data", 5432, "shop"); // { to: { pod: statefulSet }, port: 5432 }
 */
export function destinationOf(
  objects: readonly KubernetesObject[],
  host: string,
  port: number,
  namespace: string,
): Pick<Connection, "to" | "port"> | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(host) || (host.includes(":") && ipaddr.IPv6.isValid(host))) {
    const owner = ofKind(objects, "", "Service").find((each) => hasAddress(each, host));
    return owner ? behindService(objects, owner, port) : { to: { address: host }, port };
  }
  const [name = "", own = namespace, svc = "svc"] = host.split(".");
  // What does not go on with svc is a name of somebody else's.
  if (svc !== "svc") return undefined;
  const isMeant = (object: KubernetesObject): boolean =>
    object.metadata.name === name && namespaceOf(object) === own;
  const service = ofKind(objects, "", "Service").find(isMeant);
  if (service === undefined) return ofWorkload(workloadsIn(objects).find(isMeant), port);
  return behindService(objects, service, port);
}

/** Whether a Service states an address as its own. */
function hasAddress(service: KubernetesObject, address: string): boolean {
  const spec = at(nodeOf(service), "spec");
  return [textAt(at(spec, "clusterIP")), ...textsAt(at(spec, "clusterIPs"))].includes(address);
}

function behindService(
  objects: readonly KubernetesObject[],
  service: KubernetesObject,
  port: number,
): Pick<Connection, "to" | "port"> | undefined {
  if (fieldNodes(at(nodeOf(service), "spec", "selector")).length === 0)
    return ofEndpoints(objects, service, port);
  const pod = podBehind(
    objects.flatMap((object) => podOf(object) ?? []),
    service,
  );
  const target = pod && targetPortOf(service, port, pod);
  return pod && target !== undefined ? { to: { pod: pod.object }, port: target } : undefined;
}

/**
 * That nothing says a pod listens at a port: its containers declare others. Undefined where they declare it or none, and of
 * what is no pod.
 *
 * @example
 * undeclaredPort({ to: { pod }, port: 9999 })?.text; // "nothing says that it listens at 9999: its containers declare 8080"
 */
export function undeclaredPort({ to, port }: Pick<Connection, "to" | "port">): Reason | undefined {
  const pod = "pod" in to ? podOf(to.pod) : undefined;
  if (pod === undefined || proxyPort(port) !== undefined) return undefined;
  const ports = containersOf(pod)
    .flatMap((container) => elements(at(container, "ports")))
    .map((each) => at(each, "containerPort").value);
  if (ports.length === 0 || ports.includes(port)) return undefined;
  const text = `nothing says that it listens at ${port}: its containers declare ${ports.join(", ")}`;
  return reason(at(pod.spec, "containers"), text);
}

/**
 * The hosts that the objects have, as a person may mean one of them: Services and workloads, with their namespaces.
 *
 * @example
 * hostsIn(objects); // ["postgres.data", "web.shop"]
 */
export const hostsIn = (objects: readonly KubernetesObject[]): readonly string[] => [
  ...new Set(
    [...ofKind(objects, "", "Service"), ...workloadsIn(objects)].map(
      (object) => `${object.metadata.name}.${namespaceOf(object)}`,
    ),
  ),
];

/** The ports that the Service has which a host means, as a person writes them; undefined where there is no such Service. */
export function portsOf(
  objects: readonly KubernetesObject[],
  host: string,
  namespace: string,
): readonly number[] | undefined {
  const [name = "", own = namespace] = host.split(".");
  const service = ofKind(objects, "", "Service").find(
    (object) => object.metadata.name === name && namespaceOf(object) === own,
  );
  return (
    service &&
    elements(at(nodeOf(service), "spec", "ports")).flatMap((each) => {
      const { value } = at(each, "port");
      return typeof value === "number" ? [value] : [];
    })
  );
}

/** Where a Service without a selector leads: to what its EndpointSlices have, each port by its name. */
function ofEndpoints(
  objects: readonly KubernetesObject[],
  service: KubernetesObject,
  port: number,
): Pick<Connection, "to" | "port"> | undefined {
  const spec = at(nodeOf(service), "spec");
  const entry = elements(at(spec, "ports")).find((each) => at(each, "port").value === port);
  if (entry === undefined && !isThere(at(spec, "externalName"))) return undefined;
  const name = entry && (textAt(at(entry, "name")) ?? "");
  const slices = ofKind(objects, "discovery.k8s.io", "EndpointSlice").filter(
    (slice) =>
      namespaceOf(slice) === namespaceOf(service) &&
      at(nodeOf(slice), "metadata", "labels", "kubernetes.io/service-name").value === service.metadata.name,
  );
  for (const slice of slices.map(nodeOf)) {
    const [address] = elements(at(slice, "endpoints")).flatMap((each) => textsAt(at(each, "addresses")));
    const own = elements(at(slice, "ports")).find((each) => (textAt(at(each, "name")) ?? "") === name);
    const number = own && at(own, "port").value;
    if (address !== undefined && typeof number === "number") return { to: { address }, port: number };
  }
  return { to: { service }, port };
}

const ofWorkload = (
  pod: KubernetesObject | undefined,
  port: number,
): { readonly to: Endpoint; readonly port: number } | undefined => pod && { to: { pod }, port };
