import type { Files } from "./kubectl.ts";

const region = (name: string, frontends: number): Files => ({
  [`${name}/kustomization.yaml`]: {
    resources: ["../base"],
    namespace: "guestbook",
    components: ["../measured"],
    labels: [{ pairs: { region: name }, includeTemplates: true }],
    patches: [{ path: "frontend.yaml" }],
    images: [
      { name: "google-samples/gb-frontend", newName: `${name}.example.com/gb-frontend`, newTag: "v5" },
    ],
  },
  [`${name}/frontend.yaml`]: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: frontend }
spec:
  replicas: ${frontends}
  template:
    spec:
      containers:
        - name: php-redis
          env: [{ name: GET_HOSTS_FROM, value: env }]
`,
});

/** The guestbook of the README, said in Kustomize. */
export const guestbook: Files = {
  "base/kustomization.yaml": { resources: ["objects.yaml"] },
  "base/objects.yaml": `
apiVersion: apps/v1
kind: Deployment
metadata: { name: redis-leader }
spec:
  selector: { matchLabels: { app: redis, role: leader } }
  template:
    metadata: { labels: { app: redis, role: leader } }
    spec:
      containers: [{ name: leader, image: redis:6.0.5, ports: [{ containerPort: 6379 }] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: frontend }
spec:
  replicas: 3
  selector: { matchLabels: { app: guestbook, tier: frontend } }
  template:
    metadata: { labels: { app: guestbook, tier: frontend } }
    spec:
      containers:
        - name: php-redis
          image: google-samples/gb-frontend:v4
          env: [{ name: GET_HOSTS_FROM, value: dns }]
          ports: [{ containerPort: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: redis-leader }
spec: { ports: [{ port: 6379 }], selector: { app: redis, role: leader } }
---
apiVersion: v1
kind: Service
metadata: { name: frontend }
spec: { ports: [{ port: 80 }], selector: { app: guestbook, tier: frontend } }
`,
  "staging/kustomization.yaml": {
    resources: ["../base"],
    namespace: "guestbook-staging",
    replicas: [{ name: "frontend", count: 1 }],
  },
  "measured/kustomization.yaml": {
    apiVersion: "kustomize.config.k8s.io/v1alpha1",
    kind: "Component",
    // As a strategic merge, Kustomize would put the new container first.
    patches: [{ path: "leader.yaml", target: { kind: "Deployment", name: "redis-leader" } }],
  },
  "measured/leader.yaml": `
- op: add
  path: /spec/template/metadata/annotations
  value: { prometheus.io/port: "9121" }
- op: add
  path: /spec/template/spec/containers/-
  value: { name: exporter, image: oliver006/redis_exporter:v1.62.0 }
`,
  ...region("eu", 6),
  ...region("us", 4),
};
