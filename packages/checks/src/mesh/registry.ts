import { isSameAddress, isIn, type Peer } from "../network/endpoint.ts";
import { portsNamed, type Port } from "../network/policy-port.ts";
import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, textsAt, type Node } from "../objects/node.ts";
import { hasLabels } from "../objects/selector.ts";
import { meshDefaults } from "./defaults.ts";

/** A name by which proxies know a destination. */
export interface Registration {
  readonly object: KubernetesObject;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** The port that is called. */
  readonly port: number;
  /** The namespaces that may know it; all of them where there is none. */
  readonly exportTo: readonly string[];
  /** Whether it means the destination; `unknown` where that depends on what its name resolves to. */
  readonly match: true | "unknown";
}

/** The Services and ServiceEntries that have a port of a destination behind them. */
export function registrationsOf(
  objects: readonly KubernetesObject[],
  to: Peer,
  port: Port,
): readonly Registration[] {
  return [
    ...ofKind(objects, "", "Service").flatMap((service) => ofService(service, to, port)),
    ...ofKind(objects, "networking.istio.io", "ServiceEntry").flatMap((entry) => ofEntry(entry, to, port)),
  ];
}

function ofService(object: KubernetesObject, to: Peer, port: Port): readonly Registration[] {
  const [spec, namespace] = [at(nodeOf(object), "spec"), namespaceOf(object)];
  const selector = at(spec, "selector");
  if (to.pod?.namespace !== namespace || fieldNodes(selector).length === 0) return [];
  if (!hasLabels(to.pod.labels, selector)) return [];
  const exported = textAt(at(nodeOf(object), "metadata", "annotations", "networking.istio.io/exportTo"));
  return elements(at(spec, "ports"))
    .filter(
      (each) => (textAt(at(each, "protocol")) ?? "TCP") === port.protocol && leadsTo(each, "port", to, port),
    )
    .flatMap((each) => numbersAt(at(each, "port")))
    .map((number) => ({
      object,
      namespace,
      hosts: [`${object.metadata.name}.${namespace}.${meshDefaults.domain}`],
      port: number,
      exportTo: exported === undefined ? [] : exported.split(",").map((each) => each.trim()),
      match: true,
    }));
}

function ofEntry(object: KubernetesObject, to: Peer, port: Port): readonly Registration[] {
  const [spec, namespace] = [at(nodeOf(object), "spec"), namespaceOf(object)];
  const match = meansPeer(spec, namespace, to);
  if (match === false) return [];
  return elements(at(spec, "ports"))
    .filter((each) => leadsTo(each, "number", to, port))
    .flatMap((each) => numbersAt(at(each, "number")))
    .map((number) => ({
      object,
      namespace,
      hosts: textsAt(at(spec, "hosts")),
      port: number,
      exportTo: textsAt(at(spec, "exportTo")),
      match,
    }));
}

/** Whether a ServiceEntry means a destination: a pod by labels, an address by what is listed, or by what a name resolves to. */
function meansPeer(spec: Node, namespace: string, { pod, address }: Peer): boolean | "unknown" {
  const labels = at(spec, "workloadSelector", "labels");
  if (isThere(labels)) return pod?.namespace === namespace && hasLabels(pod.labels, labels);
  if (address === undefined) return false;
  const endpoints = elements(at(spec, "endpoints")).map((each) => textAt(at(each, "address")) ?? "");
  const listed = [...textsAt(at(spec, "addresses")), ...endpoints];
  if (listed.some((each) => isSameAddress(address, each) || isIn(address, each))) return true;
  return listed.length === 0 && at(spec, "resolution").value !== "NONE" ? "unknown" : false;
}

/** Whether an entry of `ports` leads to the port: by its target, or itself where it names none. */
function leadsTo(entry: Node, own: string, to: Peer, { port, protocol }: Port): boolean {
  const target = at(entry, "targetPort");
  const { value } = isThere(target) ? target : at(entry, own);
  return value === port || (typeof value === "string" && portsNamed(to, value, protocol).includes(port));
}

const numbersAt = ({ value }: Node): readonly number[] => (typeof value === "number" ? [value] : []);
