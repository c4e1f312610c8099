import { ComposeError, type Problem } from "@atlas/compose";
import { drivers, type Driver } from "./driver.ts";
import {
  refuseSettings,
  settingProblem,
  unknownSettings,
  wordProblem,
  type KnownSettings,
  type SettingsOf,
} from "../settings.ts";

/** Where a database is, without who asks. */
export type Connection<D extends Driver> = {
  /** Name or address of the server; an IPv6 address as it is, without brackets. */
  readonly host: string;
  /** The driver's own unless it is stated. */
  readonly port?: number;
  /** The database; all that the server has where none is stated. */
  readonly database?: string;
  /** What else the URL says, such as `sslmode`; nothing that has a field of its own here and is stated there. */
  readonly parameters?: Readonly<Record<string, string>>;
} & SchemaOf<D>;

/** Only some databases have schemas within a database; in the others a schema is a database. */
type SchemaOf<D extends Driver> = D extends "postgres"
  ? {
      /** The one schema that Atlas manages, as `search_path`; every schema of the database where none is stated. */
      readonly schema?: string;
    }
  : D extends "sqlserver"
    ? {
        /** Whether Atlas manages the whole database, or the one schema that the user has by default. */
        readonly mode?: "database" | "schema";
      }
    : unknown;

/** What every connection has, and what only some have. */
interface ConnectionParts {
  readonly host: string;
  readonly port?: number;
  readonly database?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly schema?: string;
  readonly mode?: "database" | "schema";
}

/** The parts of a URL, each as it is before it is encoded. */
export interface UrlParts {
  readonly host: string;
  readonly port: number;
  readonly database: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * What of a connection stands where in its URL.
 *
 * @throws ComposeError for a host or a port that is none, a parameter that a field states, too, and a text that no URL can have.
 */
export function urlParts<D extends Driver>(driver: D, connection: Connection<D>): UrlParts {
  refuseSettings(driverProblem(driver));
  refuse(unknownSettings(connection, settingsOfDriver(driver)));
  const { host, port, database, parameters = {}, schema, mode }: ConnectionParts = connection;
  const facts = drivers[driver];
  const isParameter = facts.databaseIn === "parameter";
  const fields = {
    ...(isParameter && database !== undefined && { database }),
    ...(mode !== undefined && { mode }),
    ...(schema !== undefined && { search_path: schema }),
  };
  refuse([
    ...statedTwice(fields, parameters),
    ...hostProblems(host),
    ...portProblems(port),
    ...Object.entries({ host, database, schema }).flatMap(([name, text]) => illFormed(name, text)),
    ...Object.entries(parameters).flatMap((pair) =>
      pair.flatMap((text) => illFormed(`parameters.${pair[0]}`, text)),
    ),
  ]);
  return {
    host: host.includes(":") ? `[${host}]` : host,
    port: port ?? facts.port,
    database: isParameter ? undefined : database,
    parameters: { ...fields, ...parameters },
  };
}

const everyConnection = { host: null, port: null, database: null, parameters: null } satisfies SettingsOf<
  Omit<ConnectionParts, "schema" | "mode">
>;

/** What a connection may state: in some databases a schema, or a mode. */
const settingsOfDriver = (driver: Driver): KnownSettings => ({
  ...everyConnection,
  ...(driver === "postgres" && { schema: null }),
  ...(driver === "sqlserver" && { mode: null }),
});

/** A driver that there is not, where no compiler saw it. */
export const driverProblem = (driver: Driver): Problem | undefined =>
  wordProblem("driver", driver, Object.keys(drivers));

/** A host by itself: neither a URL nor a host with its port. What is filled in later is not known. */
function hostProblems(host: string): readonly Problem[] {
  if (/\{\{|\$[{(]/.test(host)) return [];
  const isAddress = /^[\da-f.]*:[\da-f:.]*:[\da-f:.]*(?:%.+)?$/i.test(host);
  if (isAddress || /^[^\s:/?#@[\]\\]+$/.test(host)) return [];
  const what = "is not the name or the address of a server";
  return [settingProblem("host", host, what, "give the host alone, and its port as port")];
}

const portProblems = (port: number | undefined): readonly Problem[] =>
  port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65_535)
    ? []
    : [settingProblem("port", port, "is not a port", "give a whole number from 1 to 65535")];

/** The field that states a parameter. */
const fieldOfParameter: Readonly<Record<string, string>> = { search_path: "schema" };

const statedTwice = (
  fields: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, string>>,
): Problem[] =>
  Object.keys(fields)
    .filter((name) => Object.hasOwn(parameters, name))
    .map((name) => ({
      code: "manifests/parameter-stated-twice" as const,
      path: `parameters.${name}`,
      what: `the field "${fieldOfParameter[name] ?? name}" states this parameter, too`,
      fix: "state it in one of the two",
    }));

/** Half of a character that takes two has no UTF-8, so that no URL can have it. */
export const illFormed = (path: string, text: string | undefined): Problem[] =>
  text === undefined || text.isWellFormed()
    ? []
    : [
        {
          code: "surrogate-unpaired",
          path,
          what: "the text has half of a character (a lone surrogate), which cannot be encoded",
          expected: "text of whole characters",
          fix: "look at where it was cut",
        },
      ];

/** @throws ComposeError with the problems, if there are any. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ComposeError([...problems]);
}
