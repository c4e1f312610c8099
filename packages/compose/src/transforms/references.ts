import { fieldPath } from "../value/path.ts";
import { settableFields, type KubernetesObject, type Resource } from "../kubernetes/object.ts";
import { isObject, type Plain, type PlainObject } from "../value/plain.ts";

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
  /** Where the reference states the namespace of what it names; undefined where that has to be its own. */
  readonly space?: {
    readonly holder: PlainObject;
    readonly field: string;
    /** Whether the API asks for it. */
    readonly isRequired: boolean;
  };
}

/** Whether an object can refer to others: a definition only describes fields, and a ConfigMap holds content. */
export function mayRefer({ kind }: Resource): boolean {
  return kind !== "CustomResourceDefinition" && kind !== "ConfigMap";
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
  const { subjects, webhooks, spec } = settableFields(object);
  switch (object.kind) {
    case "RoleBinding":
    case "ClusterRoleBinding":
      return listObjects(subjects)
        .filter(({ kind }) => kind === "ServiceAccount")
        .map((subject) => across("ServiceAccount", subject));
    case "APIService":
      return objectsBelow(spec, ["service"]).map((service) => across("Service", service));
    case "CustomResourceDefinition":
      return objectsBelow(spec, ["conversion", "webhook", "clientConfig", "service"]).map((service) =>
        across("Service", service),
      );
    default:
      return listObjects(webhooks)
        .flatMap((webhook) => objectsBelow(webhook, ["clientConfig", "service"]))
        .map((service) => across("Service", service));
  }
}

const across = (kind: string, holder: PlainObject): Reference => ({
  kind,
  group: "",
  holder,
  field: "name",
  space: { holder, field: "namespace", isRequired: true },
});

const listObjects = (list: unknown): PlainObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

/** The object at some fields below another, as a list of none or one. */
function objectsBelow(value: unknown, fields: readonly string[]): PlainObject[] {
  let found = value;
  for (const field of fields) found = isObject(found) ? found[field] : undefined;
  return isObject(found) ? [found] : [];
}

/** All references of an object, those that have to say the namespace first. */
export function referencesIn(object: KubernetesObject): Reference[] {
  const found = referencesAcross(object);
  if (!mayRefer(object)) return found;
  const fields = settableFields(object);
  ofKind.get(object.kind)?.(fields, found);
  // The rest of a Secret is content.
  if (object.kind === "Secret") return found;
  for (const name of Object.keys(fields)) {
    // Bindings and webhooks are done, but for the role.
    const isDone = done.has(name) || object.kind === "APIService";
    if (!isDone) searchField(fields, name, "", found);
  }
  return found;
}

const done = new Set(["apiVersion", "kind", "metadata", "subjects", "webhooks"]);

/**
 * References that only one kind has, or has in a field whose name says nothing; a function for each, so that V8 compiles what a
 * layer's kinds need.
 */
const ofKind: ReadonlyMap<string, (object: PlainObject, found: Reference[]) => void> = new Map([
  ["Role", ({ rules }, found) => addNamesInRules(rules, found)],
  ["ClusterRole", ({ rules }, found) => addNamesInRules(rules, found)],
  ["RoleBinding", ({ roleRef }, found) => addOpenRole(roleRef, ["Role", "ClusterRole"], found)],
  ["ClusterRoleBinding", ({ roleRef }, found) => addOpenRole(roleRef, ["ClusterRole"], found)],
  ["StatefulSet", (object, found) => addInSpec(object, "serviceName", ["", "Service"], found)],
  [
    "PersistentVolumeClaim",
    (object, found) => addInSpec(object, "volumeName", ["", "PersistentVolume"], found),
  ],
  ["ValidatingAdmissionPolicyBinding", addPolicy],
  ["MutatingAdmissionPolicyBinding", addPolicy],
  [
    "PersistentVolume",
    ({ spec }, found) => {
      for (const claim of objectsBelow(spec, ["claimRef"]))
        found.push(across("PersistentVolumeClaim", claim));
    },
  ],
  [
    "Ingress",
    ({ metadata }, found) => {
      for (const annotations of objectsBelow(metadata, ["annotations"])) addOfIngress(annotations, found);
    },
  ],
  ["Secret", ({ metadata }, found) => addMark(metadata, "annotations", accountMark, "ServiceAccount", found)],
  ["EndpointSlice", ({ metadata }, found) => addMark(metadata, "labels", serviceMark, "Service", found)],
]);

function addInSpec(
  { spec }: PlainObject,
  field: string,
  [group, kind]: KindTarget,
  found: Reference[],
): void {
  if (isObject(spec)) found.push({ kind, group, holder: spec, field });
}

/** A role that a binding names without its kind, which can only be one of these. */
function addOpenRole(role: Plain | undefined, kinds: readonly string[], found: Reference[]): void {
  if (!isObject(role) || role["kind"] !== undefined) return;
  for (const kind of kinds)
    found.push({ kind, group: "rbac.authorization.k8s.io", holder: role, field: "name" });
}

function addPolicy(object: PlainObject, found: Reference[]): void {
  const { kind } = object;
  if (typeof kind !== "string") return;
  addInSpec(object, "policyName", [groupIn(object), kind.slice(0, -"Binding".length)], found);
}

/** By these a token and the endpoints of a service say whose they are. */
const accountMark = "kubernetes.io/service-account.name";
const serviceMark = "kubernetes.io/service-name";

function addMark(metadata: unknown, pairs: string, field: string, kind: string, found: Reference[]): void {
  for (const holder of objectsBelow(metadata, [pairs]))
    if (Object.hasOwn(holder, field)) found.push({ kind, group: "", holder, field });
}

function addOfIngress(annotations: PlainObject, found: Reference[]): void {
  for (const [field, kind] of ingressAnnotations)
    if (Object.hasOwn(annotations, field)) found.push({ kind, group: "", holder: annotations, field });
}

const ingressAnnotations: readonly (readonly [string, "ConfigMap" | "Secret"])[] = [
  ["nginx.ingress.kubernetes.io/fastcgi-params-configmap", "ConfigMap"],
  ["ingress.kubernetes.io/auth-secret", "Secret"],
  ["nginx.ingress.kubernetes.io/auth-secret", "Secret"],
  ["nginx.ingress.kubernetes.io/auth-tls-secret", "Secret"],
];

/** The group and the kind of what a field names. */
type KindTarget = readonly [group: string | undefined, kind: string];

/** Texts that name an object of one kind, whatever they are part of; custom kinds have fields of these names as well. */
const nameFields: ReadonlyMap<string, KindTarget> = new Map([
  ["serviceAccountName", ["", "ServiceAccount"]],
  ["serviceAccount", ["", "ServiceAccount"]],
  ["priorityClassName", ["scheduling.k8s.io", "PriorityClass"]],
  ["storageClassName", ["storage.k8s.io", "StorageClass"]],
  ["ingressClassName", ["networking.k8s.io", "IngressClass"]],
  ["runtimeClassName", ["node.k8s.io", "RuntimeClass"]],
  ["claimName", ["", "PersistentVolumeClaim"]],
  ["resourceClaimName", ["resource.k8s.io", "ResourceClaim"]],
  ["resourceClaimTemplateName", ["resource.k8s.io", "ResourceClaimTemplate"]],
  ["deviceClassName", ["resource.k8s.io", "DeviceClass"]],
  ["volumeAttributesClassName", ["storage.k8s.io", "VolumeAttributesClass"]],
]);

/** Lists whose elements name objects of one kind, unless they state another. */
const nameLists: ReadonlyMap<string, KindTarget> = new Map([
  ["imagePullSecrets", ["", "Secret"]],
  ["secrets", ["", "Secret"]],
  ["parentRefs", ["gateway.networking.k8s.io", "Gateway"]],
  ["backendRefs", ["", "Service"]],
]);

/**
 * Adds the references in a field, which the names of fields tell, since custom kinds share them with those of Kubernetes,
 * and any reference that states its kind.
 *
 * Lists are made as it goes: a generator at each level costs a cold render more than all the rest.
 *
 * Source: `nameReference` in the default configuration of Kustomize 5.5, with the fields' names in place of their paths.
 *
 * @param around the name of the field around this one.
 */
function searchField(holder: PlainObject, field: string, around: string, found: Reference[]): void {
  const value = holder[field];
  if (typeof value === "string") addText(holder, field, found);
  else if (Array.isArray(value)) {
    const target = nameLists.get(field);
    for (const element of value as readonly Plain[]) {
      if (!isObject(element)) continue;
      if (target && element["kind"] === undefined) found.push(namedReference(target, element));
      searchObject(element, field, found);
    }
  } else if (isObject(value)) {
    const target = referenceTarget(field, around);
    if (target) found.push(namedReference(target, value));
    searchObject(value, field, found);
  }
}

/** What an object names that is called so. */
function referenceTarget(field: string, around: string): KindTarget | undefined {
  if (field === "configMap" || field === "configMapRef" || field === "configMapKeyRef")
    return ["", "ConfigMap"];
  if (field === "secret" || field.endsWith("ecretRef") || field.endsWith("ecretKeyRef"))
    return ["", "Secret"];
  if (field === "priorityLevelConfiguration")
    return ["flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"];
  // Of an Ingress; elsewhere a field of this name holds other things as well.
  const isBackend = field === "service" && (around === "backend" || around === "defaultBackend");
  return isBackend ? ["", "Service"] : undefined;
}

function searchObject(value: PlainObject, around: string, found: Reference[]): void {
  const { kind, name } = value;
  if (typeof kind === "string" && typeof name === "string" && kind !== "User" && kind !== "Group")
    found.push(namedReference([groupIn(value), kind], value));
  for (const field of Object.keys(value)) searchField(value, field, around, found);
}

/** The group that a reference states, as one of the names that there are for it. */
function groupIn({ apiGroup, group, apiVersion }: PlainObject): string | undefined {
  if (typeof apiVersion === "string") return apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
  return [apiGroup, group].find((stated) => typeof stated === "string");
}

function addText(holder: PlainObject, field: string, found: Reference[]): void {
  const target = nameFields.get(field);
  if (target) found.push({ group: target[0], kind: target[1], holder, field });
  else if (field === "secretRef" || field.endsWith("ecretName") || field.endsWith("-secret-name")) {
    // `secretName` and `secretNamespace`; of a StorageClass also `csi.storage.k8s.io/…-secret-name` and `-namespace`.
    const space = field === "secretRef" ? "secretNamespace" : field.replace(/ame$/, "amespace");
    const isStated = typeof holder[space] === "string";
    const reference = { kind: "Secret", group: "", holder, field };
    found.push({ ...reference, ...(isStated && { space: { holder, field: space, isRequired: false } }) });
  }
}

function namedReference([group, kind]: KindTarget, holder: PlainObject): Reference {
  const isStated = typeof holder["namespace"] === "string";
  const reference = { kind, group, holder, field: "name" };
  return isStated ? { ...reference, space: { holder, field: "namespace", isRequired: false } } : reference;
}

/** The rules of a role name objects of the kinds that its `resources` are the plural of. */
function addNamesInRules(rules: Plain | undefined, found: Reference[]): void {
  for (const rule of listObjects(rules))
    if (Array.isArray(rule["resourceNames"])) addNamesInRule(rule, found);
}

function addNamesInRule(rule: PlainObject, found: Reference[]): void {
  const { resourceNames, resources, apiGroups } = rule;
  if (!Array.isArray(resourceNames) || !Array.isArray(resources)) return;
  const groups = Array.isArray(apiGroups) && !apiGroups.includes("*") ? apiGroups : [undefined];
  const holder = [...resourceNames];
  rule["resourceNames"] = holder;
  for (const field of holder.keys()) {
    for (const group of groups) {
      for (const resource of resources) {
        if (typeof resource !== "string" || (group !== undefined && typeof group !== "string")) continue;
        // A role may be about a part of an object: `deployments/scale`.
        const [kind = ""] = resource.split("/");
        found.push({ kind, isPlural: true, group, holder, field: String(field) });
      }
    }
  }
}

/** The fields that lead from an object to the name; found anew, since it is asked for only where something is wrong. */
export function pathOf({ holder, field }: Reference, object: object): readonly string[] {
  return [...(pathToValue(holder, object) ?? []), field];
}

function pathToValue(wanted: unknown, value: unknown): string[] | undefined {
  if (value === wanted) return [];
  if (typeof value !== "object" || value === null) return undefined;
  for (const [field, inside] of Object.entries(value)) {
    const rest = pathToValue(wanted, inside);
    if (rest) return [field, ...rest];
  }
  return undefined;
}

/** Fields and indices as a problem names them: `subjects[0].name`. */
export const fieldsText = (fields: readonly string[]): string =>
  fields.reduce((path, field) => (/^\d+$/.test(field) ? `${path}[${field}]` : fieldPath(path, field)), "");
