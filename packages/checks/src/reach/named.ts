import ipaddr from "ipaddr.js";
import type { Endpoint } from "../network/endpoint.ts";
import { podBehind, targetPort } from "../network/service.ts";
import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { podOf } from "../objects/pod.ts";
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

/**
 * What a host and a port mean to whoever lies in a namespace: the pods behind a Service, and the port of theirs that it leads
 * to; a workload; or an address.
 *
 * @param host `postgres`, `postgres.data`, `postgres.data.svc.cluster.local`, or an address.
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
  if (ipaddr.IPv4.isValidFourPartDecimal(host) || (host.includes(":") && ipaddr.IPv6.isValid(host)))
    return { to: { address: host }, port };
  const [name = "", own = namespace] = host.split(".");
  const isMeant = (object: KubernetesObject): boolean =>
    object.metadata.name === name && namespaceOf(object) === own;
  const service = ofKind(objects, "", "Service").find(isMeant);
  if (service === undefined) return ofWorkload(workloadsIn(objects).find(isMeant), port);
  const pod = podBehind(
    objects.flatMap((object) => podOf(object) ?? []),
    service,
  );
  const target = pod && targetPort(service, port, pod);
  return pod && target !== undefined ? { to: { pod: pod.object }, port: target } : undefined;
}

const ofWorkload = (
  pod: KubernetesObject | undefined,
  port: number,
): { readonly to: Endpoint; readonly port: number } | undefined => pod && { to: { pod }, port };
