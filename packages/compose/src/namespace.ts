import type { KubernetesObject } from "./object.ts";
import type { Problem } from "./problem.ts";
import { isClusterScoped } from "./scope.ts";
import type { Plain, PlainObject } from "./plain.ts";

interface Subject extends PlainObject {
  kind?: string;
  name?: string;
  namespace?: string;
}

/**
 * Moves the objects into one namespace, as Kustomize's `namespace` field does: every namespaced object, whatever it said
 * before; the Namespace object's own name; the ServiceAccounts that bindings name, where they move along; the services
 * that webhooks and APIServices call.
 */
export function applyNamespace(objects: KubernetesObject[], namespace: string): Problem[] {
  const moved = objects.filter((object) => !isClusterScoped(object, objects));
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
  const accounts = new Set(moved.filter(({ kind }) => kind === "ServiceAccount").map(keyOf));
  for (const object of objects) moveReferences(object, namespace, accounts);
  for (const object of moved) setField(object.metadata, "namespace", namespace);
  for (const object of spaces) setField(object.metadata, "name", namespace);
  return [];
}

const keyOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? ""}/${metadata.name}`;

/** The objects handed to a transform are copies of its own, so it may set what their type declares as readonly. */
function setField(target: object, field: string, value: Plain): void {
  Object.assign(target, { [field]: value });
}

function moveReferences(object: KubernetesObject, namespace: string, accounts: ReadonlySet<string>): void {
  const { subjects, spec, webhooks } = object as KubernetesObject & {
    subjects?: Subject[];
    spec?: { service?: object; conversion?: { webhook?: { clientConfig?: { service?: object } } } };
    webhooks?: { clientConfig?: { service?: object } }[];
  };
  if (object.kind.endsWith("RoleBinding")) {
    for (const subject of subjects ?? []) {
      // A subject that names no namespace means the account beside the binding.
      const movesAlong = [subject.namespace, undefined].some((from) =>
        accounts.has(`${from ?? ""}/${subject.name}`),
      );
      const inNone =
        subject.namespace === undefined && [...accounts].some((key) => key.endsWith(`/${subject.name}`));
      if (subject.kind === "ServiceAccount" && (movesAlong || inNone || subject.name === "default")) {
        subject.namespace = namespace;
      }
    }
  }
  const services = [
    object.kind === "APIService" ? spec?.service : undefined,
    object.kind === "CustomResourceDefinition" ? spec?.conversion?.webhook?.clientConfig?.service : undefined,
    ...(object.kind.endsWith("WebhookConfiguration") ? (webhooks ?? []) : []).map(
      ({ clientConfig }) => clientConfig?.service,
    ),
  ];
  for (const service of services) if (service) setField(service, "namespace", namespace);
}
