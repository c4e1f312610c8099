import { fieldsOf, identity, type KubernetesObject, type Resource } from "./object.ts";
import { isObject, type Plain, type PlainObject } from "./plain.ts";

/** A place in an object that names another object. */
export interface Reference {
  /** The kind of what is named; of a role's rule, its plural in small letters, or `*`. */
  readonly kind: string;
  readonly isPlural?: true;
  /** Its API group, empty for the core group; undefined where the reference leaves it open. */
  readonly group: string | undefined;
  /** What holds the name, and where in it. */
  readonly holder: PlainObject | Plain[];
  readonly field: string;
  /** The fields that lead from the object to the name. */
  readonly path: readonly string[];
  /** Where the reference states the namespace of what it names; undefined where that has to be its own. */
  readonly space?: {
    readonly holder: PlainObject;
    readonly field: string;
    /** Whether the API asks for it. */
    readonly isRequired: boolean;
  };
}

/** Whether an object can refer to others: a definition only describes fields, and these two hold content. */
export function mayRefer(object: Resource): boolean {
  return !["CustomResourceDefinition", "ConfigMap", "Secret"].includes(object.kind);
}

/** The kinds whose references may name objects of other namespaces and have to say so. */
export const acrossNamespaces: ReadonlySet<string> = new Set([
  "RoleBinding",
  "ClusterRoleBinding",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "APIService",
  "CustomResourceDefinition",
]);

/**
 * The references of an object that have to say the namespace: the ServiceAccounts of bindings, the services of webhooks,
 * APIServices and conversions.
 *
 * Source: `namespace` in the default configuration of Kustomize 5.5.
 */
export function referencesAcross(object: KubernetesObject): Reference[] {
  if (!acrossNamespaces.has(object.kind)) return [];
  const { subjects, webhooks, spec } = fieldsOf(object);
  switch (object.kind) {
    case "RoleBinding":
    case "ClusterRoleBinding":
      return elements(subjects, ["subjects"])
        .filter(({ holder }) => holder["kind"] === "ServiceAccount")
        .map((place) => across("ServiceAccount", place));
    case "APIService":
      return inner(spec, ["spec"], ["service"]).map((place) => across("Service", place));
    case "CustomResourceDefinition":
      return inner(spec, ["spec"], ["conversion", "webhook", "clientConfig", "service"]).map((place) =>
        across("Service", place),
      );
    default:
      return elements(webhooks, ["webhooks"])
        .flatMap(({ holder, path }) => inner(holder, path, ["clientConfig", "service"]))
        .map((place) => across("Service", place));
  }
}

interface Held {
  readonly holder: PlainObject;
  readonly path: readonly string[];
}

const across = (kind: string, { holder, path }: Held): Reference => ({
  kind,
  group: "",
  holder,
  field: "name",
  path: [...path, "name"],
  space: { holder, field: "namespace", isRequired: true },
});

const elements = (list: unknown, path: readonly string[]): Held[] =>
  Array.isArray(list)
    ? list.flatMap((holder: unknown, index) =>
        isObject(holder) ? [{ holder, path: [...path, String(index)] }] : [],
      )
    : [];

/** The object at some fields below another, as a list of none or one. */
function inner(value: unknown, path: readonly string[], fields: readonly string[]): Held[] {
  const found = fields.reduce<unknown>(
    (holder, field) => (isObject(holder) ? holder[field] : undefined),
    value,
  );
  return isObject(found) ? [{ holder: found, path: [...path, ...fields] }] : [];
}

/** All references of an object, those that have to say the namespace first. */
export function* referencesIn(object: KubernetesObject): Generator<Reference> {
  yield* referencesAcross(object);
  if (!mayRefer(object)) return;
  const { metadata, kind: _kind, apiVersion: _apiVersion, ...fields } = fieldsOf(object);
  for (const [name, value] of Object.entries(fields)) {
    // Bindings and webhooks are done, but for the role.
    const isDone = name === "subjects" || name === "webhooks" || object.kind === "APIService";
    if (!isDone) yield* inField(fields, name, value, [name]);
  }
  yield* ofKind(object, fields);
  const annotations = isObject(metadata) ? metadata["annotations"] : undefined;
  if (object.kind === "Ingress" && isObject(annotations)) {
    for (const [field, kind] of ingressAnnotations) {
      if (Object.hasOwn(annotations, field))
        yield { kind, group: "", holder: annotations, field, path: ["metadata", "annotations", field] };
    }
  }
}

const ingressAnnotations: readonly (readonly [string, "ConfigMap" | "Secret"])[] = [
  ["nginx.ingress.kubernetes.io/fastcgi-params-configmap", "ConfigMap"],
  ["ingress.kubernetes.io/auth-secret", "Secret"],
  ["nginx.ingress.kubernetes.io/auth-secret", "Secret"],
  ["nginx.ingress.kubernetes.io/auth-tls-secret", "Secret"],
];

/** References that only one kind has, or has in a field whose name says nothing. */
function* ofKind(object: KubernetesObject, fields: PlainObject): Generator<Reference> {
  const { kind } = object;
  const { group } = identity(object);
  const spec = isObject(fields["spec"]) ? fields["spec"] : {};
  const inSpec = (field: string, target: string, targetGroup: string): Reference => ({
    kind: target,
    group: targetGroup,
    holder: spec,
    field,
    path: ["spec", field],
  });
  if (kind === "Role" || kind === "ClusterRole") yield* namesInRules(fields["rules"]);
  else if (kind === "StatefulSet" && group === "apps") yield inSpec("serviceName", "Service", "");
  else if (kind === "PersistentVolumeClaim" && group === "")
    yield inSpec("volumeName", "PersistentVolume", "");
  else if (kind === "ValidatingAdmissionPolicyBinding" && group === "admissionregistration.k8s.io")
    yield inSpec("policyName", "ValidatingAdmissionPolicy", group);
  else if (kind === "PersistentVolume" && group === "") {
    for (const { holder, path } of inner(spec, ["spec"], ["claimRef"]))
      yield { ...across("PersistentVolumeClaim", { holder, path }) };
  }
}

/** Texts that name an object of one kind, whatever they are part of; custom kinds have fields of these names as well. */
const nameFields: Readonly<Record<string, readonly [group: string, kind: string]>> = {
  serviceAccountName: ["", "ServiceAccount"],
  serviceAccount: ["", "ServiceAccount"],
  priorityClassName: ["scheduling.k8s.io", "PriorityClass"],
  storageClassName: ["storage.k8s.io", "StorageClass"],
  ingressClassName: ["networking.k8s.io", "IngressClass"],
  runtimeClassName: ["node.k8s.io", "RuntimeClass"],
  claimName: ["", "PersistentVolumeClaim"],
};

/** Lists whose elements name objects of one kind, unless they state another. */
const nameLists: Readonly<Record<string, readonly [group: string, kind: string]>> = {
  imagePullSecrets: ["", "Secret"],
  secrets: ["", "Secret"],
  parentRefs: ["gateway.networking.k8s.io", "Gateway"],
  backendRefs: ["", "Service"],
};

/**
 * References by the names of fields, which custom kinds share with those of Kubernetes, and any reference that states
 * its kind.
 *
 * Source: `nameReference` in the default configuration of Kustomize 5.5, with the fields' names in place of their paths.
 */
function* inField(
  holder: PlainObject,
  field: string,
  value: Plain | undefined,
  path: readonly string[],
): Generator<Reference> {
  if (typeof value === "string") yield* inText(holder, field, path);
  else if (Array.isArray(value)) {
    const target = Object.hasOwn(nameLists, field) ? nameLists[field] : undefined;
    for (const { holder: element, path: at } of elements(value, path)) {
      if (target && element["kind"] === undefined) yield named(target, element, "name", at);
      yield* inObject(element, at);
    }
  } else if (isObject(value)) {
    if (/^configMap(?:(?:Key)?Ref)?$/.test(field)) yield named(["", "ConfigMap"], value, "name", path);
    else if (/^secret$|[sS]ecret(?:Key)?Ref$/.test(field)) yield named(["", "Secret"], value, "name", path);
    // Of an Ingress; elsewhere a field of this name holds other things as well.
    else if (field === "service" && /^(?:backend|defaultBackend)$/.test(path.at(-2) ?? ""))
      yield named(["", "Service"], value, "name", path);
    yield* inObject(value, path);
  }
}

function* inObject(value: PlainObject, path: readonly string[]): Generator<Reference> {
  const { kind, name } = value;
  if (typeof kind === "string" && typeof name === "string" && kind !== "User" && kind !== "Group")
    yield named([groupIn(value), kind], value, "name", path);
  for (const [field, inside] of Object.entries(value)) yield* inField(value, field, inside, [...path, field]);
}

/** The group that a reference states, as one of the names that there are for it. */
function groupIn({ apiGroup, group, apiVersion }: PlainObject): string | undefined {
  if (typeof apiVersion === "string") return apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
  return [apiGroup, group].find((stated) => typeof stated === "string");
}

function* inText(holder: PlainObject, field: string, path: readonly string[]): Generator<Reference> {
  const target = Object.hasOwn(nameFields, field) ? nameFields[field] : undefined;
  if (target) yield { kind: target[1], group: target[0], holder, field, path };
  else if (/^secretRef$|[sS]ecretName$/.test(field)) {
    const space = field === "secretRef" ? "secretNamespace" : `${field.slice(0, -"Name".length)}Namespace`;
    yield {
      kind: "Secret",
      group: "",
      holder,
      field,
      path,
      ...(typeof holder[space] === "string" && { space: { holder, field: space, isRequired: false } }),
    };
  }
}

function named(
  [group, kind]: readonly [group: string | undefined, kind: string],
  holder: PlainObject,
  field: string,
  path: readonly string[],
): Reference {
  return {
    kind,
    group,
    holder,
    field,
    path: [...path, field],
    ...(typeof holder["namespace"] === "string" && {
      space: { holder, field: "namespace", isRequired: false },
    }),
  };
}

/** The rules of a role name objects of the kinds that its `resources` are the plural of. */
function* namesInRules(rules: Plain | undefined): Generator<Reference> {
  for (const { holder: rule, path } of elements(rules, ["rules"])) {
    const { resourceNames, resources, apiGroups } = rule;
    if (!Array.isArray(resourceNames) || !Array.isArray(resources)) continue;
    const groups = Array.isArray(apiGroups) && !apiGroups.includes("*") ? apiGroups : [undefined];
    const holder = [...resourceNames];
    rule["resourceNames"] = holder;
    for (const [index] of holder.entries()) {
      for (const group of groups) {
        for (const resource of resources) {
          if (typeof resource !== "string" || (group !== undefined && typeof group !== "string")) continue;
          // A role may be about a part of an object: `deployments/scale`.
          const [plural = ""] = resource.split("/");
          yield {
            kind: plural,
            isPlural: true,
            group,
            holder,
            field: String(index),
            path: [...path, "resourceNames", String(index)],
          };
        }
      }
    }
  }
}
