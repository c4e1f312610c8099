import type { KubernetesObject } from "@atlas/compose";

const object = (apiVersion: string, kind: string, name: string, fields: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name },
  ...fields,
});

const matchLabels = { app: "web" };
const labelSelector = { matchLabels };
const terms = {
  requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone", labelSelector }],
  preferredDuringSchedulingIgnoredDuringExecution: [
    { weight: 1, podAffinityTerm: { topologyKey: "zone", labelSelector } },
    { weight: 2, podAffinityTerm: { topologyKey: "host", labelSelector: {} } },
  ],
};
const podSpec = {
  affinity: { podAffinity: terms, podAntiAffinity: terms },
  topologySpreadConstraints: [
    { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1, labelSelector },
  ],
  containers: [
    {
      name: "web",
      image: "example/web",
      envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "keys" } }],
      env: [
        { name: "COLOR", valueFrom: { configMapKeyRef: { name: "settings", key: "color" } } },
        { name: "KEY", valueFrom: { secretKeyRef: { name: "keys", key: "key" } } },
        { name: "OTHER", valueFrom: { secretKeyRef: { name: "other", key: "settings" } } },
        { name: "NAME", value: "settings" },
      ],
    },
  ],
  initContainers: [{ name: "init", image: "example/web", envFrom: [{ configMapRef: { name: "settings" } }] }],
  imagePullSecrets: [{ name: "keys" }, { name: "settings" }],
  volumes: [
    { name: "a", configMap: { name: "settings" } },
    { name: "b", secret: { secretName: "keys" } },
    {
      name: "c",
      projected: { sources: [{ configMap: { name: "settings" } }, { secret: { name: "keys" } }] },
    },
    { name: "settings", emptyDir: {} },
  ],
};
const template = { metadata: { labels: matchLabels }, spec: podSpec };

/** Objects of the kinds that transforms reach into, and of some that they leave alone. */
export const workloads: readonly KubernetesObject[] = [
  object("v1", "Namespace", "store"),
  object("v1", "ServiceAccount", "web", { imagePullSecrets: [{ name: "keys" }] }),
  object("v1", "Service", "web", { spec: { ports: [{ port: 80 }] } }),
  object("v1", "Pod", "web", { spec: podSpec }),
  object("v1", "ReplicationController", "web", { spec: { selector: matchLabels, template } }),
  object("v1", "PersistentVolume", "web", { spec: { azureFile: { secretName: "keys", shareName: "a" } } }),
  object("apps/v1", "Deployment", "web", { spec: { selector: labelSelector, template } }),
  object("apps/v1", "Deployment", "bare"),
  object("apps/v1", "ReplicaSet", "web", { spec: { selector: labelSelector, template } }),
  object("apps/v1", "DaemonSet", "web", { spec: { selector: labelSelector, template } }),
  object("apps/v1", "StatefulSet", "web", {
    spec: {
      serviceName: "web",
      selector: labelSelector,
      template,
      volumeClaimTemplates: [
        { metadata: { name: "data" } },
        { metadata: { name: "more", labels: { a: "b" } } },
      ],
    },
  }),
  object("batch/v1", "Job", "web", { spec: { template } }),
  object("batch/v1", "CronJob", "web", {
    spec: { schedule: "* * * * *", jobTemplate: { spec: { selector: labelSelector, template } } },
  }),
  object("policy/v1", "PodDisruptionBudget", "web", { spec: { selector: labelSelector } }),
  object("networking.k8s.io/v1", "NetworkPolicy", "web", {
    spec: {
      podSelector: labelSelector,
      ingress: [{ from: [{ podSelector: labelSelector }, { namespaceSelector: labelSelector }] }],
      egress: [{ to: [{ podSelector: {} }] }, { ports: [{ port: 53 }] }],
    },
  }),
  object("networking.k8s.io/v1", "Ingress", "web", {
    metadata: { name: "web", annotations: { "nginx.ingress.kubernetes.io/auth-secret": "keys" } },
    spec: { tls: [{ hosts: ["a"], secretName: "keys" }, { secretName: "other" }] },
  }),
  object("rbac.authorization.k8s.io/v1", "Role", "web", {
    rules: [
      {
        apiGroups: [""],
        resources: ["configmaps", "secrets"],
        resourceNames: ["settings", "keys", "other"],
        verbs: ["get"],
      },
    ],
  }),
  object("storage.k8s.io/v1", "StorageClass", "web", {
    provisioner: "a",
    parameters: { secretName: "keys" },
  }),
  object("example.com/v1", "Bar", "web", { spec: { selector: labelSelector, template: { metadata: {} } } }),
];
