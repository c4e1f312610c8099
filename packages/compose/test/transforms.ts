import { isClusterScoped, type KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import { repositoryOf } from "../src/transforms/image-reference.ts";
import { podContainers } from "../src/kubernetes/pod.ts";
import type { Content } from "./cases.ts";
import { freeObject } from "./custom-kinds.ts";
import { builtInKinds, isAnswered } from "./kinds.ts";
import { caseMark } from "./kubectl.ts";
import { isNewer } from "./kustomize-lists.ts";
import { kindObject } from "./schema-values.ts";

/** The Namespace object of a case takes this name, which must be the case's own. */
const space = (name: string): string => `${caseMark}-${name}`;
const names = ["a", "b"].map((name) => `${caseMark}-${name}`);
/** Generators make objects of these kinds, whose names the others refer to. */
const generated = new Set(["ConfigMap", "Secret"]);
/** In these, Kustomize follows no name of a ConfigMap or Secret; a row of the README says so. */
const unfollowed = new Set(["ReplicationController"]);
const kinds = builtInKinds.filter(
  (kind) => !isNewer(kind) && !generated.has(kind.kind) && !unfollowed.has(kind.kind) && !isAnswered(kind),
);
const workloads = kinds.filter(({ kind }) =>
  ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob", "Job", "Pod"].includes(kind),
);
const referring = kinds.filter(({ kind }) =>
  [
    "RoleBinding",
    "ClusterRoleBinding",
    "ServiceAccount",
    "Service",
    "Ingress",
    "NetworkPolicy",
    "Role",
    "Namespace",
    "PodDisruptionBudget",
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
    "APIService",
    "PersistentVolume",
    "StorageClass",
  ].includes(kind),
);

/**
 * Fields that are left out: what Kustomize does not look into for images and names, as the README says, and one at which
 * it fails unless a name is stated.
 */
const leftOut = new Set(
  "resourceNames ephemeralContainers secrets azureFile cephfs cinder csi flexVolume iscsi rbd scaleIO storageos configSource".split(
    " ",
  ),
);
const withoutDifferences = (object: KubernetesObject): KubernetesObject => {
  const text = JSON.stringify(object, (name, value: unknown) => (leftOut.has(name) ? undefined : value));
  const { spec, ...fields } = JSON.parse(text);
  const { conversion } = spec ?? {};
  if (object.kind === "CustomResourceDefinition" && conversion?.webhook?.clientConfig?.service)
    Object.assign(conversion.webhook.clientConfig.service, { namespace: "default" });
  if (object.kind === "APIService")
    return { ...fields, spec: { ...spec, service: { name: "a", ...spec?.service } } };
  return { ...fields, ...(spec && { spec }) };
};

const anyObject: Arbitrary<KubernetesObject> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...workloads).chain((kind) => kindObject(kind).object) },
  { weight: 4, arbitrary: fc.constantFrom(...referring).chain((kind) => kindObject(kind).object) },
  { weight: 2, arbitrary: fc.constantFrom(...kinds).chain((kind) => kindObject(kind).object) },
  { weight: 1, arbitrary: freeObject },
);

/** Objects that may all stand in one namespace. */
export const objects: Arbitrary<KubernetesObject[]> = fc.uniqueArray(
  fc
    .tuple(anyObject, fc.constantFrom(...names), fc.constantFrom(undefined, undefined, space("x"), "default"))
    .map(([object, name, namespace]) => ({
      ...object,
      metadata: {
        ...object.metadata,
        name,
        ...(namespace !== undefined && !isClusterScoped(object) && { namespace }),
      },
    }))
    .map(withoutDifferences),
  {
    minLength: 1,
    maxLength: 4,
    selector: ({ kind, metadata }) => (kind === "Namespace" ? kind : `${kind} ${metadata.name}`),
  },
);

/** Each layer sets labels of its own: of those that two layers set Kustomize changes selectors and templates, too. */
const pairsOf = (layer: number) =>
  fc.dictionary(
    fc.constantFrom("app", "tier", "example.com/team").map((name) => `${name}-${layer}`),
    fc.constantFrom("a", "b", "1", "yes"),
    { minKeys: 1, maxKeys: 2 },
  );

/** The transforms of a layer over these objects. */
export function transformsOf(all: readonly KubernetesObject[], layer: number): Arbitrary<Content> {
  const images = [
    ...new Set(
      all
        .flatMap(podContainers)
        .flatMap(({ image }) => (typeof image === "string" ? repositoryOf(image) : [])),
    ),
  ];
  const scaled = all.filter(({ kind }) =>
    ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].includes(kind),
  );
  const pairs = pairsOf(layer);
  const record = fc.record({ pairs, templates: fc.boolean(), selectors: fc.boolean() });
  return fc.record(
    {
      ...(all.some((object) => !isClusterScoped(object)) && {
        namespace: fc.constantFrom(space("x"), space("y")),
      }),
      labels: record.map((one) => [one]),
      // A dot is refused in the names of these.
      namePrefix: fc.constantFrom(
        "p-",
        all.some(({ kind }) => kind === "StatefulSet" || kind === "Service") ? "q-" : "q.",
      ),
      nameSuffix: fc.constantFrom("-s", "-t"),
      annotations: pairs,
      ...(scaled.length > 0 && {
        replicas: fc
          .constantFrom(...scaled)
          .chain(({ metadata: { name } }) => fc.nat({ max: 9 }).map((count) => [{ name, count }])),
      }),
      ...(images.length > 0 && {
        images: fc
          .constantFrom(...images)
          .chain((name) => fc.constantFrom("1", "v2.0").map((version) => [{ name, version }])),
      }),
    },
    { requiredKeys: [] },
  ) as Arbitrary<Content>;
}

const literals = fc.dictionary(
  fc.constantFrom("COLOR", "size", "x.y"),
  fc.constantFrom("", "blue", "1", "yes", "a=b"),
  {
    maxKeys: 3,
  },
);

/** Generators of a lowest layer, and what a layer above it makes of them. */
export const generators: Arbitrary<readonly [Content, Content]> = fc
  .record({
    literals,
    more: literals,
    behavior: fc.constantFrom("merge", "replace"),
    isKept: fc.boolean(),
    isSecret: fc.boolean(),
  })
  .map(({ literals: some, more, behavior, isKept, isSecret }) => {
    const [name = ""] = names;
    const list = isSecret ? "secrets" : "configMaps";
    return [
      { [list]: [{ name, literals: some, ...(isKept && { disableNameSuffixHash: true }) }] },
      { [list]: [{ name, literals: more, behavior }] },
    ] as const;
  });
