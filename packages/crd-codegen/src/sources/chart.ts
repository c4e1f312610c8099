import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Text } from "../read/documents.ts";
import { crdTexts } from "./crd-texts.ts";
import { runProgram } from "./program.ts";

/** Whether a folder is a Helm chart. */
export const isChart = (folder: string): boolean => existsSync(join(folder, "Chart.yaml"));

/**
 * The CRDs of a Helm chart: those in its `crds/`, and those among its templates, which Helm renders with the chart's own
 * values where it is on the PATH.
 *
 * @param onNote is told when there are templates of CRDs and no Helm.
 */
export async function renderChart(
  folder: string,
  name: string,
  files: readonly Text[],
  onNote: (note: string) => void = () => {},
): Promise<Text[]> {
  const isTemplated = files.some(
    ({ file, text }) => file.startsWith("templates/") && text.includes("CustomResourceDefinition"),
  );
  if (!isTemplated) return crdTexts(files, name);
  const ran = await runProgram("helm", ["template", "crd-codegen", folder]);
  if ("isMissing" in ran) {
    onNote(`${name}: its templates hold CRDs, too, which only helm can render, and it is not on the PATH`);
    return crdTexts(files, name);
  }
  const rendered = { file: `${name}/templates`, text: ran.stdout };
  const has = files.some(
    ({ file, text }) => file.startsWith("crds/") && text.includes("CustomResourceDefinition"),
  );
  return [...(has ? crdTexts(files, name) : []), rendered];
}
