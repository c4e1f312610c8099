import { fileURLToPath } from "node:url";
import { secretKey, type AtlasSchema } from "@atlas/crd-types";
import { migrationFromFolder } from "@atlas/crd-types/migrations";
import { schemaUrl, type DatabaseLogin } from "./database.ts";

/** An object as it is applied. */
export interface AppliedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

/** Objects that a person applies, and what the operator is to make of them. */
export interface OperatorCase {
  readonly name: string;
  /** The last is the AtlasSchema or AtlasMigration, the others are what it refers to. */
  readonly objects: readonly AppliedObject[];
  /** The databases to create before. */
  readonly databases: readonly string[];
  /** What the message of its condition Ready, which stays False, says is wrong; without it, Ready comes to be True. */
  readonly complaint?: RegExp;
  /** The PostgreSQL database, or the sqlite file as the operator sees it, in which these tables are in the end, beside Atlas's own. */
  readonly target: { readonly database: string } | { readonly file: string };
  readonly tables: readonly string[];
}

const apiVersion = "db.atlasgo.io/v1alpha1";
const orders = "CREATE TABLE orders (id integer NOT NULL, note text, PRIMARY KEY (id));\n";
const migrations = fileURLToPath(new URL("migrations", import.meta.url));
const migrated = ["customers", "invoices"];

const secret = (name: string, stringData: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name },
  stringData,
});

const configMap = (name: string, data: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data,
});

/** An AtlasSchema whose URLs come from a Secret and whose schema comes from a ConfigMap. */
function schemaByReference(database: DatabaseLogin, name: string, sql = orders): AppliedObject[] {
  const schema: AtlasSchema = {
    apiVersion,
    kind: "AtlasSchema",
    metadata: { name },
    spec: {
      urlFrom: secretKey(name, "url"),
      devURLFrom: secretKey(name, "devURL"),
      schema: { configMapKeyRef: { name, key: "schema.sql" } },
    },
  };
  const devURL = schemaUrl(database, `${name}_dev`);
  return [
    secret(name, { url: schemaUrl(database, name), devURL }),
    configMap(name, { "schema.sql": sql }),
    schema,
  ];
}

/** The case that `e2e:kind` tries, too. */
export const firstCase = (database: DatabaseLogin): OperatorCase => ({
  name: "an AtlasSchema with URLs from a Secret and its schema from a ConfigMap",
  objects: schemaByReference(database, "orders"),
  databases: ["orders", "orders_dev"],
  target: { database: "orders" },
  tables: ["orders"],
});

/** Everything that is tried with a PostgreSQL server and sqlite. */
export const operatorCases = (database: DatabaseLogin): readonly OperatorCase[] => [
  firstCase(database),
  schemaByCredentials(database),
  postgresMigration(database),
  ...sqliteCases,
  ...brokenCases(database),
];

function schemaByCredentials({ host, port, user, password, ...rest }: DatabaseLogin): OperatorCase {
  const name = "parts";
  const schema: AtlasSchema = {
    apiVersion,
    kind: "AtlasSchema",
    metadata: { name },
    spec: {
      credentials: {
        scheme: "postgres",
        host,
        port,
        user,
        passwordFrom: secretKey(name, "password"),
        database: name,
        parameters: { sslmode: "disable", search_path: "public" },
      },
      devURLFrom: secretKey(name, "devURL"),
      schema: { sql: orders },
    },
  };
  const devURL = schemaUrl({ host, port, user, password, ...rest }, `${name}_dev`);
  return {
    name: "an AtlasSchema with credentials in parts, the password from a Secret",
    objects: [secret(name, { password, devURL }), schema],
    databases: [name, `${name}_dev`],
    target: { database: name },
    tables: ["orders"],
  };
}

function postgresMigration(database: DatabaseLogin): OperatorCase {
  const name = "migrated";
  const spec = { urlFrom: secretKey(name, "url"), devURLFrom: secretKey(name, "devURL") };
  const devURL = schemaUrl(database, `${name}_dev`);
  return {
    name: "an AtlasMigration with its directory from a ConfigMap",
    objects: [
      secret(name, { url: schemaUrl(database, name), devURL }),
      ...migrationFromFolder(migrations, { name }, spec),
    ],
    databases: [name, `${name}_dev`],
    target: { database: name },
    tables: migrated,
  };
}

const sqliteSchema: AtlasSchema = {
  apiVersion,
  kind: "AtlasSchema",
  metadata: { name: "file" },
  spec: { url: "sqlite:///tmp/file.db", schema: { sql: orders } },
};

/** In the operator's writable folder, which is all that it can write to. */
const sqliteCases: readonly OperatorCase[] = [
  {
    name: "an AtlasSchema on sqlite",
    objects: [sqliteSchema],
    databases: [],
    target: { file: "/tmp/file.db" },
    tables: ["orders"],
  },
  {
    name: "an AtlasMigration on sqlite",
    objects: migrationFromFolder(migrations, { name: "steps" }, { url: "sqlite:///tmp/steps.db" }),
    databases: [],
    target: { file: "/tmp/steps.db" },
    tables: migrated,
  },
];

/** What is wrong with these shows in the status, in the words of PostgreSQL or the network; the target stays as it was. */
function brokenCases(database: DatabaseLogin): OperatorCase[] {
  const broken = (
    why: string,
    name: string,
    complaint: RegExp,
    given: Partial<DatabaseLogin>,
    sql?: string,
  ) => ({
    name: `an AtlasSchema with ${why}`,
    objects: schemaByReference({ ...database, ...given }, name, sql),
    databases: [name, `${name}_dev`],
    complaint,
    target: { database: name },
    tables: [],
  });
  return [
    broken("bad SQL", "bad-sql", /syntax error/, {}, "CREATE TABEL orders (id integer);\n"),
    broken("a wrong password", "wrong-password", /password authentication failed/, { password: "wrong" }),
    // Port 1 is tcpmux, which nothing serves, and which no sandbox reaches.
    broken("an unreachable database", "unreachable", /connection refused/i, { port: 1 }),
  ];
}
