import { define } from "@atlas/compose";
import type { NetworkPolicy } from "kubernetes-types/networking/v1.js";

/** Isolates every pod of the namespace against what no other policy lets in. It says nothing of egress. */
export const defaultDeny = define<NetworkPolicy>()({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "default-deny" },
  spec: { podSelector: {} },
});
