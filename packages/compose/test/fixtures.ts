import { base, define, type Layer } from "@atlas/compose";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import type { ConfigMap, Service, ServiceAccount } from "kubernetes-types/core/v1.js";
import type { RoleBinding } from "kubernetes-types/rbac/v1.js";

const labels = { app: "shop" } as const;

export const serviceAccount = define<ServiceAccount>()({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "shop" },
});

export const roleBinding = define<RoleBinding>()({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata: { name: "shop" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "shop" },
  subjects: [
    { kind: "ServiceAccount", name: "shop" },
    { kind: "ServiceAccount", name: "other", namespace: "elsewhere" },
    { kind: "User", name: "shop" },
  ],
});

export const deployment = define<Deployment>()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "shop", labels },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        initContainers: [{ name: "migrate", image: "example/shop" }],
        containers: [
          {
            name: "web",
            image: "example/shop",
            args: ["--port=8080"],
            ports: [
              { name: "http", containerPort: 8080 },
              { name: "dns", containerPort: 53, protocol: "UDP" },
              { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
            ],
            env: [{ name: "MODE", value: "production" }],
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          },
          { name: "proxy", image: "registry.example.com:5000/proxy:1.0" },
        ],
        volumes: [{ name: "tmp", emptyDir: {} }],
      },
    },
  },
});

export const spread = define<Deployment>()({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "spread" },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{ name: "web", image: "example/shop" }],
        topologySpreadConstraints: [{ topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 }],
      },
    },
  },
});

export const service = define<Service>()({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "shop" },
  spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] },
});

export const configMap = define<ConfigMap>()({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "shop" },
  data: { color: "blue", size: "big" },
});

export const shop: Layer = base({ resources: [deployment, service, configMap, serviceAccount, roleBinding] });

/** The kinds that the tests look into. */
interface Kinds {
  Deployment: Deployment;
  RoleBinding: RoleBinding;
  CustomResourceDefinition: { metadata: object };
}

/** The only object of a kind among those composed. */
export function only<K extends keyof Kinds>(objects: readonly { kind: string }[], kind: K): Kinds[K] {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1) throw new Error(`expected one ${kind}, found ${found.length}`);
  return found[0] as unknown as Kinds[K];
}
