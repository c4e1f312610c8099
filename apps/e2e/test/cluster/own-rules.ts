/** A rule of our validators that the CRDs do not have: the API server accepts what the operator can't work with. */
export interface OwnRule {
  readonly kind: "AtlasSchema" | "AtlasMigration";
  readonly rule: string;
  /** A spec that breaks this rule and no other. */
  readonly spec: object;
  /** Where the validator says so, and what. */
  readonly path: string;
  readonly message: RegExp;
}

const target = { url: "sqlite://a.db" };
const sql = { sql: "CREATE TABLE a (b int);" };
const desired = { schema: sql };
const directory = { dir: { remote: { name: "shop" } } };

/** The rules that both kinds have, for a spec that is right but for its target. */
const shared = (kind: OwnRule["kind"], spec: object): OwnRule[] => [
  {
    kind,
    rule: "a target database is stated",
    spec,
    path: "spec",
    message: /^the target database is not stated$/,
  },
  {
    kind,
    rule: "one target database is stated",
    spec: { ...spec, ...target, urlFrom: { secretKeyRef: { name: "shop", key: "url" } } },
    path: "spec",
    message: /^the target database is stated \d times: /,
  },
  {
    kind,
    rule: "credentials have a host",
    spec: { ...spec, credentials: { scheme: "postgres", database: "shop" } },
    path: "spec.credentials",
    message: /^the credentials have no host to reach the target database by$/,
  },
  {
    kind,
    rule: "a dev database of one's own has a URL",
    spec: { ...spec, ...target, devDB: { spec: { containers: [{ name: "db" }] } } },
    path: "spec.devDB",
    message: /^a custom dev database has no URL to reach it by$/,
  },
];

/** All that our validators refuse on purpose although the API server accepts it. */
export const ownRules: readonly OwnRule[] = [
  ...shared("AtlasSchema", desired),
  {
    kind: "AtlasSchema",
    rule: "a desired state is stated",
    spec: { ...target, schema: {} },
    path: "spec.schema",
    message: /^the desired state is not stated$/,
  },
  {
    kind: "AtlasSchema",
    rule: "one desired state is stated",
    spec: { ...target, schema: { ...sql, hcl: 'schema "a" {}' } },
    path: "spec.schema",
    message: /^the desired state is stated \d times: /,
  },
  {
    kind: "AtlasSchema",
    rule: "a schema's file is HCL or SQL by its name",
    spec: { ...target, schema: { configMapKeyRef: { name: "shop", key: "schema.txt" } } },
    path: "spec.schema.configMapKeyRef.key",
    message: /^the operator can't tell the language of the file$/,
  },
  {
    kind: "AtlasSchema",
    rule: "a schema by URL is one in Atlas Cloud",
    spec: { ...target, schema: { url: "file://schema.sql" } },
    path: "spec.schema.url",
    message: /^the operator reads no such URL$/,
  },
  ...shared("AtlasMigration", directory),
  {
    kind: "AtlasMigration",
    rule: "a migration directory is stated",
    spec: { ...target, dir: {} },
    path: "spec.dir",
    message: /^the migration directory is not stated$/,
  },
  {
    kind: "AtlasMigration",
    rule: "one migration directory is stated",
    spec: { ...target, dir: { ...directory.dir, local: { "1.sql": "" } } },
    path: "spec.dir",
    message: /^the migration directory is stated \d times: /,
  },
];
