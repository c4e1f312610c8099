import { resolve } from "node:path";
import { importKustomize, verdictsOn, type ImportRequest } from "@atlas/import-kustomize";
import { displayPath } from "@atlas/input";
import { reportNotes } from "../report/report.ts";
import { say } from "../terminal/say.ts";

/**
 * Turns a Kustomize directory into sources on `@atlas/compose`, and proves that they come to the same objects. Returns a
 * line for each base and overlay, and one for each difference. The exit code is 1 with differences, and where `--partial` has
 * left something.
 *
 * @throws {InputError} with everything that cannot be imported; nothing is written then.
 */
export async function importFolder(request: ImportRequest): Promise<string> {
  const { layers, notes, isOther, isWhole } = await importKustomize(request);
  await reportNotes(notes);
  const target = displayPath(resolve(request.output));
  say(`atlas-render: ${isOther ? "written to" : "unchanged:"} ${target}\n`);
  if (!isWhole) process.exitCode = 1;
  return layers
    .flatMap(verdictsOn)
    .map((line) => `${line}\n`)
    .join("");
}
