import { drivers, type Driver } from "./driver.ts";

/** Where a database is, without who asks. */
export type Connection<D extends Driver> = {
  /** Name or address of the server; an IPv6 address as it is, without brackets. */
  readonly host: string;
  /** The driver's own unless it is stated. */
  readonly port?: number;
  /** The database; all that the server has where none is stated. */
  readonly database?: string;
  /** What else the URL says, such as `sslmode`. */
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
interface Parts {
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

/** What of a connection stands where in its URL. */
export function urlParts<D extends Driver>(driver: D, connection: Connection<D>): UrlParts {
  const { host, port, database, parameters, schema, mode }: Parts = connection;
  const facts = drivers[driver];
  const isParameter = facts.databaseIn === "parameter";
  return {
    host: host.includes(":") ? `[${host}]` : host,
    port: port ?? facts.port,
    database: isParameter ? undefined : database,
    parameters: {
      ...(isParameter && database !== undefined && { database }),
      ...(mode !== undefined && { mode }),
      ...(schema !== undefined && { search_path: schema }),
      ...parameters,
    },
  };
}
