import { bytesOf } from "../grammar.ts";
import { crd } from "../crd-grammar.ts";
import { importTexts } from "../crd-import.ts";

/** Two CRDs that bytes choose from a grammar: nearly right, so that what comes after reading is reached. */
export async function fuzz(data: Buffer): Promise<void> {
  const next = bytesOf(data);
  await importTexts(JSON.stringify(crd(next)), JSON.stringify(crd(next)));
}
