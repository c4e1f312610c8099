import type { Code } from "./codes.ts";

/** The codes of what the API server takes, though not as it may be meant. */
export const warnings: ReadonlySet<Code> = new Set([
  "live-field-bound",
  "live-field-ignored",
  "namespace-missing",
  "namespace-unused",
  "node-port-unusual",
  "object-too-large-for-client-side-apply",
  "stateful-set-unlooked",
  "value-lost-in-text",
] satisfies readonly Code[]);

const docs = "https://kubernetes.io/docs";

/** Where Kubernetes explains what a code is about, where a page is about little else. */
export const linkOf = (code: Code): string | undefined => links()[code];

/** Made when something is found. */
const links = (): { readonly [code in Code]?: string } => ({
  "annotations-too-large": `${docs}/concepts/overview/working-with-objects/annotations/`,
  "crd-storage-version": `${docs}/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/`,
  "data-too-large": `${docs}/concepts/configuration/configmap/`,
  "end-port": `${docs}/concepts/services-networking/network-policies/#targeting-a-range-of-ports`,
  "field-path-unknown": `${docs}/concepts/workloads/pods/downward-api/`,
  "finalizer-unknown": `${docs}/concepts/overview/working-with-objects/finalizers/`,
  "init-container-field-forbidden": `${docs}/concepts/workloads/pods/sidecar-containers/`,
  "name-malformed": `${docs}/concepts/overview/working-with-objects/names/`,
  "object-too-large-for-client-side-apply": `${docs}/reference/using-api/server-side-apply/`,
  "quantity-malformed": `${docs}/reference/kubernetes-api/common-definitions/quantity/`,
  "request-above-limit": `${docs}/concepts/configuration/manage-resources-containers/`,
  "restart-policy": `${docs}/concepts/workloads/pods/pod-lifecycle/#restart-policy`,
  "rollout-stuck": `${docs}/concepts/workloads/controllers/deployment/#rolling-update-deployment`,
  "schedule-malformed": `${docs}/concepts/workloads/controllers/cron-jobs/#schedule-syntax`,
  "schema-default": `${docs}/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting`,
  "schema-not-structural": `${docs}/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema`,
  "selector-misses-template": `${docs}/concepts/workloads/controllers/deployment/#selector`,
  "service-type-field": `${docs}/concepts/services-networking/service/#publishing-services-service-types`,
  "toleration-without-key": `${docs}/concepts/scheduling-eviction/taint-and-toleration/`,
  "volume-missing": `${docs}/concepts/storage/volumes/`,
});
