import {
  base,
  compose,
  define,
  isExternal,
  overlay,
  patch,
  type KubernetesObject,
  type Patch,
  type Resource,
} from "@atlas/compose";
import type { resource_v1 } from "@atlas/compose/kinds";
import type { ValidatingAdmissionPolicy } from "kubernetes-types/admissionregistration/v1.js";
import type { MutatingAdmissionPolicy } from "kubernetes-types/admissionregistration/v1beta1.js";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2.js";
import type { Pod, Service } from "kubernetes-types/core/v1.js";
import type { FlowSchema } from "kubernetes-types/flowcontrol/v1.js";
import type { ServiceCIDR } from "kubernetes-types/networking/v1.js";
import type { ClusterRoleBinding } from "kubernetes-types/rbac/v1.js";
import type { StorageVersionMigration } from "kubernetes-types/storagemigration/v1alpha1.js";

export const pod = define<Pod>()({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "pod" },
  spec: {
    restartPolicy: "Always",
    containers: [
      {
        name: "web",
        image: "example/web",
        ports: [{ containerPort: 8080 }, { containerPort: 53, protocol: "UDP" }],
        lifecycle: { stopSignal: "SIGTERM" },
      },
    ],
    volumes: [{ name: "model", image: { reference: "example/model:1" } }],
  },
});

export const twins = define<Pod>()({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "twins", namespace: "shop" },
  spec: { containers: [{ name: "one" }, { name: "two", env: [{ name: "REGION", value: "eu" }] }] },
});

export const service = define<Service>()({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "service" },
  spec: { ports: [{ port: 80 }] },
});

export const dns = define<Service>()({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "dns" },
  spec: {
    ports: [
      { name: "tcp", port: 53 },
      { name: "udp", port: 53, protocol: "UDP" },
      { name: "metrics", port: 9153 },
    ],
  },
});

export const autoscaler = define<HorizontalPodAutoscaler>()({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "autoscaler" },
  spec: { maxReplicas: 3, scaleTargetRef: { kind: "Deployment", name: "web" } },
});

const role = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" } as const;
export const binding = define<ClusterRoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "binding" },
  roleRef: role,
  subjects: [{ kind: "ServiceAccount", name: "shop", namespace: "shop" }],
});
export const regional = define<ClusterRoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "regional" },
  roleRef: role,
  subjects: [
    { kind: "ServiceAccount", name: "shop", namespace: "eu" },
    { kind: "ServiceAccount", name: "shop", namespace: "us" },
  ],
});
export const unbound = define<ClusterRoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "unbound" },
  roleRef: role,
});

export const literal = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "literal" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web" }] } },
  },
} as const satisfies Deployment;
export const annotated: Deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "annotated" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web" }] } },
  },
};
export const read: KubernetesObject = JSON.parse(
  '{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "read" }, "data": { "a": "b" } }',
);

export const claim = define<resource_v1.ResourceClaim>()({
  apiVersion: "resource.k8s.io/v1",
  kind: "ResourceClaim",
  metadata: { name: "claim" },
  spec: {
    devices: {
      requests: [
        { name: "gpu", exactly: { deviceClassName: "gpu", capacity: { requests: { memory: "10Gi" } } } },
      ],
    },
  },
});
export const mutating = define<MutatingAdmissionPolicy>()({
  apiVersion: "admissionregistration.k8s.io/v1beta1",
  kind: "MutatingAdmissionPolicy",
  metadata: { name: "mutating" },
  spec: { reinvocationPolicy: "Never", matchConditions: [{ name: "shop", expression: "true" }] },
});
export const validating = define<ValidatingAdmissionPolicy>()({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "validating" },
  spec: {
    matchConditions: [{ name: "shop", expression: "true" }],
    variables: [{ name: "a", expression: "1" }],
  },
});
export const flow = define<FlowSchema>()({
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  kind: "FlowSchema",
  metadata: { name: "flow" },
  spec: { priorityLevelConfiguration: { name: "low" } },
});
export const migration = define<StorageVersionMigration>()({
  apiVersion: "storagemigration.k8s.io/v1alpha1",
  kind: "StorageVersionMigration",
  metadata: { name: "migration" },
  spec: { resource: { group: "", version: "v1", resource: "secrets" } },
});
export const cidr = {
  apiVersion: "networking.k8s.io/v1",
  kind: "ServiceCIDR",
  metadata: { name: "cidr" },
  spec: { cidrs: ["10.1.0.0/16"] },
} as const satisfies ServiceCIDR;
/** A literal of a kind that its identity tells. */
export const api = {
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  metadata: { name: "v1.shop.example.com" },
  spec: { group: "shop.example.com", version: "v1", groupPriorityMinimum: 10, versionPriority: 10 },
} as const;

interface Listener {
  name: string;
  port: number;
  protocol?: string;
}
/** As `Gateway` of the Gateway API, with a list that has a name of Kubernetes' own, one of another key, one of text. */
interface Gateway {
  apiVersion: "gateway.networking.k8s.io/v1";
  kind: "Gateway";
  metadata: { name: string };
  spec: {
    listeners: Listener[];
    containers?: { name: string; image?: string }[];
    routes?: { id: string; weight?: number }[];
    hosts?: string[];
    addresses?: Listener[];
    readiness?: { type: string; status: string }[];
    ports?: { port: number; protocol: string; target?: number }[];
    parents?: { name: string; namespace: string; weight?: number }[];
    backends?: { name: string; kind: string; weight?: number }[];
  };
}
export const gateway = define<Gateway>()({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "gateway" },
  spec: {
    listeners: [
      { name: "http", port: 80 },
      { name: "https", port: 443 },
    ],
    containers: [{ name: "proxy", image: "example/proxy" }],
    routes: [{ id: "a", weight: 1 }],
    hosts: ["example.com"],
    readiness: [{ type: "Ready", status: "True" }],
    ports: [
      { port: 53, protocol: "TCP" },
      { port: 53, protocol: "UDP" },
    ],
    parents: [
      { name: "web", namespace: "eu" },
      { name: "web", namespace: "us" },
      { name: "api", namespace: "eu" },
    ],
    backends: [{ name: "shop", kind: "Service" }],
  },
});

const object = (properties: object) => ({ type: "object", properties });
const listOf = (items: object, ...keys: readonly string[]) => ({
  type: "array",
  items,
  ...(keys.length > 0 && { "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys }),
});
const [text, number] = [{ type: "string" }, { type: "integer" }];
const listener = object({ name: text, port: number, protocol: text });
const spec = object({
  listeners: listOf(listener, "name"),
  containers: listOf(object({ name: text, image: text })),
  routes: listOf(object({ id: text, weight: number }), "id"),
  hosts: listOf(text),
  addresses: listOf(listener, "name"),
  readiness: listOf(object({ type: text, status: text }), "type"),
  ports: listOf(object({ port: number, protocol: text, target: number }), "port", "protocol"),
  parents: listOf(object({ name: text, namespace: text, weight: number }), "name", "namespace"),
  backends: listOf(object({ name: text, kind: text, weight: number }), "kind", "name"),
});

/** The definition of {@link gateway}'s kind. */
export const crd: KubernetesObject & { spec: object } = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "gateways.gateway.networking.k8s.io" },
  spec: {
    group: "gateway.networking.k8s.io",
    scope: "Namespaced",
    names: { kind: "Gateway", plural: "gateways" },
    versions: [{ name: "v1", schema: { openAPIV3Schema: object({ spec }) } }],
  },
};

/** What a layer below has added a container to, and to that a variable. */
export const added = patch(pod, {
  spec: { containers: { $add: [{ name: "agent", image: "example/agent" }] } },
});
export const configured = patch(added, {
  spec: { containers: { agent: { env: [{ name: "LEVEL", value: "warn" }] } } },
});

const resources: Resource[] = [
  pod,
  twins,
  service,
  dns,
  autoscaler,
  binding,
  regional,
  unbound,
  literal,
  claim,
  mutating,
  validating,
  flow,
  migration,
  cidr,
  api,
  gateway,
  read,
  annotated as KubernetesObject,
];

/** The objects of a layer with the patch, above one with what {@link configured} does. */
export const composed = (change: Patch, isCrdKnown: boolean): readonly KubernetesObject[] => {
  const lowest = base({ resources, patches: [added], ...(isCrdKnown && { crds: [crd] }) });
  const lower = overlay({ base: lowest, patches: [configured] });
  return compose(overlay({ base: lower, patches: [change] })).filter(
    (result): result is KubernetesObject => !isExternal(result),
  );
};
