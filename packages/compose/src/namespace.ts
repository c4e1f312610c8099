import type { CustomKinds } from "./crd.ts";
import { fieldsOf, type KubernetesObject } from "./object.ts";
import { grouped, isObject, type PlainObject } from "./plain.ts";
import type { Problem } from "./problem.ts";
import { isClusterScoped } from "./scope.ts";

/**
 * Moves the objects into one namespace, as Kustomize's `namespace` field does: every namespaced object, whatever it said
 * before; the Namespace object's own name; and what refers to them: the ServiceAccounts that bindings name, the services
 * that webhooks, APIServices and conversions of custom resources call.
 */
export function applyNamespace(
  objects: readonly KubernetesObject[],
  namespace: string,
  customKinds: CustomKinds,
): Problem[] {
  const moved = objects.filter((object) => !isClusterScoped(object, customKinds));
  const spaces = objects.filter(({ apiVersion, kind }) => apiVersion === "v1" && kind === "Namespace");
  if (moved.length + spaces.length === 0) {
    return [
      {
        what: `the namespace "${namespace}" applies to no object`,
        path: "namespace",
        expected: "an object that stands in a namespace",
        mend: "add one, or take the namespace out",
      },
    ];
  }
  const named = grouped(moved, nameOf);
  const references = objects.flatMap((object) => referencesIn(object, named));
  for (const reference of references) reference["namespace"] = namespace;
  for (const { metadata } of moved) Object.assign(metadata, { namespace });
  for (const { metadata } of spaces) Object.assign(metadata, { name: namespace });
  return [];
}

/** Objects by kind and name. */
type Named = ReadonlyMap<string, readonly KubernetesObject[]>;

const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** The references of an object that move along with what they refer to. */
function referencesIn(object: KubernetesObject, moved: Named): PlainObject[] {
  const { subjects, webhooks, spec } = fieldsOf(object);
  switch (object.kind) {
    case "RoleBinding":
    case "ClusterRoleBinding":
      return objectsIn(subjects).filter(
        (subject) =>
          subject["kind"] === "ServiceAccount" &&
          // Every namespace has an account of this name.
          (subject["name"] === "default" || isAmong(moved, "ServiceAccount", subject)),
      );
    case "MutatingWebhookConfiguration":
    case "ValidatingWebhookConfiguration":
      return objectsIn(webhooks)
        .flatMap((webhook) => at(webhook, "clientConfig", "service"))
        .filter((service) => isAmong(moved, "Service", service));
    case "APIService":
      return at(spec, "service");
    case "CustomResourceDefinition":
      return at(spec, "conversion", "webhook", "clientConfig", "service");
    default:
      return [];
  }
}

/** Whether a reference means one of the objects; an object without a namespace stands in `default`. */
function isAmong(moved: Named, kind: string, { name, namespace }: PlainObject): boolean {
  if (typeof name !== "string") return false;
  const candidates = moved.get(`${kind}/${name}`) ?? [];
  return candidates.some(
    ({ metadata }) => namespace === undefined || namespace === (metadata.namespace ?? "default"),
  );
}

const objectsIn = (list: unknown): PlainObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

/** The object at a path, as a list of none or one. */
function at(value: unknown, ...path: readonly string[]): PlainObject[] {
  const found = path.reduce<unknown>((inner, field) => (isObject(inner) ? inner[field] : undefined), value);
  return isObject(found) ? [found] : [];
}
