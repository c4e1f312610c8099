import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1beta1/PeerAuthentication";
import { built, isFields, said, valueAt, type Rule } from "./rules.ts";
import { selectsPods, type Metadata, type Workload } from "./workload.ts";

/** A PeerAuthentication as Istio 1.22 and later take it; `v1beta1` is served beside `v1`. */
export interface PeerAuthentication {
  apiVersion: "security.istio.io/v1beta1";
  kind: "PeerAuthentication";
  metadata: Metadata;
  spec: NonNullable<IPeerAuthentication["spec"]>;
}

/**
 * Lets only mutual TLS reach the workload: plain text from outside the mesh is refused on every port. No patch may loosen
 * it; an environment that takes plain text removes the object, and declares one of its own.
 *
 * @throws {TypeError} when the workload has no labels.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 * @example
 * strictMtls({ name: "shop", labels: { app: "shop" } });
 */
export function strictMtls({ name, labels }: Workload): PeerAuthentication {
  return built(
    {
      apiVersion: "security.istio.io/v1beta1",
      kind: "PeerAuthentication",
      metadata: { name },
      spec: { selector: { matchLabels: { ...labels } }, mtls: { mode: "STRICT" } },
    },
    [selectsPods("spec", "selector", "matchLabels"), isStrict],
  );
}

/** Strict as a whole, and for every port: one that is UNSET is as strict as the whole. */
const isStrict: Rule = (object) => {
  const ports = valueAt(object, "spec", "portLevelMtls");
  const modes = [
    { path: "spec.mtls.mode", mode: valueAt(object, "spec", "mtls", "mode"), words: ["STRICT"] },
    ...Object.entries(isFields(ports) ? ports : {}).map(([port, mtls]) => ({
      path: `spec.portLevelMtls.${port}.mode`,
      mode: valueAt(mtls, "mode"),
      words: ["STRICT", "UNSET"],
    })),
  ];
  return modes
    .filter(({ mode, words }) => !words.includes(String(mode)))
    .map(({ path, mode, words }) => ({
      path,
      what: `${said(mode)}, and plain text may get through`,
      expected: words.join(" or "),
      mend: "leave it, or remove the object here and declare a PeerAuthentication that is not strict",
    }));
};
