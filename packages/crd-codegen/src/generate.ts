import { emitApi } from "./api/api-file.ts";
import { emitCrds } from "./emit/crds.ts";
import { emitJsonSchemas } from "./emit/json-schemas.ts";
import { emitTypes } from "./emit/types.ts";
import { emitValidators } from "./emit/validators.ts";
import type { Model } from "./model/model.ts";
import { readModel } from "./read/model.ts";
import type { Text } from "./read/documents.ts";
import type { OutputFile } from "./emit/output-file.ts";

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

/** All that is made from a model, in the order of the paths. What validates can be made in another way. */
export async function generateFrom(
  model: Model,
  emitCode: (model: Model, header: string) => readonly OutputFile[] = emitValidators,
): Promise<readonly OutputFile[]> {
  const files = [
    ...(await emitTypes(model, header)),
    ...emitJsonSchemas(model),
    ...emitCrds(model, header),
    ...emitCode(model, header),
    emitApi(model),
  ];
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
