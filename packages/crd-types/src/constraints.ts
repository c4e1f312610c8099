import type * as generated from "./generated/types.ts";
import type { InlinePassword } from "./secret.ts";

/*
 * What Atlas Operator v0.7.11 demands although its CRDs allow otherwise, in types. A field that must not be there has a
 * sentence as its type: the compiler shows it to whoever gives the field a value, and it lets the compiler tell the cases
 * of a union apart. Of a value that fits no case at all, such as `{}`, the compiler says which type it is not of: these
 * types bear the sentence in their names, and no field is of an alias, which would be shown in their place.
 */

/** One of several fields is stated and none of the others. */
type OneOf<Why extends string, Fields> = {
  [Name in keyof Fields]-?: StatedFields<Why, Pick<Fields, Name>> & {
    [Other in Exclude<keyof Fields, Name>]?: Why;
  };
}[keyof Fields];

/** One of some fields at least is stated; the others may be. */
type AnyOf<Why extends string, Fields, Names extends keyof Fields> = {
  [Name in Names]-?: StatedFields<Why, Pick<Fields, Name>> & Fields;
}[Names];

/** The compiler names it, and with it the reason, where the field is missing. */
type StatedFields<_Why extends string, Fields> = {
  [Name in keyof Fields]-?: Exclude<Fields[Name], undefined>;
};

/** An object with all its fields: an empty one is to the operator as none. */
type Filled<T> = { [Name in keyof NonNullable<T>]-?: NonNullable<T>[Name] };

type TargetFields = "url" | "urlFrom" | "credentials";
type DevFields = "devDB" | "devURL" | "devURLFrom";

/** The operator takes the first of these that it finds and ignores the others without a word. */
type TargetDatabase<Spec extends { [Name in TargetFields]?: unknown }> = OneOf<
  "state one target database: url, urlFrom or credentials",
  Pick<Spec, "url"> & { urlFrom?: Filled<Spec["urlFrom"]> } & Partial<Parts>
>;

interface Parts {
  /** The target database as separate parts, in place of url or urlFrom. */
  credentials: AnyOf<
    "credentials need a host: state host or hostFrom",
    Omit<generated.AtlasSchemaSpecCredentials, "hostFrom" | "password"> & {
      /** The host, read from a Secret. */
      hostFrom?: Filled<generated.AtlasSchemaSpecCredentials["hostFrom"]>;
      /** Made by `inlinePassword`; better is passwordFrom, which reads it from a Secret. */
      password?: InlinePassword;
    },
    "host" | "hostFrom"
  >;
}

/** The target database as separate parts; a password that is written out is a deliberate act. */
export type Credentials = Parts["credentials"];

/** Without a URL the operator takes the dev database that it starts itself, whatever devDB says. */
type DevDatabaseFields<Spec extends { [Name in DevFields]?: unknown }> =
  | (Pick<Spec, "devURL" | "devURLFrom"> & { devDB?: "state devURL or devURLFrom beside devDB" })
  | AnyOf<"devDB needs devURL or devURLFrom beside it", Pick<Spec, DevFields>, "devURL" | "devURLFrom">;

interface DesiredState {
  /** The desired state of the schema: exactly one of its fields. */
  schema: OneOf<
    "state one desired state: sql, hcl, url or configMapKeyRef",
    Omit<generated.AtlasSchemaSpecSchema, "url"> & {
      /** A schema in Atlas Cloud, the only place that the operator reads by URL. */
      url?: `atlas://${string}`;
    }
  >;
}

interface MigrationDirectory {
  /** Where the migrations come from: exactly one of its fields. */
  dir: OneOf<
    "state one migration directory: configMapRef, local or remote",
    Pick<generated.AtlasMigrationSpecDir, "local"> & {
      /** A ConfigMap with one key for each migration file, atlas.sum included. */
      configMapRef?: Filled<generated.AtlasMigrationSpecDir["configMapRef"]>;
      /** A directory in the Atlas Cloud registry. */
      remote?: generated.AtlasMigrationSpecDirRemote & { name: string };
    }
  >;
}

/** The desired state: SQL or HCL in place, a ConfigMap's file, or a schema in Atlas Cloud. */
export type AtlasSchemaSpecSchema = DesiredState["schema"];

/** Where the migrations come from: a ConfigMap, the object itself, or Atlas Cloud. */
export type AtlasMigrationSpecDir = MigrationDirectory["dir"];

/** A spec with the sentence that says what it cannot be without. */
type SpecOf<_Why extends string, Own, Spec extends { [Name in TargetFields | DevFields]?: unknown }> = Omit<
  Spec,
  TargetFields | DevFields | keyof Own
> &
  Own &
  TargetDatabase<Spec> &
  DevDatabaseFields<Spec>;

/** Metadata of an object as a person writes it. What is applied again and again has a name. */
export type ObjectMeta = generated.NamedObjectMeta;

/** A database schema that the operator brings a database to and keeps it at, as a person writes it. */
export interface AtlasSchema extends Omit<generated.AtlasSchema, "metadata" | "spec"> {
  metadata: ObjectMeta;
  spec: SpecOf<"state one target database and the desired schema", DesiredState, generated.AtlasSchemaSpec>;
}

/** A directory of versioned migrations that the operator applies to a database, as a person writes it. */
export interface AtlasMigration extends Omit<generated.AtlasMigration, "metadata" | "spec"> {
  metadata: ObjectMeta;
  spec: SpecOf<
    "state one target database and the migration directory",
    MigrationDirectory,
    generated.AtlasMigrationSpec
  >;
}

/** The target database, its desired schema, and how changes are made. */
export type AtlasSchemaSpec = AtlasSchema["spec"];

/** The target database, the migrations, and how they are applied. */
export type AtlasMigrationSpec = AtlasMigration["spec"];
