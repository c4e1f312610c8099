import { isItself, type Peer } from "../network/endpoint.ts";
import type { Port } from "../network/policy-port.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { reason, united, type OpenVerdict } from "../objects/verdict.ts";
import { injectionOf, isAmbient } from "./injection.ts";
import { mtlsMode } from "./peer-authentication.ts";
import { bypassOf, proxyPort } from "./proxy-port.ts";
import { registrationsOf } from "./registry.ts";
import { importOf, sidecarScope } from "./sidecar.ts";

const silent: OpenVerdict = { allowed: true, because: [], unknown: [] };

/** What the proxy of the source makes of a connection. */
interface Departure {
  readonly verdict: OpenVerdict;
  /** Whether it goes on as mutual TLS, if the destination takes that. */
  readonly secure: boolean;
}

/**
 * What the mesh says of a connection: the proxy of its source knows the destination, or lets through what it does not know,
 * and that of its destination takes what comes. Where there is no proxy, and of what is no TCP, it says nothing.
 */
export function byMesh(objects: readonly KubernetesObject[], from: Peer, to: Peer, port: Port): OpenVerdict {
  if (port.protocol !== "TCP" || isItself(from, to)) return silent;
  const ambient = [from, to].filter(({ pod, namespaceLabels }) => pod && isAmbient(pod, namespaceLabels));
  if (ambient.length > 0) return { ...silent, unknown: ambient.flatMap(notModelled) };
  const { verdict, secure } = departure(objects, from, to, port);
  if (!verdict.allowed) return verdict;
  return united([verdict, arrival(objects, to, port.port, secure)]);
}

const notModelled = ({ pod }: Peer): OpenVerdict["unknown"] =>
  pod
    ? [reason(at(pod.metadata, "labels"), "what the mesh says of a pod in ambient mode is not modelled")]
    : [];

const hasProxy = (peer: Peer): peer is Peer & { readonly pod: Pod } =>
  peer.pod !== undefined && injectionOf(peer.pod, peer.namespaceLabels).injected;

function departure(objects: readonly KubernetesObject[], from: Peer, to: Peer, port: Port): Departure {
  if (!hasProxy(from)) return { verdict: silent, secure: false };
  const registrations = registrationsOf(objects, to, port);
  const called = registrations.length > 0 ? registrations.map((each) => each.port) : [port.port];
  const bypass = bypassOf(from.pod, "Outbound", called);
  if (bypass)
    return {
      verdict: { ...silent, because: [reason(bypass, "it passes by the proxy of the source")] },
      secure: false,
    };
  const scope = sidecarScope(objects, from.pod);
  const known = registrations.flatMap(({ match, ...rest }) => {
    const node = importOf(scope, { match, ...rest }, from.pod.namespace);
    return node ? [{ match, node }] : [];
  });
  const certain = known.find(({ match }) => match === true);
  if (certain) {
    const because = [reason(certain.node, "the proxy of the source knows the destination by this")];
    return { verdict: { allowed: true, because, unknown: scope.unknown }, secure: true };
  }
  const { registryOnly } = scope;
  if (registryOnly === undefined) return { verdict: { ...silent, unknown: scope.unknown }, secure: false };
  const unknown = known.map(({ node }) =>
    reason(node, "whether it means the address depends on what its name resolves to"),
  );
  const whose = registrations[0];
  const text = whose
    ? `no host of the Sidecar means ${whose.hosts.join(", ")} in ${whose.namespace}, and what is unknown is dropped`
    : "no Service or ServiceEntry has the destination behind this port, and what is unknown is dropped";
  const because = [reason(registryOnly, text)];
  return { verdict: { allowed: false, because, unknown: [...scope.unknown, ...unknown] }, secure: false };
}

function arrival(objects: readonly KubernetesObject[], to: Peer, port: number, secure: boolean): OpenVerdict {
  if (!hasProxy(to)) return silent;
  const { pod } = to;
  const own = proxyPort(port);
  if (own !== undefined) return atProxy(pod, port, own);
  const bypass = bypassOf(pod, "Inbound", [port]);
  if (bypass) return { ...silent, because: [reason(bypass, "it passes by the proxy of the destination")] };
  const { mode, node, unknown } = mtlsMode(objects, pod, port);
  if (node === undefined) return { ...silent, unknown };
  if (mode === "STRICT" && !secure)
    return {
      allowed: false,
      because: [reason(node, "it takes mutual TLS alone, and the source sends plain text")],
      unknown,
    };
  return {
    allowed: true,
    because: [reason(node, secure && mode !== "DISABLE" ? "mutual TLS is taken" : "plain text is taken")],
    unknown,
  };
}

function atProxy(pod: Pod, port: number, own: NonNullable<ReturnType<typeof proxyPort>>): OpenVerdict {
  if (own === "open")
    return { ...silent, because: [reason(pod.spec, `the proxy answers at ${port} in plain text`)] };
  if (own === "inside")
    return {
      ...silent,
      allowed: false,
      because: [reason(pod.spec, `the proxy keeps ${port} for the pod itself`)],
    };
  return { ...silent, unknown: [reason(pod.spec, `the proxy has ${port} for what it leads through`)] };
}
