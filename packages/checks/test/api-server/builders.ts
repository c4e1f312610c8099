/** Small objects that are right, and become wrong by what they are given. */

export const metadata = { name: "web", namespace: "shop" };
export const labels = { app: "web" };
export const container = { name: "web", image: "web" };
export const core = (kind: string, more: object) => ({ apiVersion: "v1", kind, metadata, ...more });
export const pod = (spec: object) => core("Pod", { spec: { containers: [container], ...spec } });
export const withContainer = (more: object, spec: object = {}) =>
  pod({ containers: [{ ...container, ...more }], ...spec });
export const app = (kind: string, spec: object, podSpec: object = {}) => ({
  apiVersion: "apps/v1",
  kind,
  metadata,
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container], ...podSpec } },
    ...spec,
  },
});
export const job = (spec: object, podSpec: object = { restartPolicy: "Never" }) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata,
  spec: { template: { spec: { containers: [container], ...podSpec } }, ...spec },
});
export const service = (spec: object) => core("Service", { spec: { ports: [{ port: 80 }], ...spec } });
export const net = (kind: string, spec: object) => ({
  apiVersion: "networking.k8s.io/v1",
  kind,
  metadata,
  spec,
});
export const ingress = (host: string) =>
  net("Ingress", { defaultBackend: { service: { name: "web", port: { number: 80 } } }, rules: [{ host }] });
export const policy = (peer: object, port: object = { port: 80 }) =>
  net("NetworkPolicy", { podSelector: {}, ingress: [{ from: [peer], ports: [port] }] });
export const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
export const autoscaler = (spec: object) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata,
  spec: { scaleTargetRef, maxReplicas: 3, ...spec },
});
export const budget = (spec: object) => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata,
  spec,
});
export const rbac = (kind: string, more: object) => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata,
  ...more,
});
export const cron = (schedule: string, timeZone?: string) => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata,
  spec: { schedule, timeZone, jobTemplate: { spec: job({}).spec } },
});
export const crd = (versions: readonly object[], more: object = {}) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "shops.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "shops", kind: "Shop" },
    versions,
    ...more,
  },
});
export const version = (properties: object = {}, more: object = {}) => ({
  name: "v1",
  served: true,
  storage: true,
  schema: { openAPIV3Schema: { type: "object", properties } },
  ...more,
});
export const webhook = (more: object) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "web" },
  webhooks: [
    {
      name: "a.web.example.com",
      clientConfig: { url: "https://web.example.com" },
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
      ...more,
    },
  ],
});
export const emptyDir = { name: "data", emptyDir: {} };
export const named = (name: string) => ({ ...container, name });
export const mount = { name: "data", mountPath: "/data" };

/** What is wrong, with the object, and the code and the path of what is said of it. */
export type Row = readonly [title: string, object: object, code: string, path: string];
