import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, isThere, mapAt, nodeOf, textAt, type Node } from "../../../objects/node.ts";
import { readDatabaseUrl, isSchemaBound, type DatabaseUrl } from "../../database-url.ts";
import { urlSchemes } from "../../schemes.ts";
import { resourcesIn, statedUrl } from "../../target.ts";

export const devDatabaseMismatch: Rule = {
  code: "dev-database-mismatch",
  severity: "error",
  why: "Atlas tries on the dev database what it will do to the target: it has to be of the same kind, and for a schema in SQL both URLs have to lead to one schema, or both to all.",
  fix: "state a devURL of the target's kind, with a search_path, a database's name or a mode where the target's URL has one",
  link: "https://atlasgo.io/concepts/dev-database",
  find: (world) => resourcesIn(world).flatMap((resource) => mismatchFor(world, resource)),
};

function mismatchFor(world: World, resource: KubernetesObject): readonly Found[] {
  const stated = statedUrl(world, resource, "devURL");
  const dev = stated && readDatabaseUrl(stated.text);
  if (stated === undefined || dev?.of === undefined) return [];
  const spec = at(nodeOf(resource), "spec");
  const target = targetUrl(world, resource, spec);
  if (target?.of === undefined) return [];
  if (target.of.family !== dev.of.family) {
    const what = `the dev database is ${dev.of.family}, and the target ${target.of.family}`;
    return [found(stated.node, what, { fix: "state a devURL of the target's kind" })];
  }
  if (isSameDatabase(target, dev)) {
    const fix = "state an empty database that is there for this alone";
    return [found(stated.node, "the dev database is the target itself", { fix })];
  }
  const [ofDev, ofTarget] = [isSchemaBound(dev), isSchemaBound(target)];
  if (!isInSql(spec) || ofDev === undefined || ofTarget === undefined || ofDev === ofTarget) return [];
  const what = ofTarget
    ? "the target's URL leads to one schema, and the dev database's to all of them"
    : "the dev database's URL leads to one schema, and the target's to all of them";
  return [found(stated.node, what, { fix: `state ${scopeOf(dev)} in both, or in none of them` })];
}

/** Whether two URLs lead to one place: Atlas demands that the dev database is empty, and empties it again. */
const isSameDatabase = (one: DatabaseUrl, other: DatabaseUrl): boolean =>
  one.host !== "" &&
  one.of?.family !== "sqlite" &&
  !one.isDocker &&
  !other.isDocker &&
  databasePlace(one) === databasePlace(other);

const databasePlace = ({ of, host, port = of?.port, path, parameters }: DatabaseUrl): string =>
  JSON.stringify([
    host.toLowerCase(),
    port,
    path.replace(/\/$/, ""),
    ...["search_path", "database", "host", "dbname"].map((name) => parameters.get(name)),
  ]);

/** What bounds a URL to a schema. */
const scopeOf = ({ of }: DatabaseUrl): string => {
  if (of?.family === "postgres") return "a search_path";
  return of?.family === "sqlserver" ? "the same mode" : "a database";
};

function targetUrl(world: World, resource: KubernetesObject, spec: Node): DatabaseUrl | undefined {
  const isByUrl = isThere(at(spec, "urlFrom", "secretKeyRef")) || (textAt(at(spec, "url")) ?? "") !== "";
  if (!isByUrl) return urlOfCredentials(at(spec, "credentials"));
  const stated = statedUrl(world, resource, "url");
  return stated && readDatabaseUrl(stated.text);
}

function urlOfCredentials(node: Node): DatabaseUrl | undefined {
  const scheme = textAt(at(node, "scheme"))?.toLowerCase() ?? "";
  return {
    scheme,
    of: urlSchemes[scheme.split("+", 1)[0] ?? ""],
    isDocker: false,
    user: "",
    host: textAt(at(node, "host")) ?? "",
    port: validPort(at(node, "port")),
    path: textAt(at(node, "database")) ?? "",
    parameters: new URLSearchParams([...mapAt(at(node, "parameters"))]),
  };
}

const validPort = ({ value }: Node): number | undefined =>
  typeof value === "number" && value > 0 ? value : undefined;

/** Whether a schema is written in SQL: a schema in HCL says itself which schemas it is of. */
const isInSql = (spec: Node): boolean =>
  (textAt(at(spec, "schema", "sql")) ?? "") !== "" ||
  textAt(at(spec, "schema", "configMapKeyRef", "key"))?.endsWith(".sql") === true;
