import { overlay, patch } from "@atlas/compose";
import { base } from "@atlas/manifests";
import { deployment, podDisruptionBudget } from "@atlas/manifests/base";
import { namespace } from "./namespace.ts";
import { shop } from "./shop.ts";

/** The operator as `dev` runs it: the base of `@atlas/manifests`, and what is said here. */
export default overlay({
  base,
  namespace: namespace.metadata.name,
  resources: [namespace, shop],
  // Made against the objects themselves: what they do not have does not compile.
  patches: [
    patch(deployment, { spec: { replicas: 2 } }),
    patch(podDisruptionBudget, { spec: { maxUnavailable: 1 } }),
  ],
});
