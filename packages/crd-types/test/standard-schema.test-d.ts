import type { AtlasSchema } from "@atlas/crd-types";
import { atlasSchema } from "@atlas/crd-types/validators";
import type { StandardSchemaV1 } from "@standard-schema/spec";

export const schema: StandardSchemaV1<AtlasSchema> = atlasSchema;
export const output = (value: StandardSchemaV1.InferOutput<typeof atlasSchema>): AtlasSchema => value;
