import { define, refuseFurther } from "@atlas/compose";
import type { PeerAuthentication } from "@atlas/istio";
import type { NetworkPolicy } from "kubernetes-types/networking/v1.js";
import { operator } from "../operator.ts";
import { drivers, type Driver } from "./driver.ts";

/** The label that the operator gives every pod of a dev database. */
const pods = { "app.kubernetes.io/name": "atlas-dev-db" } as const;

/**
 * Lets the operator, and nobody else, reach the dev databases of a namespace; declare it where AtlasSchema and AtlasMigration
 * objects are. Without it a namespace that denies ingress leaves them at `GettingDevDB`.
 *
 * @param operatorNamespace where the operator runs.
 *
 * @example
 * overlay({ base, resources: [allowDevDatabases("atlas-operator", ["postgres"])] });
 */
export function allowDevDatabases(operatorNamespace: string, which: readonly Driver[]) {
  refuseFurther(allowDevDatabases, arguments);
  return define<NetworkPolicy>()({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "allow-atlas-dev-db" },
    spec: {
      podSelector: { matchLabels: pods },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": operatorNamespace } },
              podSelector: { matchLabels: operator.labels },
            },
          ],
          ports: portsOf(which).map((port) => ({ protocol: "TCP", port })),
        },
      ],
    },
  });
}

/**
 * Lets plain text reach the ports of dev databases in a namespace whose pods have a sidecar and that is otherwise STRICT: the
 * operator dials the address of a pod, which no registry lists, so that its own sidecar sends plain text.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 *
 * @example
 * overlay({ base, resources: [plainDevDatabases(["postgres"])] });
 */
export function plainDevDatabases(which: readonly Driver[]): PeerAuthentication {
  refuseFurther(plainDevDatabases, arguments);
  return {
    apiVersion: "security.istio.io/v1beta1",
    kind: "PeerAuthentication",
    metadata: { name: "atlas-dev-db" },
    spec: {
      selector: { matchLabels: { ...pods } },
      mtls: { mode: "UNSET" },
      portLevelMtls: Object.fromEntries(
        portsOf(which).map((port) => [String(port), { mode: "PERMISSIVE" as const }]),
      ),
    },
  };
}

const portsOf = (which: readonly Driver[]): readonly number[] => [
  ...new Set(which.map((driver) => drivers[driver].port)),
];
