import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isKind, type ApiChange } from "./api-change.ts";

/** A file that declares objects of a changed kind, and the changed fields that it names. */
export interface AffectedFile {
  readonly file: string;
  readonly kinds: readonly string[];
  readonly fields: readonly string[];
}

/** The folder above that keeps changesets: the workspace; undefined outside of one. */
export function workspaceOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".changeset"))) return folder;
  return dirname(folder) === folder ? undefined : workspaceOf(dirname(folder));
}

const skipped = new Set(["node_modules", "dist", "generated", ".git", ".nx", "coverage"]);

/**
 * The sources of a workspace that declare objects of the changed kinds, outside of the package of the types itself.
 *
 * @param own the folder of the package of the types.
 * @param parts the names of all kinds: where a shared definition has changed, each may be affected.
 *
 * A file counts when it names the kind as one (in its `kind`, or by an import of its type), a field when it stands there
 * as a key; which values it has is for the type check and the validator to say.
 */
export function affectedFiles(
  workspace: string,
  own: string,
  changes: readonly ApiChange[],
  parts: readonly string[],
): readonly AffectedFile[] {
  const isShared = changes.some(({ part }) => !isKind(part));
  const names = parts.filter((part) => isShared || changes.some((change) => change.part === part));
  const kinds = [...new Set(names.map((part) => part.split(" ")[0] ?? ""))];
  // A definition's field has a name that stands in many places: only one that breaks is worth a look.
  const notable = changes.filter(({ part, bump }) => isKind(part) || bump === "major");
  const fields = [...new Set(notable.map(({ path }) => path).filter((path) => path !== ""))];
  const files = globSync("**/*.{ts,mts,yaml,yml,json}", {
    cwd: workspace,
    exclude: (name) => skipped.has(name.split(/[\\/]/).at(-1) ?? ""),
  });
  return files.toSorted().flatMap((file) => {
    if (!relative(own, join(workspace, file)).startsWith("..")) return [];
    const text = readFileSync(join(workspace, file), "utf8");
    const found = kinds.filter((name) => declares(text, name));
    if (found.length === 0) return [];
    return [{ file, kinds: found, fields: fields.filter((path) => isFieldNamed(text, path)) }];
  });
}

const escapedPattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

function declares(text: string, kind: string): boolean {
  return new RegExp(
    `\\bkind["']?\\s*:\\s*["']?${escapedPattern(kind)}\\b(?!\\w)|import[^;]*\\b${escapedPattern(kind)}\\b[^;]*from`,
  ).test(text);
}

function isFieldNamed(text: string, path: string): boolean {
  const names = path.split(/[.[\]{}]+/).filter(Boolean);
  return names.every((name) => new RegExp(`(?<![\\w$])["']?${escapedPattern(name)}["']?\\s*:`).test(text));
}

/**
 * The affected files for people, those that name a changed field first. The others are named where a change breaks, as one of
 * them may lack a field that is required now; else it is said how many there are.
 */
export function formatAffected(files: readonly AffectedFile[], isBreaking: boolean): string {
  if (files.length === 0) return "No file of this workspace declares an object of these kinds.\n";
  const naming = files.filter(({ fields }) => fields.length > 0);
  const others = files.filter(({ fields }) => fields.length === 0);
  const lines = [
    ...naming.map(({ file, kinds, fields }) => `${file}: ${kinds.join(", ")}; names ${fields.join(", ")}`),
    ...(isBreaking
      ? others.map(({ file, kinds }) => `${file}: ${kinds.join(", ")}; names no changed field`)
      : others.length === 0
        ? []
        : [`${others.length}${naming.length > 0 ? " more" : ""} that name no changed field`]),
  ];
  return `Files of this workspace that declare objects of these kinds:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
