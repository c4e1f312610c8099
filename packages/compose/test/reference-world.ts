import { compose, ComposeError, isClusterScoped, type KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import { layerOf, type Case, type Content } from "./cases.ts";
import { caseMark } from "./kubectl.ts";

const rbac = "rbac.authorization.k8s.io";
const name = (letter: string): string => `${caseMark}-${letter}`;

/** Kinds that others name, with the fields that they have to have. */
const named: Readonly<Record<string, { readonly apiVersion: string; readonly fields?: object }>> = {
  ConfigMap: { apiVersion: "v1" },
  Secret: { apiVersion: "v1" },
  Service: { apiVersion: "v1", fields: { spec: { ports: [{ port: 80 }], selector: { app: "a" } } } },
  ServiceAccount: { apiVersion: "v1" },
  PersistentVolumeClaim: { apiVersion: "v1" },
  PersistentVolume: { apiVersion: "v1" },
  Role: { apiVersion: `${rbac}/v1` },
  ClusterRole: { apiVersion: `${rbac}/v1` },
  StorageClass: { apiVersion: "storage.k8s.io/v1" },
  PriorityClass: { apiVersion: "scheduling.k8s.io/v1" },
  Deployment: { apiVersion: "apps/v1" },
};

const some = (all: Readonly<Record<string, Arbitrary<unknown>>>): Arbitrary<object> =>
  fc.record(all, { requiredKeys: [] });
const workload = { selector: { matchLabels: { app: "a" } } };
const httpPath = (service: string) => ({
  path: "/",
  pathType: "Prefix",
  backend: { service: { name: service, port: { number: 80 } } },
});
/** The namespaces that objects state; what layers state is another, since a row of the README says so. */
const stated = fc.constantFrom(undefined, undefined, undefined, "x", "y");
const namedIn = (given: string, namespace: string | undefined): object => ({
  name: given,
  ...(namespace !== undefined && { namespace }),
});

/** Pods that name objects in every way that Kustomize follows. */
function podSpecs(anyName: Arbitrary<string>): Arbitrary<object> {
  const given = (field: string) => anyName.map((value) => ({ [field]: value }));
  const container = (id: string) =>
    some({
      envFrom: fc.oneof(
        given("name").map((configMapRef) => [{ configMapRef }]),
        given("name").map((secretRef) => [{ secretRef }]),
      ),
      env: fc
        .tuple(fc.constantFrom("configMapKeyRef", "secretKeyRef"), anyName)
        .map(([field, of]) => [{ name: "A", valueFrom: { [field]: { name: of, key: "k" } } }]),
    }).map((fields) => ({ name: id, ...fields }));
  const volume = fc.oneof(
    given("name").map((configMap) => ({ configMap })),
    given("secretName").map((secret) => ({ secret })),
    given("claimName").map((persistentVolumeClaim) => ({ persistentVolumeClaim })),
    fc
      .tuple(given("name"), given("name"))
      .map(([configMap, secret]) => ({ projected: { sources: [{ configMap }, { secret }] } })),
  );
  const others = some({
    serviceAccountName: anyName,
    priorityClassName: anyName,
    imagePullSecrets: given("name").map((each) => [each]),
    volumes: volume.map((each) => [{ name: "v", ...each }]),
    initContainers: container("init").map((each) => [each]),
  });
  return fc.tuple(others, container("web")).map(([fields, web]) => ({ ...fields, containers: [web] }));
}

/** Objects that name others, as their kind has it, and where they may be named. */
function referrers(anyName: Arbitrary<string>): readonly (readonly [string, string, Arbitrary<object>])[] {
  const podSpec = podSpecs(anyName);
  const template = podSpec.map((spec) => ({ metadata: { labels: { app: "a" } }, spec }));
  const running = template.map((pods) => ({ spec: { ...workload, template: pods } }));
  const webhooks = fc.tuple(anyName, stated).map(([service, namespace]) => ({
    webhooks: [{ name: "a.example.com", clientConfig: { service: namedIn(service, namespace) } }],
  }));
  const subjects = fc
    .tuple(anyName, stated)
    .map(([account, namespace]) => [{ kind: "ServiceAccount", ...namedIn(account, namespace) }]);
  const storage = anyName.map((storageClassName) => ({ spec: { storageClassName } }));
  const binding = (...kinds: readonly string[]) =>
    fc.tuple(fc.constantFrom(...kinds), anyName, subjects).map(([kind, role, all]) => ({
      roleRef: { apiGroup: rbac, kind, name: role },
      subjects: all,
    }));
  return [
    ["v1", "Pod", podSpec.map((spec) => ({ spec }))],
    ["apps/v1", "Deployment", running],
    ["apps/v1", "DaemonSet", running],
    ["batch/v1", "Job", template.map((pods) => ({ spec: { template: pods } }))],
    [
      "batch/v1",
      "CronJob",
      template.map((pods) => ({
        spec: { schedule: "* * * * *", jobTemplate: { spec: { template: pods } } },
      })),
    ],
    [
      "apps/v1",
      "StatefulSet",
      fc.tuple(running, anyName, storage).map(([{ spec }, serviceName, { spec: claim }]) => ({
        spec: {
          ...spec,
          serviceName,
          volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claim }],
        },
      })),
    ],
    ["v1", "ServiceAccount", anyName.map((secret) => ({ imagePullSecrets: [{ name: secret }] }))],
    [
      "networking.k8s.io/v1",
      "Ingress",
      fc.tuple(anyName, anyName, anyName).map(([service, other, secretName]) => ({
        spec: {
          defaultBackend: { service: { name: service, port: { number: 80 } } },
          rules: [{ http: { paths: [httpPath(other)] } }],
          tls: [{ secretName }],
        },
      })),
    ],
    [
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      anyName.map((scaled) => ({
        spec: {
          maxReplicas: 2,
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: scaled },
        },
      })),
    ],
    [`${rbac}/v1`, "RoleBinding", binding("Role", "ClusterRole")],
    [`${rbac}/v1`, "ClusterRoleBinding", binding("ClusterRole")],
    ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", webhooks],
    ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", webhooks],
    [
      "apiregistration.k8s.io/v1",
      "APIService",
      anyName.map((service) => ({
        spec: { group: "a", version: "v1", service: { name: service, namespace: "default" } },
      })),
    ],
    [
      "v1",
      "PersistentVolumeClaim",
      fc.tuple(anyName, storage).map(([volumeName, { spec }]) => ({ spec: { volumeName, ...spec } })),
    ],
    ["v1", "PersistentVolume", storage],
    [
      "storage.k8s.io/v1",
      "StorageClass",
      anyName.map((secretName) => ({ provisioner: "a", parameters: { secretName } })),
    ],
  ];
}

/**
 * Objects that name each other and those of the layers below.
 *
 * @param own the letters that these are called by: others in each layer, since a name that a layer above has, too, means
 * several objects to Kustomize.
 */
function world(own: readonly string[], below: readonly string[], max: number): Arbitrary<KubernetesObject[]> {
  const anyName = fc.constantFrom(...[...own, ...below, "g"].map(name), "elsewhere");
  const plain = Object.entries(named).map(
    ([kind, { apiVersion, fields = {} }]) => [apiVersion, kind, fc.constant(fields)] as const,
  );
  const one = fc
    .oneof(
      { weight: 4, arbitrary: fc.constantFrom(...plain) },
      { weight: 5, arbitrary: fc.constantFrom(...referrers(anyName)) },
    )
    .chain(([apiVersion, kind, fields]) =>
      fc.tuple(fields, fc.constantFrom(...own), stated).map(([rest, letter, namespace]): KubernetesObject => {
        // Kustomize takes a StatefulSet for an autoscaler's Deployment, if that is not here.
        const called = name(kind === "StatefulSet" ? `${letter}-set` : letter);
        const object = { apiVersion, kind, metadata: { name: called }, ...rest };
        const isFree = namespace === undefined || isClusterScoped(object);
        return { ...object, metadata: { ...object.metadata, ...(!isFree && { namespace }) } };
      }),
    );
  return fc.uniqueArray(one, {
    maxLength: max,
    selector: ({ kind, metadata }) => `${kind} ${metadata.name}`,
  });
}

const transforms = fc.record(
  {
    namespace: fc.constantFrom("m", "n"),
    namePrefix: fc.constantFrom("p-", "q-"),
    nameSuffix: fc.constantFrom("-s", "-t"),
  },
  { requiredKeys: [] },
) as Arbitrary<Content>;
const maybe = <T>(arbitrary: Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A layer with objects, transforms and maybe a component, that patches what is below by the name it has there. */
const upper = (own: readonly [string, string], below: readonly string[]): Arbitrary<Content> =>
  fc
    .tuple(world([own[0]], below, 3), transforms, maybe(fc.tuple(world([own[1]], below, 2), transforms)))
    .map(([resources, said, piece]) => ({
      resources,
      ...said,
      ...(piece && { components: [{ resources: piece[0], ...piece[1] }] }),
    }));

const settles = ({ namespace, components = [], bases = [] }: Content): boolean =>
  namespace !== undefined || components.some(settles) || bases.some((all) => all.some(settles));
/** What a layer adds without a namespace over one that states one has none in Kustomize, as the README says. */
const inSpace = (content: Content, ...below: readonly Content[]): Content =>
  [content, ...below].some(settles) ? { namespace: "o", ...content } : content;

const madeOf = (literals: Record<string, string>, behavior?: "merge" | "replace") => [
  { name: name("g"), literals, ...(behavior && { behavior }) },
];

/** Layers of objects that name each other, one of them on two bases, which may be the same one twice. */
const stacks: Arbitrary<Case> = fc
  .record({
    low: fc.tuple(world(["a", "b"], [], 6), transforms).map(([resources, said]) => ({ ...said, resources })),
    made: maybe(fc.constantFrom("configMaps", "secrets")),
    upon: maybe(fc.constantFrom("merge", "replace")),
    middle: upper(["c", "d"], ["a", "b"]),
    beside: maybe(fc.tuple(maybe(world(["e"], [], 4)), transforms, transforms)),
    top: maybe(upper(["h", "i"], ["a", "b", "c", "d", "e"])),
    patched: fc.nat(),
  })
  .map(({ low, made, upon, middle, beside, top, patched }) => {
    const lowest = { ...low, ...(made && { [made]: madeOf({ A: "1" }) }) };
    const stack = beside && [beside[0] ? { resources: beside[0], ...beside[1] } : lowest, beside[2]];
    const isTwice = beside !== undefined && beside[0] === undefined;
    const target = isTwice ? undefined : low.resources[patched % Math.max(low.resources.length, 1)];
    const second = inSpace(
      {
        ...middle,
        ...(made && upon && !isTwice && { [made]: madeOf({ B: "2" }, upon) }),
        ...(stack && { bases: [stack] }),
        ...(target && { patches: [{ target, merge: { metadata: { annotations: { patched: "yes" } } } }] }),
      },
      lowest,
    );
    return { layers: [lowest, second, ...(top ? [inSpace(top, lowest, second)] : [])] };
  });

/** What random names run into, and is refused for good reasons: there is nothing to compare then. */
const refusals = new Set([
  "object-repeated",
  "reference-ambiguous",
  "namespace-matches-nothing",
  "name-affix-matches-nothing",
  "namespace-ambiguous",
]);

/** Those of them that compose. */
export const worlds: Arbitrary<Case> = stacks.filter((given) => {
  try {
    compose(layerOf(given));
    return true;
  } catch (error) {
    return !(error instanceof ComposeError) || error.problems.some(({ code }) => !refusals.has(code));
  }
});
