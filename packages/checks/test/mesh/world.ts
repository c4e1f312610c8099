import { reach, type Connection, type KubernetesObject } from "@atlas/checks";

/** What a pod of the tests has beyond its name. */
interface Fields {
  readonly labels?: object;
  readonly annotations?: object;
  readonly spec?: object;
}

export const pod = (name: string, namespace: string, { labels, annotations, spec }: Fields = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace },
  spec: {
    template: {
      metadata: { labels: { app: name, ...labels }, ...(annotations && { annotations }) },
      spec: { containers: [{ name, image: name, ports: [{ name: "sql", containerPort: 5432 }] }], ...spec },
    },
  },
});

export const object = (group: string, kind: string, namespace: string, spec: object, name = "a") => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name, namespace },
  spec,
});
export const sidecar = (namespace: string, spec: object) =>
  object("networking.istio.io", "Sidecar", namespace, spec);
export const peerAuthentication = (namespace: string, spec: object) =>
  object("security.istio.io", "PeerAuthentication", namespace, spec);

export const authorizationPolicy = (namespace: string, spec: object, name?: string) =>
  object("security.istio.io", "AuthorizationPolicy", namespace, spec, name);

export const namespaceOf = (name: string, labels: object = { "istio-injection": "enabled" }) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

export const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "database", namespace: "data" },
  spec: { selector: { app: "database" }, ports: [{ port: 3306, targetPort: "sql" }] },
};

export const shop = pod("shop", "sales");
export const database = pod("database", "data");
export const outside = pod("outside", "plain");

/** Asks whether `shop` reaches `database`, both in the mesh, or what else is asked. */
export const ask = (objects: readonly KubernetesObject[], asked: Partial<Connection> = {}) =>
  reach([namespaceOf("sales"), namespaceOf("data"), service, ...objects], {
    from: { pod: shop },
    to: { pod: database },
    port: 5432,
    ...asked,
  });
