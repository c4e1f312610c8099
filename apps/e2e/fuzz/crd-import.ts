import { apiChanges } from "../../../packages/crd-codegen/src/api/api-change.ts";
import { changesetOf, formatReport } from "../../../packages/crd-codegen/src/api/api-report.ts";
import { apiOf } from "../../../packages/crd-codegen/src/api/api.ts";
import { generate } from "../../../packages/crd-codegen/src/generate.ts";
import { importCrds } from "../../../packages/crd-codegen/src/import-crds.ts";
import { readModel } from "../../../packages/crd-codegen/src/read/model.ts";
import { formatProblem, InputError } from "../../../packages/crd-codegen/src/problem.ts";
import type { OutputFile } from "../../../packages/crd-codegen/src/emit/output-file.ts";
import { BrokenContract, hold } from "./contract.ts";
import { checkSyntax } from "./typescript-syntax.ts";

const problems = (error: unknown): unknown =>
  error instanceof InputError ? error.problems.map(formatProblem) : undefined;

/**
 * Imports a CRD, then another over it, and generates what there is of both, as `crd-types:import` and `:generate` do. What
 * the importer writes the generator reads, so that a refusal there is a finding.
 */
export async function importTexts(before: string, after: string): Promise<void> {
  let imported: readonly OutputFile[] = [];
  await hold(() => {
    const first = importCrds([{ file: "before.yaml", text: before }], { crds: [], definitions: {} });
    const earlier = readBack(first);
    const second = importCrds([{ file: "after.yaml", text: after }], earlier);
    const changes = apiChanges(apiOf(earlier), apiOf(readBack(second)));
    imported = second;
    return [second, formatReport(changes), changesetOf(changes, "fuzz")];
  }, problems);
  if (imported.length === 0) return;
  const generated = await generate(textsOf(imported));
  for (const { path, content } of generated) if (path.endsWith(".ts")) checkSyntax(path, content);
}

const textsOf = (files: readonly OutputFile[]) =>
  files.map(({ path, content }) => ({ file: path, text: content }));

function readBack(files: readonly OutputFile[]): ReturnType<typeof readModel> {
  try {
    return readModel(textsOf(files));
  } catch (error) {
    throw new BrokenContract(`what was imported cannot be read: ${String(error)}`);
  }
}
