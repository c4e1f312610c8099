import { findObject, type World } from "../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";

/** A kind of database, as the operator tells them apart by the scheme of a URL. */
export type TargetDriver =
  | "postgres"
  | "mysql"
  | "mariadb"
  | "sqlserver"
  | "clickhouse"
  | "sqlite"
  | "redshift";

const driverOfScheme: Readonly<Record<string, TargetDriver>> = {
  postgres: "postgres",
  postgresql: "postgres",
  mysql: "mysql",
  maria: "mariadb",
  mariadb: "mariadb",
  sqlserver: "sqlserver",
  mssql: "sqlserver",
  clickhouse: "clickhouse",
  sqlite: "sqlite",
  libsql: "sqlite",
  redshift: "redshift",
};

const defaultPorts: Partial<Record<TargetDriver, number>> = {
  postgres: 5432,
  mysql: 3306,
  mariadb: 3306,
  sqlserver: 1433,
  clickhouse: 9000,
  redshift: 5439,
};

/** The database that an AtlasSchema or AtlasMigration is for, as far as the objects say. */
export interface DatabaseTarget {
  readonly driver: TargetDriver;
  readonly host?: string;
  readonly port?: number;
  /** What says so. */
  readonly node: Node;
}

/** The operator's own objects. */
export const resourcesIn = (world: World): readonly KubernetesObject[] => [
  ...world.of("db.atlasgo.io", "AtlasSchema"),
  ...world.of("db.atlasgo.io", "AtlasMigration"),
];

/** The database of an object: by its URL, by a Secret that is among the objects, or in parts; undefined where nothing says. */
export function databaseTarget(world: World, resource: KubernetesObject): DatabaseTarget | undefined {
  const spec = at(nodeOf(resource), "spec");
  const reference = at(spec, "urlFrom", "secretKeyRef");
  if (isThere(at(reference, "name"))) {
    const url = inSecret(world, namespaceOf(resource), reference);
    return url === undefined ? undefined : fromUrl(url, at(spec, "urlFrom"));
  }
  const node = at(spec, "url");
  const url = textAt(node);
  return url !== undefined && url !== "" ? fromUrl(url, node) : fromCredentials(at(spec, "credentials"));
}

function fromCredentials(node: Node): DatabaseTarget | undefined {
  const driver = driverOfScheme[textAt(at(node, "scheme")) ?? ""];
  if (driver === undefined) return undefined;
  const [host, { value: port }] = [textAt(at(node, "host")), at(node, "port")];
  const number = typeof port === "number" ? port : defaultPorts[driver];
  return { driver, node, ...(host !== undefined && { host }), ...(number !== undefined && { port: number }) };
}

function fromUrl(url: string, node: Node): DatabaseTarget | undefined {
  const [, scheme = "", authority = ""] = /^([a-z0-9]+)(?:\+[a-z0-9]+)?:\/\/([^/?#]*)/i.exec(url) ?? [];
  const driver = driverOfScheme[scheme.toLowerCase()];
  if (driver === undefined) return undefined;
  const [, host, port] =
    /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority.slice(authority.lastIndexOf("@") + 1)) ?? [];
  const number = port === undefined ? defaultPorts[driver] : Number(port);
  return {
    driver,
    node,
    ...(host !== undefined && host !== "" && driver !== "sqlite" && { host }),
    ...(number !== undefined && { port: number }),
  };
}

function inSecret(world: World, namespace: string, reference: Node): string | undefined {
  const [name, key] = [textAt(at(reference, "name")), textAt(at(reference, "key"))];
  if (name === undefined || key === undefined) return undefined;
  const secret = findObject(world, "", "Secret", name, namespace);
  if (secret === undefined) return undefined;
  const plain = textAt(at(nodeOf(secret), "stringData", key));
  const encoded = textAt(at(nodeOf(secret), "data", key));
  return plain ?? (encoded === undefined ? undefined : decodedSecret(encoded));
}

function decodedSecret(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

/** The Service that a host names, by its short name in a namespace or by a longer one. */
export function serviceNamed(world: World, host: string, namespace: string): KubernetesObject | undefined {
  const [name = "", own = namespace, ...rest] = host.split(".");
  const isOfCluster =
    rest.length === 0 || ["svc", "svc.cluster.local"].includes(rest.join(".").replace(/\.$/, ""));
  return isOfCluster ? findObject(world, "", "Service", name, own) : undefined;
}
