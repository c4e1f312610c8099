import { define } from "@atlas/compose";
import { operator } from "@atlas/manifests";
import type { Namespace } from "kubernetes-types/core/v1.js";

export const namespace = define<Namespace>()({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: operator.name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
});
