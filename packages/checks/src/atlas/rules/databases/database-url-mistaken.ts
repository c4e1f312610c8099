import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import type { KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, isThere, nodeOf, textAt, type Node } from "../../../objects/node.ts";
import {
  readDatabaseUrl,
  isFilledInLater,
  schemeMeant,
  schemeProblems,
  textProblems,
  type DatabaseUrl,
  type UrlProblem,
} from "../../database-url.ts";
import { urlSchemes } from "../../schemes.ts";
import { resourcesIn, statedUrl, type UrlField } from "../../target.ts";

export const databaseUrlMistaken: Rule = {
  code: "database-url-mistaken",
  insteadOf: ["secret-value-mistaken"],
  severity: "error",
  why: "No schema says what a URL has to look like: the operator and Atlas find out when they open it, and the object never becomes ready.",
  fix: "write the URL as Atlas documents it for the driver",
  link: "https://atlasgo.io/concepts/url",
  find: (world) => {
    const all = resourcesIn(world).flatMap((resource) => [
      ...ofUrl(world, resource, "url"),
      ...ofUrl(world, resource, "devURL"),
      ...ofCredentials(at(nodeOf(resource), "spec", "credentials")),
    ]);
    // Several objects may refer to one Secret.
    return all.filter(
      (one, index) =>
        all.findIndex(
          ({ object, path, what }) => object === one.object && path === one.path && what === one.what,
        ) === index,
    );
  },
};

function ofUrl(world: World, resource: KubernetesObject, field: UrlField): readonly Found[] {
  const stated = statedUrl(world, resource, field);
  if (stated === undefined || stated.text === "" || isFilledInLater(stated.text)) return [];
  const url = readDatabaseUrl(stated.text);
  const ofText = textProblems(stated.text);
  const problems = ofText.length > 0 || url === undefined ? ofText : ofParts(url, field);
  return problems.map((problem) => foundProblem(stated.written, problem));
}

const foundProblem = (node: Node, { what, ...more }: UrlProblem): Found => found(node, what, more);

const ofParts = (url: DatabaseUrl, field: UrlField): readonly UrlProblem[] => [
  ...schemeProblems(url),
  ...(url.isDocker ? ofDocker(field) : [...ofSearchPath(url), ...ofDatabaseName(url)]),
];

/** Source: https://github.com/ariga/atlas/issues/3622 */
const ofDocker = (field: UrlField): readonly UrlProblem[] => {
  const fix =
    field === "devURL" ? "take it out: the operator starts a database itself" : "state the database";
  return [
    { what: "the operator's image has no Docker to start the database with", fix, severity: "warning" },
  ];
};

/** Atlas looks at one schema where the URL has a search_path, and at all without. */
function ofSearchPath({ of, parameters }: DatabaseUrl): readonly UrlProblem[] {
  const named = (parameters.get("search_path") ?? "").split(",").filter((each) => each.trim() !== "");
  if (of?.family !== "postgres" || named.length < 2) return [];
  return [
    {
      what: `its search_path names ${named.length} schemas, and Atlas manages one where there is a search_path`,
      fix: "name one, or leave search_path out and list them in spec.schemas",
      severity: "warning",
    },
  ];
}

/** Without the name of a database, PostgreSQL takes that of the user. */
function ofDatabaseName({ of, path, parameters, user }: DatabaseUrl): readonly UrlProblem[] {
  if (of?.family === "sqlite" && path === "" && of.driver === "sqlite") return [];
  const isNamed = path !== "" || ["dbname", "database", "service"].some((name) => parameters.has(name));
  if (of?.users === undefined || isNamed || of.users.includes(user)) return [];
  const what =
    user === ""
      ? "the URL names no database"
      : `the URL names no database, so that the one named ${user} is meant`;
  return [{ what, fix: "name the database behind the host, as in /shop", severity: "warning" }];
}

/** Of parts, the operator makes a URL. */
function ofCredentials(node: Node): readonly Found[] {
  const [scheme, host, port] = ["scheme", "host", "port"].map((field) => at(node, field)) as [
    Node,
    Node,
    Node,
  ];
  return [...ofScheme(scheme), ...ofHost(host, port), ...ofPort(port)];
}

function ofScheme(node: Node): readonly Found[] {
  const text = textAt(node);
  if (text === undefined || isFilledInLater(text)) return [];
  const [base = ""] = text.toLowerCase().split("+", 1);
  const scheme = urlSchemes[base];
  if (scheme?.driver !== undefined) return [];
  if (scheme !== undefined)
    return [
      found(node, `the operator knows no credentials for ${base}`, { fix: "state a URL, with a devURL" }),
    ];
  const meant = schemeMeant(base);
  const fix =
    meant === undefined ? `state one of ${schemesOfOperator.join(", ")}` : `did you mean "${meant}"?`;
  return [found(node, `the operator knows no scheme ${JSON.stringify(text)}`, { fix })];
}

const schemesOfOperator = Object.keys(urlSchemes).filter((name) => urlSchemes[name]?.driver !== undefined);

function ofHost(node: Node, port: Node): readonly Found[] {
  const text = textAt(node) ?? "";
  if (text === "" || isFilledInLater(text)) return [];
  const [, name = "", own] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  if (own !== undefined && !isThere(port)) return [];
  if (own !== undefined) {
    const what = `the host has a port, ${own}, and the operator sets another behind it`;
    return [found(node, what, { fix: "state the port in port alone" })];
  }
  if (name !== "" && !/[\s/@?#:]/.test(name.replace(/^\[.*\]$/, ""))) return [];
  const fix =
    text.includes(":") && !text.includes("/") ? "write an IPv6 address in brackets" : "state the host alone";
  return [found(node, "the host is none", { fix })];
}

function ofPort(node: Node): readonly Found[] {
  const { value } = node;
  if (typeof value !== "number" || (value >= 0 && value <= 65_535)) return [];
  return [found(node, `the port, ${value}, is none from 1 to 65535`, { fix: "state the database's port" })];
}
