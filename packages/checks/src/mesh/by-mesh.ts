import { isItself, type Peer } from "../network/endpoint.ts";
import type { Port } from "../network/policy-port.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { reason, united, type OpenVerdict, type Reason } from "../objects/verdict.ts";
import { byAuthorization } from "./authorization-policy.ts";
import type { MeshRequest } from "./authorization-rule.ts";
import { meshDefaults } from "./defaults.ts";
import { tlsModeOf } from "./destination-rule.ts";
import { injectionOf, isAmbient } from "./injection.ts";
import { mtlsMode, type MtlsMode } from "./peer-authentication.ts";
import { bypassOf, mergedMetrics, mergedMetricsPort, proxyPort, type ProxyPort } from "./proxy-port.ts";
import { registrationsOf, type Registration } from "./registry.ts";
import { importingHost, sidecarScope, type SidecarScope } from "./sidecar.ts";

/**
 * The one port of applications that no proxy captures.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/security/#understand-traffic-capture-limitations
 */
const sshPort = 22;

const silent: OpenVerdict = { allowed: true, because: [], unknown: [] };

/** What the proxy of the source makes of a connection. */
interface Departure {
  readonly verdict: OpenVerdict;
  /** Why it goes on in plain text; undefined where it is mutual TLS, if the destination takes that. */
  readonly plain?: Reason;
}

/**
 * What the mesh says of a connection: the proxy of its source knows the destination, or lets through what it does not know,
 * and that of its destination takes what comes. Where there is no proxy, and of what is not TCP, it says nothing.
 */
export function byMesh(objects: readonly KubernetesObject[], from: Peer, to: Peer, port: Port): OpenVerdict {
  if (port.protocol !== "TCP" || isItself(from, to)) return silent;
  const ambient = [from, to].filter(({ pod, namespaceLabels }) => pod && isAmbient(pod, namespaceLabels));
  if (ambient.length > 0) return { ...silent, unknown: ambient.flatMap(notModelled) };
  const { verdict, plain } = departure(objects, from, to, port);
  if (!verdict.allowed) return verdict;
  return united([verdict, arrival(objects, from, to, port.port, plain)]);
}

const notModelled = ({ pod }: Peer): OpenVerdict["unknown"] =>
  pod
    ? [reason(at(pod.metadata, "labels"), "what the mesh says of a pod in ambient mode is not modelled")]
    : [];

const hasProxy = (peer: Peer): peer is Peer & { readonly pod: Pod } =>
  peer.pod !== undefined && injectionOf(peer.pod, peer.namespaceLabels).injected;

function departure(objects: readonly KubernetesObject[], from: Peer, to: Peer, port: Port): Departure {
  if (!hasProxy(from)) return { verdict: silent, plain: withoutProxy(from) };
  const registrations = registrationsOf(objects, to, port);
  const called = registrations.length > 0 ? registrations.map((each) => each.port) : [port.port];
  const bypass = bypassOf(from.pod, "Outbound", called);
  if (bypass) return { verdict: silent, plain: reason(bypass, "this leads past the proxy of the source") };
  const scope = sidecarScope(objects, from.pod);
  const known = registrations.flatMap(({ match, ...rest }) => {
    const node = importingHost(scope, { match, ...rest }, from.pod.namespace);
    return node ? [{ match, node, tls: tlsModeOf(objects, { match, ...rest }, from.pod.namespace) }] : [];
  });
  const certain = known.find(({ match }) => match === true);
  if (certain) return toKnown(certain.node, certain.tls, scope.unknown);
  const missing = unknownTo(scope, registrations[0]);
  const { registryOnly } = scope;
  if (registryOnly === undefined) return { verdict: { ...silent, unknown: scope.unknown }, plain: missing };
  const unknown = known.map((each) =>
    reason(each.node, "whether it means the address depends on what its name resolves to"),
  );
  const because = [missing, reason(registryOnly, "what is unknown is dropped")];
  return { verdict: { allowed: false, because, unknown: [...scope.unknown, ...unknown] } };
}

/** Why the proxy of the source does not know the destination. */
function unknownTo({ egress }: SidecarScope, registration: Registration | undefined): Reason {
  if (registration === undefined)
    return { path: "", text: "no Service or ServiceEntry has the destination behind this port" };
  const { object, hosts, namespace } = registration;
  const text = `the proxy of the source does not know ${hosts.join(", ")} of ${namespace}`;
  return reason(egress ?? nodeOf(object), text);
}

function toKnown(node: Node, tls: Node | undefined, unknown: readonly Reason[]): Departure {
  const because = [reason(node, "the proxy of the source knows the destination by this")];
  if (tls === undefined || tls.value === "ISTIO_MUTUAL")
    return { verdict: { allowed: true, because, unknown } };
  const plain = reason(tls, "by this, the proxy of the source sends no mutual TLS of the mesh");
  if (tls.value === "DISABLE") return { verdict: { allowed: true, because, unknown }, plain };
  const own = reason(tls, "whether the destination takes this is not known");
  return { verdict: { allowed: true, because, unknown: [...unknown, own] }, plain };
}

/** Why what has no proxy sends plain text. */
function withoutProxy({ pod, namespaceLabels }: Peer): Reason {
  if (pod === undefined) return { path: "", text: "the source is outside of the mesh" };
  return reason(injectionOf(pod, namespaceLabels).node ?? pod.metadata, "the source has no proxy");
}

function arrival(
  objects: readonly KubernetesObject[],
  from: Peer,
  to: Peer,
  port: number,
  plain: Reason | undefined,
): OpenVerdict {
  if (!hasProxy(to)) return silent;
  const own = proxyPort(port);
  if (own !== undefined) return atProxy(to.pod, port, own, plain);
  const bypass = port === sshPort ? to.pod.spec : bypassOf(to.pod, "Inbound", [port]);
  if (bypass) return uncaptured(bypass, "it goes past the proxy of the destination", plain);
  const tls = mtlsMode(objects, to.pod, port);
  const taken = encryption(tls, plain);
  if (!taken.allowed) return taken;
  // What a proxy sends is as the destination takes it.
  const identity =
    plain === undefined && tls.mode !== "DISABLE" && from.pod ? meshIdentity(from.pod) : undefined;
  const request = {
    ...(identity && { identity }),
    ...(from.address !== undefined && { source: from.address }),
    ...(to.address !== undefined && { destination: to.address }),
    port,
  };
  return united([taken, byAuthorization(objects, to.pod, request)]);
}

function encryption({ mode, node, unknown }: MtlsMode, plain: Reason | undefined): OpenVerdict {
  if (node === undefined) return silent;
  if (plain === undefined) {
    const text = mode === "DISABLE" ? "plain text is taken" : "mutual TLS is taken";
    return { ...silent, because: [reason(node, text)] };
  }
  if (mode === "STRICT")
    return { allowed: false, because: [reason(node, "it takes mutual TLS alone"), plain], unknown };
  return { allowed: true, because: [reason(node, "plain text is taken")], unknown };
}

/** Who a pod is to the mesh: its service account. */
const meshIdentity = ({ namespace, spec }: Pod): NonNullable<MeshRequest["identity"]> => ({
  trustDomain: meshDefaults.trustDomain,
  namespace,
  account: textAt(at(spec, "serviceAccountName")) ?? textAt(at(spec, "serviceAccount")) ?? "default",
});

/** What reaches the application, or the proxy's own server, as it was sent: mutual TLS is nothing that it speaks. */
function uncaptured(node: Node, text: string, plain: Reason | undefined): OpenVerdict {
  if (plain) return { ...silent, because: [reason(node, text)] };
  const why = `${text}, and that of the source sends mutual TLS, which nothing takes off`;
  return { ...silent, allowed: false, because: [reason(node, why)] };
}

function atProxy(pod: Pod, port: number, own: ProxyPort, plain: Reason | undefined): OpenVerdict {
  const { spec } = pod;
  if (own === "inside")
    return {
      ...silent,
      allowed: false,
      because: [reason(spec, `the proxy keeps ${port} for the pod itself`)],
    };
  if (own === "proxy")
    return { ...silent, unknown: [reason(spec, `the proxy has ${port} for what it leads through`)] };
  const metrics = port === mergedMetricsPort ? mergedMetrics(pod) : undefined;
  const answer = uncaptured(spec, `${port} is answered in plain text beside the proxy`, plain);
  if (metrics === undefined || !answer.allowed) return answer;
  return {
    ...answer,
    because: [...answer.because, reason(metrics, "the application's metrics are merged here")],
  };
}
