import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Changes } from "@atlas/files";
import { affectedFiles, formatAffected, workspaceOf } from "../api/affected.ts";
import { apiChanges, isKind, type ApiChange } from "../api/api-change.ts";
import { changesetOf, formatReport } from "../api/api-report.ts";
import { apiOf, type ApiPart } from "../api/api.ts";
import { compareFiles, writeFiles } from "../emit/write.ts";
import { compactCrds, compactFiles, type CrdImportOptions } from "../import-crds.ts";
import type { Model } from "../model/model.ts";
import type { Text } from "../read/documents.ts";
import { modelOf, readModel } from "../read/model.ts";
import { readInputs } from "../sources/sources.ts";
import { changeIn } from "./change.ts";
import { compactSourcesOf, sourceFiles } from "./compact-sources.ts";
import { generateCommand, packageJsonIn } from "./generate.ts";
import { noteToUser } from "./note.ts";

/** Makes compact sources of CRDs in a package, and says what changes in its API. @throws InputError */
export async function runImport(
  inputs: readonly string[],
  folder: string,
  options: CrdImportOptions,
): Promise<number> {
  const texts = await readInputs(inputs.length > 0 ? inputs : ["-"]);
  return changeIn(folder, (changes) => importInto(folder, texts, options, changes));
}

function importInto(
  folder: string,
  texts: readonly Text[],
  options: CrdImportOptions,
  files: Changes,
): number {
  const sources = join(folder, "crds");
  const earlier: Model = existsSync(sources)
    ? readModel(compactSourcesOf(folder))
    : { crds: [], definitions: {} };
  const compact = compactCrds(texts, earlier, {
    ...options,
    onOther: (file) => noteToUser(`passed over ${file}: it holds no CustomResourceDefinition`),
  });
  const imported = compactFiles(compact);
  const { changed } = compareFiles(sources, imported, []);
  // What was read and is not written again is a kind that is gone, or lies in a file of another name now.
  const written = new Set(imported.map(({ path }) => path));
  const extra = existsSync(sources) ? sourceFiles(folder).filter((name) => !written.has(name)) : [];
  const differences = { changed, extra };
  const after = apiOf(modelOf(compact.crds, compact.definitions));
  const changes = apiChanges(apiOf(earlier), after);
  writeFiles(files, sources, differences);
  for (const { path } of differences.changed) noteToUser(`wrote ${join(sources, path)}`);
  for (const path of differences.extra) noteToUser(`removed ${join(sources, path)}`);
  if (earlier.crds.length > 0) reportChanges(changes, after, folder, files);
  noteToUser(`Now describe new fields there, then: ${generateCommand(folder)}`);
  return 0;
}

/** Says what an import does to the API, and leaves a changeset for it. */
function reportChanges(
  changes: readonly ApiChange[],
  after: readonly ApiPart[],
  folder: string,
  files: Changes,
): void {
  process.stdout.write(formatReport(changes));
  const workspace = workspaceOf(resolve(folder));
  const name = packageName(folder);
  const changeset = changesetOf(changes, name ?? "");
  if (!changeset) return;
  if (workspace === undefined || name === undefined) {
    noteToUser(`no changeset was written: ${folder} is not a package of a workspace with .changeset`);
    return;
  }
  const affected = affectedFiles(
    workspace,
    resolve(folder),
    changes,
    after.map(({ name: part }) => part).filter(isKind),
  );
  process.stdout.write(
    formatAffected(
      affected,
      changes.some(({ bump }) => bump === "major"),
    ),
  );
  const written = { ...changeset, path: join(".changeset", changeset.path) };
  writeFiles(files, workspace, compareFiles(workspace, [written], []));
  noteToUser(`wrote ${join(workspace, written.path)}`);
}

function packageName(folder: string): string | undefined {
  const { name } = packageJsonIn(folder) ?? {};
  return typeof name === "string" ? name : undefined;
}
