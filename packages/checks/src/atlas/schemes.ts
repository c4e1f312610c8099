/** A kind of database, as the operator tells them apart by the scheme of a URL. */
export type TargetDriver =
  | "postgres"
  | "mysql"
  | "mariadb"
  | "sqlserver"
  | "clickhouse"
  | "sqlite"
  | "redshift"
  | "cockroachdb"
  | "ysql";

/** What the scheme of a URL stands for. */
export interface Scheme {
  /** Databases of one family take each other's statements: one of them may be the dev database of another. */
  readonly family: string;
  readonly port?: number;
  /** As the operator knows it; it knows none of those that Atlas alone knows. */
  readonly driver?: TargetDriver;
  /** Names of users beside which a database of the same name is always there. */
  readonly users?: readonly string[];
}

const postgres: Scheme = { family: "postgres", driver: "postgres", port: 5432, users: ["postgres"] };
const mariadb: Scheme = { family: "mysql", driver: "mariadb", port: 3306 };
const sqlserver: Scheme = { family: "sqlserver", driver: "sqlserver", port: 1433 };
const sqlite: Scheme = { family: "sqlite", driver: "sqlite" };

/**
 * The schemes that Atlas and the operator know.
 *
 * Source: https://atlasgo.io/concepts/url, and `DriverBySchema` in api/v1alpha1/target.go of the operator.
 */
export const urlSchemes: Readonly<Record<string, Scheme | undefined>> = {
  postgres,
  postgresql: postgres,
  mysql: { family: "mysql", driver: "mysql", port: 3306 },
  maria: mariadb,
  mariadb,
  sqlite,
  sqlite3: { family: "sqlite" },
  libsql: sqlite,
  sqlserver,
  azuresql: sqlserver,
  mssql: sqlserver,
  clickhouse: { family: "clickhouse", driver: "clickhouse", port: 9000 },
  redshift: { family: "postgres", driver: "redshift", port: 5439 },
  crdb: { family: "postgres", driver: "cockroachdb", port: 26257 },
  ysql: { family: "postgres", driver: "ysql", port: 5433, users: ["yugabyte"] },
  dsql: { family: "postgres", port: 5432 },
  oracle: { family: "oracle", port: 1521 },
  spanner: { family: "spanner" },
  snowflake: { family: "snowflake", port: 443 },
  databricks: { family: "databricks", port: 443 },
};
