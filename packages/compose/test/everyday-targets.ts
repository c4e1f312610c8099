import {
  ComposeError,
  base,
  compose,
  define,
  overlay,
  patch,
  type KubernetesObject,
  type Patch,
  type Resource,
} from "@atlas/compose";
import type { ValidatingWebhookConfiguration } from "kubernetes-types/admissionregistration/v1.js";
import type { Deployment, StatefulSet } from "kubernetes-types/apps/v1.js";
import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2.js";
import type { CronJob } from "kubernetes-types/batch/v1.js";
import type {
  ConfigMap,
  Container,
  EnvVar,
  LimitRange,
  PersistentVolumeClaim,
  PodSpec,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from "kubernetes-types/core/v1.js";
import type { EndpointSlice } from "kubernetes-types/discovery/v1.js";
import type { Ingress, NetworkPolicy } from "kubernetes-types/networking/v1.js";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1.js";
import type { ClusterRole, ClusterRoleBinding } from "kubernetes-types/rbac/v1.js";
import type { PriorityClass } from "kubernetes-types/scheduling/v1.js";
import type { StorageClass } from "kubernetes-types/storage/v1.js";

/* One object of each kind that is written every day, of Kubernetes and of others, for patches to be tried on. */

export const deploy = define<Deployment>()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", labels: { app: "web" }, annotations: { "a.b/c": "d" } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: "web" } },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          {
            name: "manager",
            image: "example/manager",
            args: ["--leader-elect"],
            ports: [
              { name: "http", containerPort: 8080 },
              { name: "metrics", containerPort: 9090, protocol: "TCP" },
            ],
            env: [
              { name: "A", value: "1" },
              { name: "B", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
            ],
            livenessProbe: { httpGet: { path: "/healthz", port: "http" } },
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
            resources: { limits: { memory: "1Gi" } },
            securityContext: { capabilities: { drop: ["ALL"] } },
          },
          { name: "proxy", image: "example/proxy" },
        ],
        volumes: [
          { name: "tmp", emptyDir: {} },
          { name: "cfg", configMap: { name: "cfg", items: [{ key: "a", path: "b" }] } },
        ],
        tolerations: [{ key: "a", operator: "Exists" }],
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
      },
    },
  },
});
export const sts = define<StatefulSet>()({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "db" },
  spec: {
    serviceName: "db",
    selector: { matchLabels: { app: "db" } },
    template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "db", image: "pg" }] } },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    ],
  },
});
export const cron = define<CronJob>()({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "cron" },
  spec: {
    schedule: "* * * * *",
    jobTemplate: {
      spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "job", image: "a" }] } } },
    },
  },
});
export const hpa = define<HorizontalPodAutoscaler>()({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "hpa" },
  spec: {
    maxReplicas: 3,
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    metrics: [
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
      },
    ],
  },
});
export const svc = define<Service>()({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: {
    selector: { app: "web" },
    ports: [
      { name: "http", port: 80, targetPort: "http" },
      { name: "https", port: 443, targetPort: 8443 },
    ],
  },
});
export const cm = define<ConfigMap>()({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "cm" },
  data: { "app.yaml": "a: b", LEVEL: "info" },
});
export const secret = define<Secret>()({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "s" },
  type: "Opaque",
  stringData: { a: "b" },
});
export const sa = define<ServiceAccount>()({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "sa" },
  imagePullSecrets: [{ name: "reg" }],
});
export const ing = define<Ingress>()({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "ing" },
  spec: {
    ingressClassName: "nginx",
    tls: [{ hosts: ["a.example.com"], secretName: "tls" }],
    rules: [
      {
        host: "a.example.com",
        http: {
          paths: [
            { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
});
export const np = define<NetworkPolicy>()({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "np" },
  spec: {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: { matchLabels: { a: "b" } } }], ports: [{ port: 80 }] }],
  },
});
export const pdb = define<PodDisruptionBudget>()({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "pdb" },
  spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
});
export const role = define<ClusterRole>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "role" },
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
});
export const crb = define<ClusterRoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "crb" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "role" },
  subjects: [
    { kind: "ServiceAccount", name: "sa", namespace: "shop" },
    { kind: "User", name: "alice", apiGroup: "rbac.authorization.k8s.io" },
  ],
});
export const hook = define<ValidatingWebhookConfiguration>()({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "hook" },
  webhooks: [
    {
      name: "a.example.com",
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      clientConfig: { service: { name: "web", namespace: "shop" } },
      rules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["CREATE"], resources: ["pods"] }],
    },
  ],
});
export const pvc = define<PersistentVolumeClaim>()({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "pvc" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
});
export const quota = define<ResourceQuota>()({
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "q" },
  spec: { hard: { pods: "10" } },
});
export const lr = define<LimitRange>()({
  apiVersion: "v1",
  kind: "LimitRange",
  metadata: { name: "lr" },
  spec: { limits: [{ type: "Container", default: { cpu: "1" } }] },
});
export const sc = define<StorageClass>()({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "sc" },
  provisioner: "a",
});
export const pc = define<PriorityClass>()({
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name: "pc" },
  value: 10,
});
export const eps = define<EndpointSlice>()({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "eps" },
  addressType: "IPv4",
  endpoints: [{ addresses: ["10.0.0.1"] }],
  ports: [{ name: "http", port: 80 }],
});
export const lit = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "lit" },
  spec: {
    selector: { matchLabels: { a: "b" } },
    template: {
      metadata: { labels: { a: "b" } },
      spec: { containers: [{ name: "x", image: "y", env: [{ name: "E", value: "1" }] }] },
    },
  },
} as const satisfies Deployment;
export const plain = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "plain" }, data: { a: "b" } };
export interface ServiceMonitor {
  apiVersion: "monitoring.coreos.com/v1";
  kind: "ServiceMonitor";
  metadata: { name: string; labels?: Record<string, string> };
  spec: {
    selector: { matchLabels?: Record<string, string> };
    endpoints: {
      port?: string;
      path?: string;
      interval?: string;
      relabelings?: { action?: "keep" | "drop"; sourceLabels?: string[] }[];
    }[];
    jobLabel?: string;
    limits?: { sampleLimit?: number };
  };
}
export const sm = define<ServiceMonitor>()({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "sm" },
  spec: { selector: { matchLabels: { app: "web" } }, endpoints: [{ port: "metrics" }] },
});
export interface Rollout {
  apiVersion: "argoproj.io/v1alpha1";
  kind: "Rollout";
  metadata: { name: string };
  spec: {
    replicas?: number;
    strategy:
      | { canary: { steps: { setWeight?: number; pause?: { duration?: string } }[] } | undefined }
      | { blueGreen: { activeService: string } };
    template: { metadata?: { labels?: Record<string, string> }; spec: PodSpec };
  };
}
export const ro = define<Rollout>()({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  metadata: { name: "ro" },
  spec: {
    replicas: 1,
    strategy: { canary: { steps: [{ setWeight: 10 }] } },
    template: {
      metadata: { labels: { a: "b" } },
      spec: { containers: [{ name: "web", image: "a", ports: [{ name: "http", containerPort: 80 }] }] },
    },
  },
});
export const cert = {
  apiVersion: "cert-manager.io/v1",
  kind: "Certificate",
  metadata: { name: "cert" },
  spec: { secretName: "tls", dnsNames: ["a"], issuerRef: { name: "ca", kind: "Issuer" } },
} as const;
export const sidecar: Container = { name: "side", image: "a" };
export const envs: EnvVar[] = [{ name: "X", value: "y" }];
export const labels: Record<string, string> = { a: "b" };
export const traced = patch(deploy, {
  spec: {
    template: {
      spec: { containers: { $add: [{ name: "agent", image: "a", env: [{ name: "Q", value: "1" }] }] } },
    },
  },
});

const resources: Resource[] = [
  deploy,
  sts,
  cron,
  hpa,
  svc,
  cm,
  secret,
  sa,
  ing,
  np,
  pdb,
  role,
  crb,
  hook,
  pvc,
  quota,
  lr,
  sc,
  pc,
  eps,
  lit,
  plain,
  sm,
  ro,
  cert,
];

/** What the engine says of an object, or of a patch above the objects here and {@link traced}. */
export function engineOn(made: KubernetesObject | Patch): string {
  const isPatch = "body" in made;
  const lower = base({ resources: isPatch ? resources : [made] });
  const below = isPatch ? overlay({ base: lower, patches: [traced] }) : lower;
  try {
    compose(isPatch ? overlay({ base: below, patches: [made] }) : below);
    return "";
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return error.problems.map(({ what, expected, fix }) => `${what}; ${expected}; ${fix}`).join("\n");
  }
}
