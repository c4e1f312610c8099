import { base, external } from "@atlas/compose";
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
const crd = objectOf("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
  spec: {
    conversion: {
      strategy: "Webhook",
      webhook: { clientConfig: { service: { name: "a", namespace: "b" } } },
    },
  },
});
const customCrd = {
  ...crd,
  metadata: { name: `${caseMark}.example.com` },
  spec: { group: "example.com", scope: "Cluster", names: { kind: caseMark }, versions: [] },
};

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
