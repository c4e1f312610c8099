import { displayName, type KubernetesObject } from "@atlas/compose";
import type { PlaceOf } from "./answer.ts";

/** The hosts that a Sidecar names, and what becomes of others. */
export interface KnownHosts {
  readonly sidecar: string;
  readonly hosts: readonly string[];
  readonly others: string;
  readonly place: string | undefined;
}

interface SidecarFacts {
  readonly spec?: {
    readonly outboundTrafficPolicy?: { readonly mode?: string };
    readonly egress?: readonly { readonly hosts?: readonly string[] }[];
  };
}

/** What the proxies of workloads know, by the Sidecars among the objects. */
export const knownHosts = (objects: readonly KubernetesObject[], placeOf: PlaceOf): readonly KnownHosts[] =>
  sidecarsIn(objects).map((object) => {
    const { outboundTrafficPolicy } = (object as SidecarFacts).spec ?? {};
    const isClosed = outboundTrafficPolicy && outboundTrafficPolicy.mode !== "ALLOW_ANY";
    return {
      sidecar: displayName(object),
      hosts: hostsOf(object),
      others: isClosed ? "dropped" : "let through in plain text",
      place: placeOf({ object, path: "spec.egress", text: "" }),
    };
  });

const sidecarsIn = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  objects.filter(({ kind }) => kind === "Sidecar");

const hostsOf = (object: KubernetesObject): readonly string[] =>
  ((object as SidecarFacts).spec?.egress ?? []).flatMap(({ hosts = [] }) => hosts);

/**
 * Services of a namespace that Sidecars name, in front of pods that no object makes: such a Service is not among the objects
 * either, and without it, its pods would be unknown to the proxy.
 */
export function servicesKnown(
  objects: readonly KubernetesObject[],
  namespace: string,
  selector: Readonly<Record<string, string>>,
  port: { readonly port: number; readonly protocol: string },
): readonly KubernetesObject[] {
  const names = sidecarsIn(objects).flatMap((sidecar) =>
    hostsOf(sidecar).flatMap((host) => {
      const [, name, own] = /\/([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host) ?? [];
      return name !== undefined && name !== "*" && own === namespace ? [name] : [];
    }),
  );
  const spec = { selector, ports: [{ port: port.port, protocol: port.protocol }] };
  return [...new Set(names)].map((name) => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name, namespace }, spec };
    return service satisfies KubernetesObject;
  });
}
