import { define } from "@atlas/compose";
import { secretKey, type AtlasMigration, type AtlasSchema } from "@atlas/crd-types";
import { databaseCredentials, databaseUrl, devDatabase } from "@atlas/manifests/databases";

const image = { version: "17.2" };
const login = { user: "atlas", password: "a" };

define<AtlasSchema>()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
  spec: {
    urlFrom: secretKey("shop", "url"),
    schema: { sql: "CREATE TABLE a (b int);" },
    ...devDatabase("postgres", { image, scope: "schema", tolerations: [{ operator: "Exists" }] }),
  },
});
define<AtlasMigration>()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasMigration",
  metadata: { name: "shop" },
  spec: {
    credentials: databaseCredentials(
      "mysql",
      { host: "db", database: "shop" },
      { user: "atlas", password: secretKey("shop", "password") },
    ),
    dir: { configMapRef: { name: "shop" } },
    ...devDatabase("mysql", { image, scope: "schema" }),
  },
});

databaseUrl("postgres", { host: "db", database: "shop", schema: "public" }, login);
databaseUrl("sqlserver", { host: "db", database: "shop", mode: "database" }, login);
// @ts-expect-error a schema of MySQL is a database
databaseUrl("mysql", { host: "db", schema: "shop" }, login);
// @ts-expect-error SQL Server's schema is the user's own
databaseUrl("sqlserver", { host: "db", schema: "dbo" }, login);
// @ts-expect-error a driver that there is not
databaseUrl("oracle", { host: "db" }, login);
// @ts-expect-error a password in plain sight
databaseCredentials("mysql", { host: "db" }, { user: "atlas", password: "a" });
// @ts-expect-error which version the target has
devDatabase("postgres", { image: {}, scope: "schema" });
// @ts-expect-error whether the target's URL names a schema
devDatabase("postgres", { image });
// @ts-expect-error SQL Server's licence has to be accepted
devDatabase("sqlserver", { image, scope: "schema" });
// @ts-expect-error PostgreSQL has no licence to accept
devDatabase("postgres", { image, scope: "schema", licence: { acceptEula: "Y", edition: "Developer" } });
