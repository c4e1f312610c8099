import type { EgressHost } from "./sidecar.ts";
import type { Labels } from "../objects/workload.ts";

/** What is spoken at a port: what Istio knows by name, over TCP, or what passes by the proxies, over UDP or SCTP. */
export type Protocol = "TCP" | "TLS" | "HTTP" | "HTTPS" | "HTTP2" | "GRPC" | "MONGO" | "UDP" | "SCTP";

/** A block of addresses: `10.0.0.0/24`, `192.0.2.7/32`, `fd00::/64`. */
export type Cidr = `${string}/${number}`;

/** A port of a Service. */
export interface ServicePort {
  /** The port that is called. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The port of the pods behind it, by number or by name, where that is another: NetworkPolicies see this one. */
  readonly targetPort?: number | string;
}

/** A port that is called at its own address. */
export interface OutsidePort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly targetPort?: never;
}

/** What the mesh knows without us: a Service of the cluster, or what somebody else's ServiceEntry declares. */
export interface InsideDestination {
  readonly mesh: "inside";
  /** The namespace of the Service, `.` for the workload's own, and its full name: `otel/agent.otel.svc.cluster.local`. */
  readonly host: EgressHost;
  readonly ports: readonly ServicePort[];
  /** Labels of the pods behind it; without, every pod of its namespace may be called at these ports. */
  readonly pods?: Labels;
  /** In place of pods, the addresses behind a Service that selects none, as those of the API server. */
  readonly cidrs?: readonly Cidr[];
  readonly tls?: never;
}

/** What is outside of the mesh, as a database with addresses of its own: a ServiceEntry makes it known. */
export interface OutsideDestination {
  readonly mesh: "outside";
  /** Its name, or a pattern of names, in the workload's own namespace: `./db.example.com`, `./*.example.com`. */
  readonly host: `./${string}`;
  readonly ports: readonly OutsidePort[];
  /** Where it is. The proxy tells it from others by these, and NetworkPolicies know nothing else. */
  readonly cidrs: readonly Cidr[];
  /**
   * `SIMPLE` lets the proxy encrypt what the application sends in plain text, `DISABLE` sends on what the application
   * sends, encrypted by itself or not. `DISABLE`, unless it is said.
   */
  readonly tls?: "DISABLE" | "SIMPLE";
  readonly pods?: never;
}

/** What a workload calls. */
export type Destination = InsideDestination | OutsideDestination;

/** The transport of a protocol, as NetworkPolicies know it. */
export const transportOf = (protocol: Protocol): "TCP" | "UDP" | "SCTP" =>
  protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP";

/** The ports that proxies of the mesh carry. */
export const carried = ({ ports }: Destination): readonly (ServicePort | OutsidePort)[] =>
  ports.filter(({ protocol }) => transportOf(protocol) === "TCP");

/**
 * Istio's control plane as its charts install it, which every proxy has to reach.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 * @example
 * outbound(workload, { destinations: [istiod, kubeDns], unknownDestinations: "REGISTRY_ONLY" });
 */
export const istiod: InsideDestination = {
  mesh: "inside",
  host: "istio-system/istiod.istio-system.svc.cluster.local",
  ports: [{ port: 15_012, protocol: "TLS" }],
  pods: { app: "istiod" },
};

/**
 * The cluster's DNS, as CoreDNS and kube-dns are installed; a node-local cache in front of it has an address of its own.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/
 * @example
 * outbound(workload, { destinations: [istiod, kubeDns], unknownDestinations: "REGISTRY_ONLY" });
 */
export const kubeDns: InsideDestination = {
  mesh: "inside",
  host: "kube-system/kube-dns.kube-system.svc.cluster.local",
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
  pods: { "k8s-app": "kube-dns" },
};
