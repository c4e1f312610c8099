import { bytesOf } from "../grammar.ts";
import { directory } from "../kustomize-grammar.ts";
import { importFiles } from "../kustomize-import.ts";

/** A Kustomize directory that bytes choose from a grammar: nearly right, so that what comes after reading is reached. */
export async function fuzz(data: Buffer): Promise<void> {
  await importFiles(directory(bytesOf(data)));
}
