import type { World } from "../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt, textsAt, type Node } from "../objects/node.ts";
import { wholeText } from "../objects/text.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { operatorsIn } from "./operator.ts";
import { urlSchemes } from "./schemes.ts";
import { statedUrl } from "./target.ts";

/** What an AtlasSchema or an AtlasMigration manages, so that it can be told whether another manages the same. */
export interface ManagedDatabase {
  /** The same of two that mean one database. */
  readonly key: string;
  /** The schemas in it; undefined for all. */
  readonly schemas: readonly string[] | undefined;
  /** What says so. */
  readonly node: Node;
}

/**
 * The database that an object manages, by its URL, by the key of a Secret that has that, or by its parts; undefined where nobody
 * can tell.
 *
 * Source: https://atlasgo.io/concepts/url, where a URL leads to one schema by `search_path`, or by its path.
 */
export function managedDatabase(world: World, resource: KubernetesObject): ManagedDatabase | undefined {
  const spec = at(nodeOf(resource), "spec");
  const listed = textsAt(at(spec, "schemas"));
  const listedSchemas = listed.length > 0 ? listed : undefined;
  const stated = statedUrl(world, resource, "url");
  if (stated !== undefined) return ofUrl(world, stated, listedSchemas);
  const reference = at(spec, "urlFrom", "secretKeyRef");
  if (isThere(reference)) {
    const [name, key] = ["name", "key"].map((field) => textAt(at(reference, field)));
    if (name === undefined || key === undefined) return undefined;
    const secret = JSON.stringify([namespaceOf(resource), name, key]);
    return { key: `Secret ${secret}`, schemas: listedSchemas, node: at(spec, "urlFrom") };
  }
  return ofCredentials(world, resource, listedSchemas);
}

function ofUrl(
  world: World,
  { text, node }: { readonly text: string; readonly node: Node },
  listed: readonly string[] | undefined,
): ManagedDatabase | undefined {
  const url = readDatabaseUrl(text);
  if (url?.of === undefined || url.isDocker) return undefined;
  const { of, host, port = of.port, path, parameters, user } = url;
  const server = `${of.family}://${host === "" ? "" : hostKey(world, host)}:${port ?? ""}`;
  if (of.family === "postgres") {
    const searched = parameters.get("search_path") ?? "";
    const bound = searched === "" ? listed : searched.split(",").map((each) => each.trim());
    return { key: `${server}/${path || user}`, schemas: bound, node };
  }
  if (of.family === "mysql" || of.family === "clickhouse")
    return { key: server, schemas: path === "" ? listed : [path], node };
  if (parameters.get("mode") === "memory") return undefined;
  // The schema of SQL Server's is that of the user by default.
  const ofUser = of.family === "sqlserver" ? user : "";
  return { key: `${server}/${path}?${parameters.get("database") ?? ""} ${ofUser}`, schemas: listed, node };
}

/** Of parts that come from Secrets, the references stand for what is in them. */
function ofCredentials(
  world: World,
  resource: KubernetesObject,
  listed: readonly string[] | undefined,
): ManagedDatabase | undefined {
  const node = at(nodeOf(resource), "spec", "credentials");
  const scheme = urlSchemes[(textAt(at(node, "scheme")) ?? "").toLowerCase()];
  const host = textAt(at(node, "host"));
  if (scheme === undefined || (host === undefined && !isThere(at(node, "hostFrom")))) return undefined;
  const [{ value: port = scheme.port }, database] = [at(node, "port"), textAt(at(node, "database")) ?? ""];
  const from = `${namespaceOf(resource)} ${wholeText(at(node, "hostFrom").value)}`;
  const server = `${scheme.family}://${host === undefined ? from : hostKey(world, host)}:${String(port)}`;
  const searched = textAt(at(node, "parameters", "search_path")) ?? "";
  if (scheme.family === "mysql" || scheme.family === "clickhouse")
    return { key: server, schemas: database === "" ? listed : [database], node };
  return { key: `${server}/${database}`, schemas: searched === "" ? listed : searched.split(","), node };
}

/** The names of a Service are one host: a short one means the namespace of whoever resolves it, the operator. */
function hostKey(world: World, host: string): string {
  const [name = "", ...rest] = host.toLowerCase().replace(/\.$/, "").split(".");
  const [operator] = operatorsIn(world);
  if (rest.length === 0) return operator ? `${name}.${operator.pod.namespace}` : name;
  return [name, ...rest].join(".").replace(/^([^.]+\.[^.]+)\.svc(?:\.cluster\.local)?$/, "$1");
}

/** Whether two manage one schema of a database. */
export const manageTheSame = (one: ManagedDatabase, other: ManagedDatabase): boolean =>
  one.key === other.key &&
  (one.schemas === undefined ||
    other.schemas === undefined ||
    one.schemas.some((name) => other.schemas?.includes(name)));
