import { importTexts } from "../crd-import.ts";

/** Two files of CRDs as text, one imported over the other; `====` on a line of its own stands between them. */
export async function fuzz(data: Buffer): Promise<void> {
  const [before = "", after = before] = data.toString().split("\n====\n");
  await importTexts(before, after);
}
