import { define } from "@atlas/compose";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1.js";
import { operator } from "../operator.ts";

export const podDisruptionBudget = define<PodDisruptionBudget>()({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: operator.name },
  spec: { selector: { matchLabels: operator.labels } },
});
