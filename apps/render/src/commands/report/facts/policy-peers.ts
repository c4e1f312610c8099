import { BlockList } from "node:net";
import type { KubernetesObject } from "@atlas/compose";
import { namespaceWith, standInPod, type Party } from "./party.ts";

/** As much of a NetworkPolicy as is read here. */
interface Policy {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly podSelector?: PodSelector;
    readonly ingress?: readonly {
      readonly from?: readonly PolicyPeer[];
      readonly ports?: readonly PolicyPort[];
    }[];
    readonly egress?: readonly {
      readonly to?: readonly PolicyPeer[];
      readonly ports?: readonly PolicyPort[];
    }[];
  };
}

interface PolicyPeer {
  readonly podSelector?: PodSelector;
  readonly namespaceSelector?: PodSelector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

interface PodSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key?: string;
    readonly operator?: string;
    readonly values?: readonly string[];
  }[];
}

interface PolicyPort {
  readonly port?: number | string;
  readonly protocol?: string;
}

/** A party that a rule of a policy means, and the ports of the rule. */
export interface MeantParty {
  readonly party: Party;
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
}

/** Pods that a policy may be about. */
export interface PolicySubject {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whom the NetworkPolicies of some pods mean by their rules of one direction, each once. */
export function meantBy(
  objects: readonly KubernetesObject[],
  subjects: readonly PolicySubject[],
  direction: "ingress" | "egress",
): readonly MeantParty[] {
  const found = objects
    .filter(({ kind }) => kind === "NetworkPolicy")
    .flatMap((object) => {
      const { metadata, spec = {} } = object as Policy;
      const namespace = metadata.namespace ?? "default";
      if (!subjects.some((each) => each.namespace === namespace && maySelectSubject(spec.podSelector, each)))
        return [];
      const rules =
        direction === "ingress"
          ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports }))
          : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports }));
      return rules.flatMap(({ peers, ports }) =>
        peers.flatMap((peer) => {
          const party = partyOf(peer, namespace, objects);
          return party ? [{ party, ports: numbersOf(ports ?? []) }] : [];
        }),
      );
    });
  return [...new Map(found.map((each) => [partyKey(each), each])).values()];
}

/** Parties of the same name are one, but for what they are called at. */
const partyKey = ({ party, ports }: MeantParty): string =>
  JSON.stringify([party.label, party.detail, ports.map(({ port, protocol }) => [port, protocol])]);

/** Whether a selector may be about pods; what its expressions say is not asked here. */
const maySelectSubject = (selector: PodSelector | undefined, { labels }: PolicySubject): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);

const numbersOf = (ports: readonly PolicyPort[]): MeantParty["ports"] =>
  ports.flatMap(({ port, protocol = "TCP" }) => (typeof port === "number" ? [{ port, protocol }] : []));

function partyOf(
  { ipBlock, podSelector, namespaceSelector }: PolicyPeer,
  own: string,
  objects: readonly KubernetesObject[],
): Party | undefined {
  if (ipBlock) return blockParty(ipBlock);
  const pods = labelsFor(podSelector);
  const spaces = namespaceSelector && labelsFor(namespaceSelector);
  const name = spaces ? (spaces["kubernetes.io/metadata.name"] ?? spaces["name"] ?? "elsewhere") : own;
  const isKnown = objects.some((object) => object.kind === "Namespace" && object.metadata.name === name);
  const label = pods["app.kubernetes.io/name"] ?? pods["app"] ?? pods["k8s-app"] ?? Object.values(pods)[0];
  return {
    label: label || "any pod",
    detail: `${namespacesSaid(namespaceSelector, own)}${podsSaid(podSelector)}`,
    endpoint: { pod: standInPod(label || "any", name, pods) },
    beside: spaces && !isKnown ? [namespaceWith(name, spaces)] : [],
  };
}

/** The labels of something that a selector selects: what it forbids is left out. */
function labelsFor(selector: PodSelector | undefined): Readonly<Record<string, string>> {
  const expressions = (selector?.matchExpressions ?? []).flatMap(({ key = "", operator, values = [] }) => {
    if (operator === "In") return [[key, values[0] ?? ""] as const];
    return operator === "Exists" ? [[key, "any"] as const] : [];
  });
  return { ...Object.fromEntries(expressions), ...selector?.matchLabels };
}

function namespacesSaid(selector: PodSelector | undefined, own: string): string {
  if (selector === undefined) return `in ${own}`;
  const said = selectorSaid(selector);
  return said === "" ? "in any namespace" : `in namespaces with ${said}`;
}

function podsSaid(selector: PodSelector | undefined): string {
  const said = selector ? selectorSaid(selector) : "";
  return said === "" ? "" : `, with ${said}`;
}

/** A selector as kubectl takes it. */
const selectorSaid = ({ matchLabels = {}, matchExpressions = [] }: PodSelector): string =>
  [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key = "", operator = "", values = [] }) => {
      if (operator === "Exists") return key;
      if (operator === "DoesNotExist") return `!${key}`;
      return `${key} ${operator === "In" ? "in" : "notin"} (${values.join(",")})`;
    }),
  ].join(",");

/** A block of addresses by its first one, unless that is left out. */
function blockParty({ cidr = "", except = [] }: NonNullable<PolicyPeer["ipBlock"]>): Party | undefined {
  const [address = "", length = ""] = cidr.split("/");
  if (length === "0" || address === "") return undefined;
  const left = new BlockList();
  for (const block of except) {
    const [start = "", bits = ""] = block.split("/");
    left.addSubnet(start, Number(bits), start.includes(":") ? "ipv6" : "ipv4");
  }
  if (left.check(address, address.includes(":") ? "ipv6" : "ipv4")) return undefined;
  const detail = except.length > 0 ? `addresses but ${except.join(", ")}` : "addresses";
  return { label: cidr, detail, endpoint: { address }, beside: [] };
}
