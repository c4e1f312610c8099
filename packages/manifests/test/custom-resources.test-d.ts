import { define, patch } from "@atlas/compose";
import { secretKey, type AtlasMigration, type AtlasSchema } from "@atlas/crd-types";

const schema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
} as const;
const migration = { ...schema, kind: "AtlasMigration" } as const;
const state = { sql: "CREATE TABLE a (b int);" };
const url = secretKey("shop", "url");
const pod = { spec: { containers: [{ name: "db", image: "postgres:17" }] } };

// Every shape that the types allow can be declared.
const byUrl = define<AtlasSchema>()({ ...schema, spec: { url: "sqlite://a", schema: state } });
define<AtlasSchema>()({ ...schema, spec: { urlFrom: url, schema: { url: "atlas://shop" } } });
define<AtlasSchema>()({
  ...schema,
  spec: { credentials: { host: "db", passwordFrom: url }, schema: { hcl: "" } },
});
define<AtlasSchema>()({
  ...schema,
  spec: { url: "a", devURL: "b", devDB: pod, schema: { configMapKeyRef: { name: "shop", key: "a.sql" } } },
});
define<AtlasMigration>()({ ...migration, spec: { url: "sqlite://a", dir: { configMapRef: { name: "a" } } } });
define<AtlasMigration>()({ ...migration, spec: { urlFrom: url, dir: { local: { "1.sql": "" } } } });
define<AtlasMigration>()({
  ...migration,
  spec: { credentials: { host: "db" }, dir: { remote: { name: "a" } } },
});

// @ts-expect-error two targets
define<AtlasSchema>()({ ...schema, spec: { url: "a", urlFrom: url, schema: state } });
// @ts-expect-error no target
define<AtlasSchema>()({ ...schema, spec: { schema: state } });
// @ts-expect-error no desired state
define<AtlasSchema>()({ ...schema, spec: { url: "a", schema: {} } });
// @ts-expect-error a misspelt field of a spec that has several shapes
define<AtlasSchema>()({ ...schema, spec: { url: "a", schema: state, txmode: "file" } });
// @ts-expect-error a misspelt field further down
define<AtlasSchema>()({ ...schema, spec: { url: "a", schema: state, cloud: { repos: "a" } } });
// @ts-expect-error a dev database that nobody can reach
define<AtlasSchema>()({ ...schema, spec: { url: "a", devDB: pod, schema: state } });
// @ts-expect-error a password in plain sight
define<AtlasSchema>()({ ...schema, spec: { credentials: { password: "x" }, schema: state } });
// @ts-expect-error two directories
define<AtlasMigration>()({ ...migration, spec: { url: "a", dir: { configMapRef: {}, local: {} } } });

patch(byUrl, { spec: { txMode: "none" } });
patch(byUrl, { spec: { url: null, urlFrom: url } });
// @ts-expect-error a value that the CRD does not allow
patch(byUrl, { spec: { txMode: "some" } });
// @ts-expect-error a misspelt field
patch(byUrl, { spec: { txmode: "none" } });
// @ts-expect-error a misspelt field beside one that is right
patch(byUrl, { spec: { txMode: "none", excludes: ["a"] } });
