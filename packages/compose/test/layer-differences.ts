import { base, external, type KubernetesObject } from "@atlas/compose";
import {
  containers,
  custom,
  deployment,
  first,
  named,
  objectOf,
  over,
  plainWeb,
  problem,
  web,
  type Difference,
} from "./difference.ts";
import { caseMark } from "./kubectl.ts";

const rbac = "rbac.authorization.k8s.io";
const binding = objectOf(`${rbac}/v1`, "RoleBinding", {
  roleRef: { apiGroup: rbac, kind: "Role", name: "a" },
  subjects: [{ kind: "User", name: "default" }],
});
const account = objectOf("v1", "ServiceAccount");
const leaseRole = objectOf(`${rbac}/v1`, "ClusterRole", {
  rules: [
    { apiGroups: ["coordination.k8s.io"], resources: ["leases"], resourceNames: [caseMark], verbs: ["get"] },
  ],
});
const service = objectOf("v1", "Service");
const configMapRole = objectOf(`${rbac}/v1`, "Role", {
  rules: [
    { apiGroups: [""], resources: ["configmaps", "secrets"], resourceNames: [caseMark], verbs: ["get"] },
  ],
});
const clusterBinding = objectOf(`${rbac}/v1`, "ClusterRoleBinding", {
  roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "view" },
  subjects: [{ kind: "ServiceAccount", name: caseMark, namespace: "b" }],
});
const autoscaler = objectOf("autoscaling/v2", "HorizontalPodAutoscaler", {
  spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: caseMark } },
});
const inSpace = (object: KubernetesObject, namespace: string): KubernetesObject =>
  named(object, { namespace });
const webhook = objectOf("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", {
  webhooks: [{ name: "a.example.com", clientConfig: { service: { name: caseMark, namespace: "b" } } }],
});
const crd = objectOf("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
  spec: {
    conversion: {
      strategy: "Webhook",
      webhook: { clientConfig: { service: { name: "a", namespace: "b" } } },
    },
  },
});
const openCrd = {
  ...crd,
  spec: { conversion: { strategy: "Webhook", webhook: { clientConfig: { service: { name: "a" } } } } },
};
const customCrd = {
  ...crd,
  metadata: { name: `${caseMark}.example.com` },
  spec: { group: "example.com", scope: "Cluster", names: { kind: caseMark }, versions: [] },
};

const peers = objectOf("networking.k8s.io/v1", "NetworkPolicy", {
  spec: { podSelector: { matchLabels: { app: "web" } } },
});
const claims = objectOf("apps/v1", "StatefulSet", {
  spec: {
    serviceName: "a",
    selector: { matchLabels: { app: "a" } },
    template: { metadata: { labels: { app: "a" } }, spec: { containers: [web] } },
    volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }],
  },
});
const misspelt = { configMapRef: { name: "setings" } };

/** Where what a layer says of all its objects differs. */
export const layerDifferences: readonly Difference[] = [
  {
    what: "an image that matches nothing",
    given: over(plainWeb, { images: [{ name: "example/wbe", version: "2" }] }),
    at: first(`${containers}.0.image`),
    Kustomize: "example/web:1",
    here: problem('the image "example/wbe" matches no container'),
  },
  {
    what: "an image that a lower layer took from its mirror",
    given: over(
      plainWeb,
      { images: [{ name: "example/web", mirror: "mirror/web", version: "2" }] },
      { images: [{ name: "example/web", mirror: "mirror/web", version: "3" }] },
    ),
    at: first(`${containers}.0.image`),
    Kustomize: "mirror/web:2",
    here: "mirror/web:3",
  },
  {
    what: "the name of an image record",
    given: over(plainWeb, { images: [{ name: "example.web", version: "2" }] }),
    at: first(`${containers}.0.image`),
    Kustomize: "example/web:2",
    here: problem('the image "example.web" matches no container'),
  },
  {
    what: "the images of ephemeral containers",
    given: over(deployment({ ephemeralContainers: [web] }), {
      images: [{ name: "example/web", version: "2" }],
    }),
    at: first("spec.template.spec.ephemeralContainers.0.image"),
    Kustomize: "example/web:1",
    here: "example/web:2",
  },
  {
    what: "a namespace that matches nothing",
    given: over(objectOf(`${rbac}/v1`, "ClusterRole"), { namespace: "x" }),
    at: first("metadata.namespace"),
    Kustomize: undefined,
    here: problem('the namespace "x" applies to no object'),
  },
  {
    what: "two label records that set one label to different values",
    given: over(account, { labels: [{ pairs: { a: "1" } }, { pairs: { a: "2" } }] }),
    at: first("metadata.labels"),
    Kustomize: { a: "2" },
    here: problem('two label records of this layer set "a" to different values: 1 and 2'),
  },
  {
    what: "a label that the API server refuses",
    given: over(account, { labels: [{ pairs: { a: "b c" } }] }),
    at: first("metadata.labels"),
    Kustomize: { a: "b c" },
    here: problem('got "b c"'),
  },
  {
    what: "a label that a lower layer set in selectors, too",
    given: over(
      objectOf("v1", "Service", { spec: {} }),
      { labels: [{ pairs: { a: "1" }, selectors: true }] },
      { labels: [{ pairs: { a: "2" } }] },
    ),
    at: first("spec.selector"),
    Kustomize: { a: "2" },
    here: { a: "1" },
  },
  {
    what: "labels in the selector of a Service that states none",
    given: over(objectOf("v1", "Service", { spec: {} }), {
      labels: [{ pairs: { a: "1" }, selectors: true }],
    }),
    layer: base({
      resources: [objectOf("v1", "Service", { spec: {} })],
      labels: [{ pairs: { a: "1" }, selectors: true }],
    }),
    at: first("spec.selector"),
    Kustomize: { a: "1" },
    here: undefined,
  },
  {
    what: "labels in the selector of pods that nothing here runs",
    given: over(peers, { labels: [{ pairs: { a: "1" }, selectors: true }] }),
    layer: base({ resources: [peers], labels: [{ pairs: { a: "1" }, selectors: true }] }),
    at: first("spec.podSelector.matchLabels"),
    Kustomize: { app: "web", a: "1" },
    here: { app: "web" },
  },
  {
    what: "labels of volume claim templates, which a running workload refuses",
    given: over(claims, { labels: [{ pairs: { a: "1" }, templates: true }] }),
    layer: base({ resources: [claims], labels: [{ pairs: { a: "1" }, templates: true }] }),
    at: first("spec.volumeClaimTemplates.0.metadata.labels"),
    Kustomize: { a: "1" },
    here: undefined,
  },
  {
    what: "an object without a namespace over a layer that states one",
    given: { layers: [{ resources: [account], namespace: "x" }, { resources: [objectOf("v1", "Service")] }] },
    at: (objects) =>
      first("metadata.namespace")(objects.filter((each) => "kind" in each && each.kind === "Service")),
    Kustomize: undefined,
    here: "x",
  },
  {
    what: "a reference to a misspelt name of a generated object",
    given: {
      layers: [
        {
          resources: [objectOf("v1", "Pod", { spec: { containers: [{ ...web, envFrom: [misspelt] }] } })],
          configMaps: [{ name: "settings" }],
        },
      ],
    },
    at: (objects) =>
      first("spec.containers.0.envFrom.0.configMapRef.name")(
        objects.filter((each) => "kind" in each && each.kind === "Pod"),
      ),
    Kustomize: "setings",
    here: problem('the ConfigMap "setings" is not there'),
  },
  {
    what: "the namespace that a reference to a moved object states, beyond subjects and services",
    given: {
      layers: [
        {
          resources: [
            objectOf("v1", "PersistentVolume", { spec: { claimRef: { name: caseMark, namespace: "a" } } }),
            named(objectOf("v1", "PersistentVolumeClaim"), { namespace: "a" }),
          ],
        },
        { namespace: "b" },
      ],
    },
    at: (objects) => objects.map((object) => first("spec.claimRef.namespace")([object])).find(Boolean),
    Kustomize: "a",
    here: "b",
  },
  {
    what: "a reference that states its kind, of a custom kind",
    given: over(custom({ target: { kind: "ServiceAccount", name: caseMark } }), {
      resources: [account],
      namePrefix: "p-",
    }),
    at: (objects) => objects.map((object) => first("spec.target.name")([object])).find(Boolean),
    Kustomize: caseMark,
    here: `p-${caseMark}`,
  },
  {
    what: "a User or Group among a binding's subjects",
    given: { layers: [{ resources: [binding, account] }, { namespace: "x" }] },
    at: first("subjects.0.namespace"),
    Kustomize: "x",
    here: undefined,
  },
  {
    what: "an APIService without a service",
    given: {
      layers: [
        { resources: [objectOf("apiregistration.k8s.io/v1", "APIService"), account] },
        { namespace: "x" },
      ],
    },
    at: first("spec"),
    Kustomize: { service: { namespace: "x" } },
    here: undefined,
  },
  {
    what: "a cluster-scoped custom object",
    given: { layers: [{ resources: [custom({}), account] }, { namespace: "x" }] },
    layer: base({ resources: [custom({}), account], crds: [customCrd], namespace: "x" }),
    at: first("metadata.namespace"),
    Kustomize: "x",
    here: undefined,
  },
  {
    what: "a cluster-scoped kind that is newer than Kubernetes 1.21",
    given: {
      layers: [
        { resources: [objectOf("storage.k8s.io/v1", "VolumeAttributesClass"), account] },
        { namespace: "x" },
      ],
    },
    at: (objects) =>
      first("metadata.namespace")(
        objects.filter((object) => "kind" in object && object.kind !== account.kind),
      ),
    Kustomize: "x",
    here: undefined,
  },
  {
    what: "annotations that are empty",
    given: { layers: [{ resources: [named(account, { annotations: {} })] }] },
    at: first("metadata.annotations"),
    Kustomize: undefined,
    here: {},
  },
  {
    what: "a generated name in a field that Kustomize does not know",
    given: {
      layers: [
        { resources: [custom({ configMapRef: { name: caseMark } })], configMaps: [{ name: caseMark }] },
      ],
    },
    at: (objects) => objects.map((object) => first("spec.configMapRef.name")([object])).find(Boolean),
    Kustomize: caseMark,
    here: `${caseMark}-6ct58987ht`,
  },
  {
    what: "`resourceNames` of other resources than those of the object with this name",
    given: { layers: [{ resources: [leaseRole], configMaps: [{ name: caseMark }] }] },
    at: (objects) => objects.map((object) => first("rules.0.resourceNames.0")([object])).find(Boolean),
    Kustomize: `${caseMark}-6ct58987ht`,
    here: caseMark,
  },
  {
    what: "a webhook's service of which a lower layer has moved another",
    given: {
      layers: [
        { resources: [inSpace(service, "b")], namespace: "x" },
        { resources: [inSpace(service, "b"), webhook] },
      ],
    },
    at: (objects) =>
      objects.map((object) => first("webhooks.0.clientConfig.service.namespace")([object])).find(Boolean),
    Kustomize: "x",
    here: "b",
  },
  {
    what: "a subject or a webhook's service in the namespace that a layer between has given",
    given: { layers: [{ resources: [account, clusterBinding], namespace: "b" }, { namespace: "x" }] },
    at: (objects) => objects.map((object) => first("subjects.0.namespace")([object])).find(Boolean),
    Kustomize: "b",
    here: "x",
  },
  {
    what: "a name in `resourceNames` that objects of several of the rule's resources have",
    given: {
      layers: [
        { resources: [configMapRole], configMaps: [{ name: caseMark }], secrets: [{ name: caseMark }] },
      ],
    },
    at: (objects) => objects.map((object) => first("rules.0.resourceNames")([object])).find(Boolean),
    Kustomize: [`${caseMark}-6ct58987ht`],
    here: [`${caseMark}-6ct58987ht`, `${caseMark}-46f8b28mk5`],
  },
  {
    what: "an autoscaler's target that is not here, where a workload of another kind has the name",
    given: over(objectOf("apps/v1", "StatefulSet"), { resources: [autoscaler], namePrefix: "p-" }),
    at: (objects) => objects.map((object) => first("spec.scaleTargetRef.name")([object])).find(Boolean),
    Kustomize: `p-${caseMark}`,
    here: caseMark,
  },
  {
    what: "the service of a CustomResourceDefinition that states no namespace",
    given: { layers: [{ resources: [openCrd, account] }, { namespace: "x" }] },
    at: (objects) =>
      objects
        .map((object) => first("spec.conversion.webhook.clientConfig.service.namespace")([object]))
        .find(Boolean),
    Kustomize: undefined,
    here: "x",
  },
  {
    what: "a number among annotations",
    given: over(named(account, { annotations: { port: 8080 } }), { annotations: { a: "b" } }),
    at: first("metadata.annotations.port"),
    Kustomize: "8080",
    here: problem("got 8080"),
  },
  {
    what: "a CustomResourceDefinition that lies in a file",
    given: { layers: [{ resources: [crd, account] }, { namespace: "x" }] },
    layer: base({ resources: [external(crd, new URL("file:///crd.yaml")), account], namespace: "x" }),
    at: (objects) =>
      objects
        .map((object) => first("spec.conversion.webhook.clientConfig.service.namespace")([object]))
        .find(Boolean),
    Kustomize: "x",
    here: undefined,
  },
];
