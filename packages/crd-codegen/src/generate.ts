import { emitApi } from "./api/api-file.ts";
import { emitCrds } from "./emit/crds.ts";
import { emitJsonSchemas } from "./emit/json-schemas.ts";
import { emitTypes } from "./emit/types.ts";
import { emitValidators } from "./emit/validators.ts";
import type { Model } from "./model/model.ts";
import { readModel } from "./read/model.ts";
import type { Text } from "./read/documents.ts";
import type { OutputFile } from "./emit/write.ts";

/** The folders that hold nothing but generated files. */
export const generatedFolders: readonly string[] = ["api", "manifests", "schemas", "src/generated"];

const header = "// Generated from crds/ by crd-codegen. Do not edit.\n";

/**
 * All that is made from compact sources, in the order of the paths. The same sources give the same files.
 *
 * @throws InputError with every problem of the sources.
 */
export async function generate(texts: readonly Text[]): Promise<readonly OutputFile[]> {
  return generateFrom(readModel(texts));
}

/** All that is made from a model, in the order of the paths. */
export async function generateFrom(model: Model): Promise<readonly OutputFile[]> {
  const files = [
    ...(await emitTypes(model, header)),
    ...emitJsonSchemas(model),
    ...emitCrds(model, header),
    ...emitValidators(model, header),
    emitApi(model),
  ];
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
