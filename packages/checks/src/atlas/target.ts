import { findObject, type World } from "../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { urlSchemes, type TargetDriver } from "./schemes.ts";

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

/** The URL of a database, and where it is stated. */
export interface StatedUrl {
  readonly text: string;
  /** What of the AtlasSchema or AtlasMigration states it, or refers to it. */
  readonly node: Node;
  /** Where the text itself is: the same, or the value in a Secret. */
  readonly written: Node;
}

/** Which database is meant: the one that is managed, or the one that changes are planned on. */
export type UrlField = "url" | "devURL";

/** The URL that an object states or refers to; undefined where there is none, or its Secret is not among the objects. */
export function statedUrl(world: World, resource: KubernetesObject, field: UrlField): StatedUrl | undefined {
  const spec = at(nodeOf(resource), "spec");
  const from = at(spec, `${field}From`);
  const reference = at(from, "secretKeyRef");
  if (isThere(reference)) {
    const value = inSecret(world, namespaceOf(resource), reference);
    return value && { ...value, node: from };
  }
  const node = at(spec, field);
  const text = textAt(node);
  return text === undefined || text === "" ? undefined : { text, node, written: node };
}

/** The database of an object: by its URL, by a Secret that is among the objects, or in parts; undefined where nothing says. */
export function databaseTarget(world: World, resource: KubernetesObject): DatabaseTarget | undefined {
  const spec = at(nodeOf(resource), "spec");
  if (isThere(at(spec, "urlFrom", "secretKeyRef")) || (textAt(at(spec, "url")) ?? "") !== "") {
    const stated = statedUrl(world, resource, "url");
    return stated && fromUrl(stated);
  }
  return fromCredentials(at(spec, "credentials"));
}

function fromCredentials(node: Node): DatabaseTarget | undefined {
  const scheme = urlSchemes[(textAt(at(node, "scheme")) ?? "").toLowerCase()];
  if (scheme?.driver === undefined) return undefined;
  const [host, { value: port }] = [textAt(at(node, "host")), at(node, "port")];
  const number = typeof port === "number" && port > 0 ? port : scheme.port;
  return {
    driver: scheme.driver,
    node,
    ...(host !== undefined && { host }),
    ...(number !== undefined && { port: number }),
  };
}

function fromUrl({ text, node }: StatedUrl): DatabaseTarget | undefined {
  const url = readDatabaseUrl(text);
  const driver = url?.of?.driver;
  if (url === undefined || driver === undefined || url.isDocker) return undefined;
  const port = url.port ?? url.of?.port;
  return {
    driver,
    node,
    ...(url.host !== "" && driver !== "sqlite" && { host: url.host }),
    ...(port !== undefined && { port }),
  };
}

function inSecret(
  world: World,
  namespace: string,
  reference: Node,
): Pick<StatedUrl, "text" | "written"> | undefined {
  const [name, key] = [textAt(at(reference, "name")), textAt(at(reference, "key"))];
  if (name === undefined || key === undefined) return undefined;
  const secret = findObject(world, "", "Secret", name, namespace);
  if (secret === undefined) return undefined;
  const [plain, encoded] = ["stringData", "data"].map((field) => at(nodeOf(secret), field, key)) as [
    Node,
    Node,
  ];
  const written = isThere(plain) ? plain : encoded;
  const text = textAt(written);
  const value = text === undefined || written === plain ? text : decodedSecret(text);
  return value === undefined ? undefined : { text: value, written };
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
