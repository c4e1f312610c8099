import { define } from "@atlas/compose";
import type { Namespace } from "kubernetes-types/core/v1.js";
import { operator } from "../../operator.ts";

export const namespace = define<Namespace>()({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: operator.name,
    labels: {
      // The policies of other namespaces select by this label.
      name: operator.name,
      // Admits an injected proxy only where the Istio CNI plugin sets up its traffic rules.
      "pod-security.kubernetes.io/enforce": "restricted",
    },
  },
});
