import type * as generated from "./generated/types.ts";
import type { InlinePassword } from "./secret.ts";

/*
 * What Atlas Operator v0.7.11 demands although its CRDs allow otherwise, in types. A field that must not be there has a
 * sentence as its type: the compiler shows it to whoever gives the field a value, and it lets the compiler tell the cases
 * of a union apart.
 */

/** One of several fields is stated and none of the others. */
type OneOf<Fields, Why extends string> = {
  [Name in keyof Fields]-?: Stated<Pick<Fields, Name>, Why> & {
    [Other in Exclude<keyof Fields, Name>]?: Why;
  };
}[keyof Fields];

/** The compiler names it, and with it the reason, where the field is missing. */
type Stated<Fields, _Why extends string> = { [Name in keyof Fields]-?: Exclude<Fields[Name], undefined> };

type TargetFields = "url" | "urlFrom" | "credentials";
type DevFields = "devDB" | "devURL" | "devURLFrom";

/** The operator takes the first of these that it finds and ignores the others without a word. */
type Target<Spec extends { [Name in TargetFields]?: unknown }> = OneOf<
  Pick<Spec, "url" | "urlFrom"> & { credentials?: Credentials },
  "state one target database: url, urlFrom or credentials"
>;

/** The target database as separate parts; a password that is written out is a deliberate act. */
export type Credentials = Omit<generated.AtlasSchemaSpecCredentials, "password"> & {
  /** Made by `inlinePassword`; better is passwordFrom, which reads it from a Secret. */
  password?: InlinePassword;
};

/** Without a URL the operator takes the dev database that it starts itself, whatever devDB says. */
type DevDatabase<Spec extends { [Name in DevFields]?: unknown }> =
  | (Pick<Spec, "devURL" | "devURLFrom"> & { devDB?: "state devURL or devURLFrom beside devDB" })
  | (Pick<Spec, DevFields> & Stated<Pick<Spec, "devURL">, "devDB needs devURL or devURLFrom beside it">)
  | (Pick<Spec, DevFields> & Stated<Pick<Spec, "devURLFrom">, "devDB needs devURL or devURLFrom beside it">);

/** The desired state: SQL or HCL in place, a ConfigMap's file, or a schema in Atlas Cloud. */
export type AtlasSchemaSpecSchema = OneOf<
  Omit<generated.AtlasSchemaSpecSchema, "url"> & {
    /** A schema in Atlas Cloud, the only place that the operator reads by URL. */
    url?: `atlas://${string}`;
  },
  "state one desired state: sql, hcl, url or configMapKeyRef"
>;

/** Where the migrations come from: a ConfigMap, the object itself, or Atlas Cloud. */
export type AtlasMigrationSpecDir = OneOf<
  generated.AtlasMigrationSpecDir,
  "state one migration directory: configMapRef, local or remote"
>;

/** The target database, its desired schema, and how changes are made. */
export type AtlasSchemaSpec = Omit<generated.AtlasSchemaSpec, TargetFields | DevFields | "schema"> & {
  /** The desired state of the schema: exactly one of its fields. */
  schema: AtlasSchemaSpecSchema;
} & Target<generated.AtlasSchemaSpec> &
  DevDatabase<generated.AtlasSchemaSpec>;

/** The target database, the migrations, and how they are applied. */
export type AtlasMigrationSpec = Omit<generated.AtlasMigrationSpec, TargetFields | DevFields | "dir"> & {
  /** Where the migrations come from: exactly one of its fields. */
  dir: AtlasMigrationSpecDir;
} & Target<generated.AtlasMigrationSpec> &
  DevDatabase<generated.AtlasMigrationSpec>;

/** A database schema that the operator brings a database to and keeps it at, as a person writes it. */
export interface AtlasSchema extends Omit<generated.AtlasSchema, "spec"> {
  spec: AtlasSchemaSpec;
}

/** A directory of versioned migrations that the operator applies to a database, as a person writes it. */
export interface AtlasMigration extends Omit<generated.AtlasMigration, "spec"> {
  spec: AtlasMigrationSpec;
}
