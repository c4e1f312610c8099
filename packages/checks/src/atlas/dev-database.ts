import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt } from "../objects/node.ts";
import type { LabelMap } from "../objects/selector.ts";
import type { TargetDriver } from "./schemes.ts";

/** What the operator starts for a driver, when nothing else is said. */
export interface DevDatabaseDefaults {
  readonly image: string;
  readonly port: number;
  readonly user: number;
  readonly capabilities?: readonly string[];
}

/** Drivers without one are sqlite, which needs none, and those for which a release of the operator starts none. */
const databases: Partial<Record<TargetDriver, DevDatabaseDefaults>> = {
  postgres: { image: "postgres:latest", port: 5432, user: 999 },
  mysql: { image: "mysql:latest", port: 3306, user: 1000 },
  mariadb: { image: "mariadb:latest", port: 3306, user: 999 },
  sqlserver: {
    image: "mcr.microsoft.com/mssql/server:2022-latest",
    port: 1433,
    user: 10001,
    capabilities: ["NET_BIND_SERVICE", "SYS_PTRACE"],
  },
  cockroachdb: { image: "cockroachdb/cockroach:latest", port: 26257, user: 1000 },
  clickhouse: {
    image: "clickhouse/clickhouse-server:latest",
    port: 9000,
    user: 101,
    capabilities: ["SYS_NICE", "NET_ADMIN", "IPC_LOCK"],
  },
};

/** The database that the operator starts for a driver; undefined where it starts none. */
export const devDatabaseOf = (driver: TargetDriver): DevDatabaseDefaults | undefined => databases[driver];

/**
 * Whether the operator starts a database of its own for an AtlasSchema or AtlasMigration: no URL of one is stated, and no
 * configuration of the object's own, which may state one, too.
 */
export function isAutomatic(resource: KubernetesObject): boolean {
  const spec = at(nodeOf(resource), "spec");
  const others = [
    at(spec, "devDB"),
    at(spec, "config"),
    at(spec, "configFrom"),
    at(spec, "devURLFrom", "secretKeyRef"),
  ];
  return (textAt(at(spec, "devURL")) ?? "") === "" && !others.some(isThere);
}

/** The labels of the pods of every dev database, whatever it is for. */
const commonLabels = {
  "app.kubernetes.io/name": "atlas-dev-db",
  "app.kubernetes.io/part-of": "atlas-operator",
  "app.kubernetes.io/created-by": "controller-manager",
};

/**
 * What the pods of dev databases may have for labels, one of each driver: that of an AtlasSchema or AtlasMigration by its name,
 * or any that nobody sees here.
 */
export const devDatabaseLabels = (name?: string): readonly LabelMap[] =>
  Object.keys(databases).map(
    (driver) =>
      new Map(
        Object.entries({
          ...commonLabels,
          ...(name !== undefined && { "app.kubernetes.io/instance": instanceOf(name) }),
          "atlasgo.io/engine": driver,
        }),
      ),
  );

const instanceOf = (name: string): string => `${name}-atlas-dev-db`;

/**
 * The Deployment that the operator will make: `<name>-atlas-dev-db` in the namespace of the resource, without a Service and
 * without resources.
 *
 * Source: the operator's controller of dev databases, v0.7.11.
 */
export function devDatabaseWorkload(
  resource: KubernetesObject,
  driver: TargetDriver,
  { image, port, user, capabilities }: DevDatabaseDefaults,
): KubernetesObject {
  const name = instanceOf(resource.metadata.name);
  const labels = {
    ...commonLabels,
    "app.kubernetes.io/instance": name,
    "atlasgo.io/engine": driver,
  };
  const securityContext = {
    runAsNonRoot: true,
    runAsUser: user,
    allowPrivilegeEscalation: false,
    seccompProfile: { type: "RuntimeDefault" },
    capabilities: { drop: ["ALL"], ...(capabilities && { add: capabilities }) },
  };
  const containers = [
    { name: driver, image, ports: [{ name: driver, containerPort: port }], securityContext },
  ];
  const workload = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: namespaceOf(resource) },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
  return workload;
}

/** The Deployment that the operator makes of a `devDB`; undefined where the object states none. */
export function devDatabaseObject(resource: KubernetesObject): KubernetesObject | undefined {
  const spec = at(nodeOf(resource), "spec", "devDB", "spec");
  if (!isThere(at(spec, "containers"))) return undefined;
  const metadata = { name: `${resource.metadata.name}-atlas-dev-db`, namespace: namespaceOf(resource) };
  const workload = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { template: { spec: spec.value } },
  };
  return workload;
}
