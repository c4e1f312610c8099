import { at, isThere, textAt, textsAt, type Node } from "../objects/node.ts";
import { selects } from "../objects/selector.ts";
import { isIn, selectsNamespace, type Peer } from "./endpoint.ts";

/** Whether an entry of a rule's `from` or `to` means an endpoint; `unknown` where what decides is not known. */
export function isPeer(entry: Node, peer: Peer, namespace: string): boolean | "unknown" {
  const block = at(entry, "ipBlock");
  if (isThere(block)) return isInBlock(block, peer);
  // Without an address either, it may be any pod.
  if (peer.pod === undefined) return peer.address === undefined ? "unknown" : false;
  const [pods, namespaces] = [at(entry, "podSelector"), at(entry, "namespaceSelector")];
  if (isThere(pods) && !selects(pods, peer.pod.labels)) return false;
  if (isThere(namespaces)) return selectsNamespace(namespaces, peer);
  return isThere(pods) && peer.pod.namespace === namespace;
}

function isInBlock(block: Node, { address }: Peer): boolean | "unknown" {
  const cidr = textAt(at(block, "cidr")) ?? "";
  const except = textsAt(at(block, "except"));
  if (address !== undefined) return isIn(address, cidr) && !except.some((each) => isIn(address, each));
  return except.length === 0 && ["0.0.0.0/0", "::/0"].includes(cidr) ? true : "unknown";
}
