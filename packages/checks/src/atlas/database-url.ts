import { nearestName } from "../objects/near.ts";
import { urlSchemes, type Scheme } from "./schemes.ts";

/** The URL of a database, as Atlas and the operator read it. */
export interface DatabaseUrl {
  /** As it is written, in small letters, with what follows a `+`. */
  readonly scheme: string;
  /** What the scheme stands for; of `docker://postgres/17/dev`, what runs in the container; undefined for one that Atlas documents nothing of. */
  readonly of: Scheme | undefined;
  readonly isDocker: boolean;
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  /** What the path says, without the slash that it begins with. */
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/** What is wrong with a URL, or with a part of one. */
export interface UrlProblem {
  readonly what: string;
  readonly fix: string;
  readonly severity?: "warning";
}

const escapingFix = "write the characters /?#@:% and spaces of a user or a password as %2F, %3F, %23, %40, …";

/** Whether a text has a place that something fills in before it is applied: what is written there, nobody knows. */
export const isFilledInLater = (text: string): boolean => /\$[{(]|\{\{|<[\w -]+>|%\(/.test(text);

/**
 * What is wrong with the text of a URL, so that Go's `net/url` or a driver refuses it.
 *
 * Source: `parse` and `parseHost` of https://go.dev/src/net/url/url.go
 */
export function textProblems(text: string): readonly UrlProblem[] {
  if (/^\s|\s$/.test(text))
    return [
      {
        what: "the URL has a space or a line break before or behind it, which the operator refuses",
        fix: "take it out; in YAML, `|-` ends a text without a line break",
      },
    ];
  if (/\p{Cc}/u.test(text))
    return [{ what: "the URL has a line break or another control character in it", fix: "take it out" }];
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(text) ?? [];
  if (scheme?.toLowerCase() === "jdbc")
    return [
      { what: "it is a URL for JDBC", fix: "leave `jdbc:` out, and give user and password before the host" },
    ];
  if (
    scheme === undefined ||
    rest === undefined ||
    (!rest.startsWith("//") && urlSchemes[scheme] === undefined)
  )
    return [{ what: "it is no URL", fix: "state one, as postgres://user@host:5432/database" }];
  const { userinfo, host } = authorityOf(text);
  return [...badEscape(userinfo + host), ...badPort(host), ...badHost(host)];
}

const badEscape = (text: string): readonly UrlProblem[] =>
  /%(?![0-9a-f]{2})/i.test(text)
    ? [{ what: "the URL has a % that begins no escape, which the operator refuses", fix: escapingFix }]
    : [];

function badPort(host: string): readonly UrlProblem[] {
  const wrong = portsInHosts(host).find(
    (port) => !/^\d*$/.test(port) || Number(port) > 65_535 || /^0+$/.test(port),
  );
  if (wrong === undefined) return [];
  // What is no number may be a password, cut at a sign in it.
  if (!/^\d+$/.test(wrong))
    return [{ what: "the port of the URL is no number", fix: `state a number; ${escapingFix}` }];
  return [
    { what: `the port of the URL, ${wrong}, is none from 1 to 65535`, fix: "state the database's port" },
  ];
}

const badHost = (host: string): readonly UrlProblem[] =>
  /[\s"<>\\^`{|}]/.test(host)
    ? [{ what: "the host of the URL has a character that no host has", fix: escapingFix }]
    : [];

/** The ports of the hosts of a URL, of which libpq takes several. */
const portsInHosts = (host: string): readonly string[] =>
  host
    .replaceAll(/\[[^\]]*\]/g, "")
    .split(",")
    .flatMap((each) => (each.includes(":") ? [each.slice(each.lastIndexOf(":") + 1)] : []));

function authorityOf(text: string): { readonly userinfo: string; readonly host: string } {
  const authority = /^[^:]*:\/\/([^/?#]*)/.exec(text)?.[1] ?? "";
  const end = authority.lastIndexOf("@");
  return { userinfo: authority.slice(0, Math.max(end, 0)), host: authority.slice(end + 1) };
}

/** The parts of a URL; undefined for a text that has none, or of which something else fills in a part. */
export function readDatabaseUrl(text: string): DatabaseUrl | undefined {
  const [, written, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (written === undefined || rest === undefined || isFilledInLater(text)) return undefined;
  const scheme = written.toLowerCase();
  const [base = "", modifier] = scheme.split("+", 2);
  const { userinfo, host } = authorityOf(text);
  const [, path = "", query = ""] = /^[^/?#]*\/?([^?#]*)(?:\?([^#]*))?/.exec(rest) ?? [];
  const isDocker = base === "docker";
  const [, name = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host) ?? [];
  return {
    scheme,
    of: urlSchemes[isDocker ? (modifier ?? dockerImages[host] ?? host) : base],
    isDocker,
    user: userinfo.split(":", 1)[0] ?? "",
    host: name,
    port: port === "" ? undefined : Number(port),
    path,
    parameters: new URLSearchParams(query),
  };
}

/** Images that Atlas knows under a name of their own. */
const dockerImages: Readonly<Record<string, string>> = { postgis: "postgres", pgvector: "postgres" };

/** What people write for a scheme that has another name. */
const namesBesides: Readonly<Record<string, string>> = {
  cockroach: "crdb",
  cockroachdb: "crdb",
  pg: "postgres",
  pgsql: "postgres",
  psql: "postgres",
  sqlsrv: "sqlserver",
  yugabyte: "ysql",
  yugabytedb: "ysql",
};

/** The scheme that one of which Atlas documents nothing stands for; undefined where none is near. */
export const schemeMeant = (scheme: string): string | undefined =>
  namesBesides[scheme] ?? nearestName(scheme, Object.keys(urlSchemes));

/** The modifiers behind a `+` that Atlas documents. */
const modifiers: ReadonlySet<string> = new Set(["file", "http", "https", "unix", "ws", "wss"]);

/** What is wrong with the scheme of a URL. */
export function schemeProblems({ scheme, of, isDocker }: DatabaseUrl): readonly UrlProblem[] {
  const [base = "", modifier] = scheme.split("+", 2);
  if (isDocker) return [];
  if (of === undefined) {
    const meant = schemeMeant(base);
    const what = `Atlas knows no scheme ${base}`;
    return meant === undefined
      ? [{ what, fix: `state one of ${Object.keys(urlSchemes).join(", ")}`, severity: "warning" }]
      : [{ what, fix: `did you mean "${meant}"?` }];
  }
  if (modifier === undefined || modifiers.has(modifier)) return [];
  return [{ what: `Atlas knows no scheme ${scheme}`, fix: `did you mean "${base}"?`, severity: "warning" }];
}

/**
 * Whether a URL leads to one schema, so that Atlas looks at nothing besides; undefined where nobody can tell.
 *
 * Source: `SchemaBound` in api/v1alpha1/target.go of the operator, and https://atlasgo.io/concepts/url#scope
 */
export function isSchemaBound({ of, isDocker, scheme, path, parameters }: DatabaseUrl): boolean | undefined {
  if (of === undefined) return undefined;
  if (of.family === "postgres") return (parameters.get("search_path") ?? "") !== "";
  if (of.family === "mysql" || of.family === "clickhouse") {
    if (!isDocker) return path !== "";
    // The first step is the image's tag; images by their own names have more of them.
    return scheme === "docker" ? path.split("/").filter(Boolean).length > 1 : undefined;
  }
  if (of.family === "sqlserver") return (parameters.get("mode") ?? "schema").toLowerCase() === "schema";
  return of.family === "sqlite" ? true : undefined;
}
