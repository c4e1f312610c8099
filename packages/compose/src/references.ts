import { fieldsOf, type KubernetesObject, type Resource } from "./object.ts";
import { grouped, isObject, type Plain, type PlainObject } from "./plain.ts";
import { isClusterScoped } from "./scope.ts";

/** An object that has got another name. */
export interface Renamed {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly from: string;
  readonly to: string;
}

/** A place that names a ConfigMap or a Secret. */
interface Reference {
  readonly kind: "ConfigMap" | "Secret";
  readonly holder: PlainObject | Plain[];
  readonly field: string;
  /** The namespace that the reference states itself. */
  readonly namespace?: Plain | undefined;
}

/** Whether an object can refer to others: a definition only describes fields, and these two hold content. */
export function mayRefer(object: Resource): boolean {
  return !["CustomResourceDefinition", "ConfigMap", "Secret"].includes(object.kind);
}

/** Gives the references in the objects the names that what they mean has now. */
export function followNames(objects: readonly KubernetesObject[], renamed: readonly Renamed[]): void {
  const known = grouped(renamed, ({ kind, from }) => `${kind}/${from}`);
  for (const object of objects) {
    const own = isClusterScoped(object) ? undefined : (object.metadata.namespace ?? "default");
    for (const { kind, holder, field, namespace = own } of referencesIn(object)) {
      const slot = holder as PlainObject;
      const name = slot[field];
      const candidates = (typeof name === "string" && known.get(`${kind}/${name}`)) || [];
      const meant = candidates.filter(
        (candidate) => namespace === undefined || namespace === (candidate.namespace ?? "default"),
      );
      const [only, ...others] = meant;
      if (only && others.length === 0) slot[field] = only.to;
    }
  }
}

function* referencesIn(object: KubernetesObject): Generator<Reference> {
  const { metadata, ...fields } = fieldsOf(object);
  yield* search(fields);
  if (object.kind === "Role" || object.kind === "ClusterRole") yield* namesInRules(fields["rules"]);
  const annotations = isObject(metadata) ? metadata["annotations"] : undefined;
  if (object.kind === "Ingress" && isObject(annotations)) {
    for (const [field, kind] of ingressAnnotations) yield { kind, holder: annotations, field };
  }
}

const ingressAnnotations: readonly (readonly [string, Reference["kind"]])[] = [
  ["nginx.ingress.kubernetes.io/fastcgi-params-configmap", "ConfigMap"],
  ["ingress.kubernetes.io/auth-secret", "Secret"],
  ["nginx.ingress.kubernetes.io/auth-secret", "Secret"],
  ["nginx.ingress.kubernetes.io/auth-tls-secret", "Secret"],
];

/**
 * References by the names of fields, which custom kinds share with those of Kubernetes: `configMapKeyRef`, `secretRef`,
 * a volume's `secret`, `secretName`, `imagePullSecrets`, and any reference that states its kind.
 */
function* search(value: Plain | undefined): Generator<Reference> {
  if (Array.isArray(value)) for (const inner of value) yield* search(inner);
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (isObject(inner)) yield* inObject(name, inner);
    else if (Array.isArray(inner) && secretLists.has(name))
      for (const element of inner.filter(isObject)) yield { kind: "Secret", holder: element, field: "name" };
    else if (typeof inner === "string" && /^secretRef$|[sS]ecretName$/.test(name))
      yield { kind: "Secret", holder: value, field: name, namespace: value["secretNamespace"] };
    yield* search(inner);
  }
  const { kind, apiVersion = "v1", group = "", namespace } = value;
  if ((kind === "ConfigMap" || kind === "Secret") && apiVersion === "v1" && group === "" && value["name"])
    yield { kind, holder: value, field: "name", namespace };
}

const secretLists = new Set(["imagePullSecrets", "secrets"]);

function* inObject(name: string, holder: PlainObject): Generator<Reference> {
  const { namespace } = holder;
  if (/^configMap(?:(?:Key)?Ref)?$/.test(name)) yield { kind: "ConfigMap", holder, field: "name", namespace };
  if (/^secret$|[sS]ecret(?:Key)?Ref$/.test(name)) yield { kind: "Secret", holder, field: "name", namespace };
}

/** The rules of a role name objects of any kind; those that are about ConfigMaps or Secrets are meant. */
function* namesInRules(rules: Plain | undefined): Generator<Reference> {
  for (const rule of Array.isArray(rules) ? rules.filter(isObject) : []) {
    const { resourceNames, resources } = rule;
    if (!Array.isArray(resourceNames) || !Array.isArray(resources)) continue;
    const holder = [...resourceNames];
    rule["resourceNames"] = holder;
    for (const index of holder.keys()) {
      const field = String(index);
      if (covers(resources, "configmaps")) yield { kind: "ConfigMap", holder, field };
      if (covers(resources, "secrets")) yield { kind: "Secret", holder, field };
    }
  }
}

const covers = (resources: readonly Plain[], name: string): boolean =>
  resources.includes(name) || resources.includes("*");
