export type * from "./generated/types.ts";
export type {
  AtlasMigration,
  AtlasMigrationSpec,
  AtlasMigrationSpecDir,
  AtlasSchema,
  AtlasSchemaSpec,
  AtlasSchemaSpecSchema,
  Credentials,
  ObjectMeta,
} from "./constraints.ts";
export { inlinePassword, secretKey, type InlinePassword } from "./secret.ts";
