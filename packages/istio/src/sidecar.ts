import type { ISidecar } from "@kubernetes-models/istio/networking.istio.io/v1beta1/Sidecar";
import { podLabels, type Workload } from "./workload.ts";

/**
 * A service that the workload may see, as `namespace/host`: a namespace, `*` (any), `.` (the workload's own) or `~`
 * (none), then a fully qualified host, `*` or a host whose leftmost label is `*`.
 */
export type EgressHost = `${string}/${string}`;

/** What the workload's proxy knows of, and what becomes of traffic to anything else. */
export interface Egress {
  readonly hosts: readonly EgressHost[];
  /** `ALLOW_ANY` passes unknown destinations through, `REGISTRY_ONLY` drops them. */
  readonly unknownDestinations: "ALLOW_ANY" | "REGISTRY_ONLY";
}

export interface Sidecar {
  apiVersion: "networking.istio.io/v1beta1";
  kind: "Sidecar";
  metadata: { name: string };
  spec: NonNullable<ISidecar["spec"]>;
}

/**
 * Narrows the workload's proxy configuration to the services it calls.
 *
 * @throws {TypeError} when a host is not of the form `namespace/host`, naming every one that is not, or when the
 * workload has no labels.
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export function sidecar(workload: Workload, egress: Egress): Sidecar {
  const wrong = egress.hosts.filter((host) => !isEgressHost(host));
  if (wrong.length > 0) {
    throw new TypeError(
      `Sidecar/${workload.name}: spec.egress.hosts: ${wrong.map((host) => JSON.stringify(host)).join(", ")}: ` +
        'expected "namespace/host" as in "istio-system/istiod.istio-system.svc.cluster.local", "./*" or "*/*.example.com"',
    );
  }
  return {
    apiVersion: "networking.istio.io/v1beta1",
    kind: "Sidecar",
    metadata: { name: workload.name },
    spec: {
      workloadSelector: { labels: podLabels(workload) },
      outboundTrafficPolicy: { mode: egress.unknownDestinations },
      egress: [{ captureMode: "DEFAULT", hosts: [...egress.hosts] }],
    },
  };
}

const label = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
const egressHost = new RegExp(`^(?:[*.~]|${label})/(?:\\*|(?:\\*\\.)?${label}(?:\\.${label})*)$`, "i");

function isEgressHost(host: string): host is EgressHost {
  return egressHost.test(host);
}
