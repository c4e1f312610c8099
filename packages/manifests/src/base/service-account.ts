import { define } from "@atlas/compose";
import type { ServiceAccount } from "kubernetes-types/core/v1.js";
import { operator } from "../operator.ts";

export const serviceAccount = define<ServiceAccount>()({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: operator.name },
});
