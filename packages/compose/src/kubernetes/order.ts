import { identity, type Resource } from "./object.ts";

/** What others need stands first, as in Kustomize's legacy order; webhooks stand last, when their service is there. */
const firstKinds =
  "Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget".split(
    " ",
  );
const lastKinds = new Set(["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]);

/**
 * Sorts into an order in which the objects can be applied. Custom objects follow the built-in kinds; within a kind the
 * order is by group, namespace and name, so that it does not depend on who declared an object first.
 */
export function inApplyOrder<R extends Resource>(resources: readonly R[]): R[] {
  return resources
    .map((resource) => ({ resource, key: sortKey(resource) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ resource }) => resource);
}

function sortKey(resource: Resource): string {
  const { group, kind, namespace = "", name } = identity(resource);
  const position = firstKinds.indexOf(kind);
  const isBuiltIn = !group.includes(".") || group.endsWith(".k8s.io");
  // Of two digits, as they are compared as text.
  const rank = position >= 0 ? 10 + position : lastKinds.has(kind) ? 99 : isBuiltIn ? 50 : 60;
  return `${rank}\0${kind}\0${group}\0${namespace}\0${name}`;
}
