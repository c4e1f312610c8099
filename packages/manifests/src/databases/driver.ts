/** A kind of database, by the scheme of its URLs. */
export type Driver = "postgres" | "mysql" | "mariadb" | "sqlserver" | "clickhouse";

/** What is the same of every database of a driver. */
interface DriverFacts {
  readonly port: number;
  /** Where a URL names the database. */
  readonly databaseIn: "path" | "parameter";
}

/** Sources: https://atlasgo.io/concepts/url, and the ports that the servers listen on unless they are told otherwise. */
export const drivers: Readonly<Record<Driver, DriverFacts>> = {
  postgres: { port: 5432, databaseIn: "path" },
  mysql: { port: 3306, databaseIn: "path" },
  mariadb: { port: 3306, databaseIn: "path" },
  // What stands in the path is an instance of the server.
  sqlserver: { port: 1433, databaseIn: "parameter" },
  clickhouse: { port: 9000, databaseIn: "path" },
};
