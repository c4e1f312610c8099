import {
  constant,
  edited,
  either,
  entries,
  list,
  odd,
  oddText,
  oneOf,
  rarely,
  record,
  some,
  type Grammar,
} from "./grammar.ts";
import type { Files } from "./temporary-folder.ts";

/** Entries that lead to a file of the directory, or astray. */
const astray = either<string>(
  oneOf(
    "../outside/secret.yaml",
    "link",
    "loop",
    "../../outside",
    "https://example.com/x",
    "/etc",
    ".",
    "..",
  ),
  oddText,
);
const file = rarely(oneOf("deployment.yaml", "others.yaml", "patch.yaml", "values.env"), astray);

const name = rarely(oneOf("web", "a", "settings", "b", "web.x"), oddText);
const flag = oneOf(true, false);
const text = rarely(oneOf("web", "1", "yes", "0x1", "a: b"), oddText);
const labels = entries(rarely(oneOf("app", "tier", "a.b/c"), oddText), text, 2);
const image = rarely(
  oneOf("nginx", "nginx:1.25", "reg.example.com:5000/a/b:1@sha256:0", "redis", "reg.example.com/nginx"),
  oneOf("", "a@b", ":", "a:b:c", "@"),
);

const directive = oneOf("delete", "replace", "merge");
const containers = list(
  record({
    name: rarely(oneOf("web", "side"), oddText),
    image,
    env: list(record({ name, value: text }), 2),
    ports: list(
      record({ containerPort: rarely<unknown>(oneOf(80, 53), odd), protocol: oneOf("TCP", "UDP") }),
      2,
    ),
    resources: rarely<unknown>(constant({ limits: { cpu: 1 } }), odd),
    args: rarely<unknown>(list(text, 2), odd),
    volumeMounts: list(record({ name, mountPath: oneOf("/tmp", "/") }), 2),
  }),
  2,
);
const podTemplate = record({
  metadata: some({ labels, annotations: labels }),
  spec: record({ containers, volumes: list(record({ name, emptyDir: constant({}) }), 2) }),
});
const metadata: Grammar = (next) => ({
  name: name(next),
  ...some({ namespace: name, labels, annotations: labels, generateName: name, uid: odd })(next),
});

const deployment = record({
  apiVersion: rarely(oneOf("apps/v1"), oneOf("apps/v1beta1", "constructor/v1", "v1")),
  kind: rarely(oneOf("Deployment", "StatefulSet"), oneOf("__proto__", "constructor", "ReplicaSet")),
  metadata,
  spec: some({
    replicas: rarely<unknown>(oneOf(1, 2), odd),
    selector: record({ matchLabels: labels }),
    template: podTemplate,
    paused: flag,
    strategy: odd,
  }),
});
const configMap = record({
  apiVersion: constant("v1"),
  kind: oneOf("ConfigMap", "Secret", "ServiceAccount", "Namespace"),
  metadata,
  data: labels,
});
const service = record({
  apiVersion: constant("v1"),
  kind: constant("Service"),
  metadata,
  spec: some({
    selector: labels,
    ports: list(record({ port: oneOf(80, 443), name, protocol: oneOf("TCP", "UDP") }), 2),
  }),
});
const binding = record({
  apiVersion: constant("rbac.authorization.k8s.io/v1"),
  kind: oneOf("RoleBinding", "ClusterRoleBinding", "ClusterRole"),
  metadata,
  roleRef: some({
    kind: oneOf("Role", "ClusterRole"),
    name,
    apiGroup: constant("rbac.authorization.k8s.io"),
  }),
  subjects: list(some({ kind: constant("ServiceAccount"), name, namespace: name }), 2),
});
const custom = record({
  apiVersion: rarely(oneOf("example.com/v1", "db.atlasgo.io/v1alpha1", "apiextensions.k8s.io/v1"), oddText),
  kind: oneOf("Gadget", "AtlasSchema", "CustomResourceDefinition", "List", "ConfigMapList"),
  metadata,
  spec: some({ names: odd, schema: odd, url: text, conversion: odd }),
  items: list(configMap, 2),
});
const object = edited(either<unknown>(deployment, configMap, service, binding, custom));

/** A change of an object of the directory, as a merge. */
const change = edited(
  record({
    apiVersion: rarely(oneOf("apps/v1"), oneOf("v1")),
    kind: rarely(oneOf("Deployment"), oneOf("ConfigMap", "Service")),
    metadata: (next) => ({
      name: rarely(oneOf("web"), name)(next),
      ...some({ labels, annotations: labels })(next),
    }),
    spec: some({
      replicas: rarely<unknown>(oneOf<unknown>(3, null), odd),
      template: record({
        spec: some({
          containers: list(
            some({
              name: oneOf("web", "side"),
              image,
              $patch: directive,
              env: list(some({ name, value: text, $patch: directive })),
            }),
            2,
          ),
          $setElementOrder: odd,
          volumes: list(some({ name, $patch: directive, $retainKeys: odd }), 2),
        }),
      }),
      $patch: directive,
      ports: list(some({ port: oneOf(80, 443), name, $patch: directive }), 2),
    }),
  }),
);
const operations = list(
  record({
    op: rarely(oneOf("replace", "add", "remove", "test", "move", "copy"), oddText),
    path: rarely(
      oneOf(
        "/spec/replicas",
        "/metadata/labels/app",
        "/spec/template/spec/containers/0/image",
        "/data/web",
        "/data/-",
      ),
      oneOf(
        "",
        "/",
        "/a~1b/~0",
        "/__proto__/x",
        "/spec/template/spec/containers/99999999999",
        "x",
        "/data/~2",
      ),
    ),
    value: rarely<unknown>(oneOf<unknown>("a", 1), odd),
    from: rarely(oneOf("/spec/replicas", "/metadata/name"), oddText),
  }),
  3,
);
const patchText: Grammar<string> = (next) =>
  JSON.stringify(either<unknown>(operations, change, change)(next));
const target = some({
  group: rarely(oneOf("apps", ""), oddText),
  version: constant("v1"),
  kind: rarely(oneOf("Deployment", "ConfigMap", "Service", ".*"), oneOf("(", "")),
  name: rarely(oneOf("web", ".*", "we.|a"), oddText),
  namespace: name,
  labelSelector: rarely(
    oneOf("app=web", "app in (web,a)", "!tier", "app!=1", "app"),
    oneOf("((", "a notin", ","),
  ),
  annotationSelector: rarely(oneOf("app=web"), oddText),
});
const patch = either<unknown>(
  record({ patch: patchText, target }),
  record({ patch: (next) => JSON.stringify(change(next)) }),
  (next) => ({ ...some({ target })(next), path: file(next) }),
);
const generator: Grammar = (next) => ({
  name: name(next),
  ...some({
    namespace: name,
    literals: list(rarely(oneOf("a=b", "A='x'", 'c="d"', "e="), oddText)),
    files: list(rarely(oneOf("values.env", "a=values.env", "b=patch.yaml"), astray), 2),
    envs: list(rarely(oneOf("values.env"), astray), 1),
    behavior: rarely(oneOf("create", "merge", "replace"), oddText),
    options: some({ labels, immutable: flag, disableNameSuffixHash: flag }),
  })(next),
});

/** @param resource a file or a base. */
const kustomization = (resource: Grammar<string>, component: string): Grammar =>
  edited(
    some({
      resources: list(rarely(resource, astray)),
      bases: list(rarely(resource, astray), 1),
      components: list(rarely(constant(component), astray), 1),
      patches: list(patch, 3),
      patchesStrategicMerge: list(
        rarely<string>((next) => `${JSON.stringify(change(next))}\n`, file),
        2,
      ),
      patchesJson6902: list(record({ target, patch: (next) => JSON.stringify(operations(next)) }), 2),
      namespace: name,
      labels: list(
        (next) => ({
          pairs: labels(next),
          ...some({ includeSelectors: flag, includeTemplates: flag })(next),
        }),
        2,
      ),
      commonLabels: labels,
      commonAnnotations: labels,
      images: list(
        (next) => ({ name: image(next), ...some({ newName: image, newTag: text, digest: text })(next) }),
        2,
      ),
      replicas: list(record({ name, count: rarely<unknown>(oneOf(1, 0, 3), odd) }), 2),
      configMapGenerator: list(generator, 2),
      secretGenerator: list(generator, 2),
      generatorOptions: some({ labels, annotations: labels, disableNameSuffixHash: flag }),
      sortOptions: odd,
    }),
  );

const documents: Grammar<string> = (next) =>
  list(
    object,
    3,
  )(next)
    .map((each) => JSON.stringify(each))
    .join("\n---\n");

/** What the changes are for. */
const web = edited((next) => ({
  ...deployment(next),
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", ...some({ labels })(next) },
}));

const shared: Grammar<Files["texts"]> = (next) =>
  ["source", "source/base", "source/component"].flatMap((folder) => [
    [`${folder}/deployment.yaml`, documents(next)],
    [`${folder}/others.yaml`, documents(next)],
    [`${folder}/patch.yaml`, patchText(next)],
    [
      `${folder}/values.env`,
      list(oneOf("A=1\n", "# c\n", "B\n", "=\n", "A=2=3\n", "\u0000\n"))(next).join(""),
    ],
  ]);

/** A directory of a base, a component, an overlay on them, and links that lead out or in a circle. */
export const directory: Grammar<Files> = (next) => ({
  texts: [
    ["source/kustomization.yaml", JSON.stringify(withDefault(overlay(next), { resources: ["base"] }))],
    ["source/base/kustomization.yaml", JSON.stringify(withDefault(base(next), { resources: ["web.yaml"] }))],
    ["source/base/web.yaml", JSON.stringify(web(next))],
    [
      "source/component/kustomization.yml",
      JSON.stringify(withDefault(component(next), { kind: "Component" })),
    ],
    ...shared(next),
    [
      "outside/secret.yaml",
      JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name: "outside" } }),
    ],
  ],
  links: [
    ["source/link", oneOf("../outside/secret.yaml", "base", "deployment.yaml")(next)],
    ["source/loop", "loop"],
  ],
});

const overlay = kustomization(oneOf("base", "deployment.yaml", "others.yaml"), "component");
const base = kustomization(oneOf("web.yaml", "deployment.yaml", "others.yaml"), "../component");
const component = kustomization(oneOf("deployment.yaml", "others.yaml"), "../component");

const withDefault = (value: unknown, defaults: object): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...defaults, ...value } : value;
