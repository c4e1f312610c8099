import { at, elements, isThere, textAt, type Node } from "../objects/node.ts";
import type { Peer } from "./endpoint.ts";

/** A protocol that policies know. */
export type Protocol = "TCP" | "UDP" | "SCTP";

/** The port of the destination. */
export interface Port {
  readonly port: number;
  readonly protocol: Protocol;
}

/** Whether an entry of a rule's `ports` is the port: by number, by range, or by the name that the destination gives it. */
export function isPolicyPort(entry: Node, { port, protocol }: Port, destination: Peer): boolean {
  if (policyProtocol(entry) !== protocol) return false;
  const given = at(entry, "port");
  if (!isThere(given)) return true;
  if (typeof given.value !== "number") return portsNamed(destination, given.value, protocol).includes(port);
  const { value: last } = at(entry, "endPort");
  return typeof last === "number" ? given.value <= port && port <= last : given.value === port;
}

const policyProtocol = (node: Node): string => textAt(at(node, "protocol")) ?? "TCP";

/** The ports of a pod with a name; a sidecar is an init container that goes on. */
export function portsNamed({ pod }: Peer, name: unknown, protocol: Protocol): readonly unknown[] {
  if (pod === undefined) return [];
  const sidecars = elements(at(pod.spec, "initContainers")).filter(
    (container) => at(container, "restartPolicy").value === "Always",
  );
  return [...elements(at(pod.spec, "containers")), ...sidecars]
    .flatMap((container) => elements(at(container, "ports")))
    .filter((port) => at(port, "name").value === name && policyProtocol(port) === protocol)
    .map((port) => at(port, "containerPort").value);
}
