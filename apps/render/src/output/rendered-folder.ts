import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { displayPath, InputError, type Finding } from "@atlas/input";
import { printable, printableLine } from "../terminal/printable.ts";

/** The name of the file that lists the others. */
export const kustomizationName = "kustomization.yaml";

/** A folder's files, by name. */
export type FolderContent = ReadonlyMap<string, Uint8Array>;

/** Whose a folder is: the set of environments, as `environmentSet` names it, and the environment in it. */
export interface Mark {
  readonly environment: string;
  /** Undefined where a render of before there were marks of sets has written it: it is anyone's who renders it. */
  readonly set: string | undefined;
}

/** The first line of a rendered folder's kustomization. */
export const markLine = (environment: string): string =>
  `# Rendered by atlas-render. Changes made here are lost: change the environment ${quote(environment)} instead.`;

/** The last line; only a folder that has its own two is ever replaced or removed. */
export const setLine = (set: string): string => `# It belongs to the environments of ${quote(set)}.`;

/** A name as JSON, in which nothing ends the line of a comment. */
const quote = (name: string): string => printable(JSON.stringify(name));

const quotedText = /"(?:[^"\\]|\\.)*"/;

function markIn(kustomization: Uint8Array | undefined): Mark | undefined {
  const lines = kustomization ? Buffer.from(kustomization).toString("utf8").trimEnd().split(/\r?\n/) : [];
  const [first = "", last = ""] = [lines[0], lines.at(-1)];
  const environment = markedName(first);
  if (environment === undefined || first !== markLine(environment)) return undefined;
  const set = markedName(last);
  return { environment, set: set !== undefined && last === setLine(set) ? set : undefined };
}

function markedName(line: string): string | undefined {
  try {
    const name: unknown = JSON.parse(quotedText.exec(line)?.[0] ?? "");
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}

/** A folder's files; none when there is no folder. */
export function readFolder(folder: string): FolderContent {
  refuseOther(folder);
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { withFileTypes: true }).map((entry) => [
      entry.name,
      entry.isFile() ? readFileSync(join(folder, entry.name)) : new Uint8Array(),
    ]),
  );
}

/** @throws {InputError} when something is in the place of a folder: a file, or a symbolic link that leads elsewhere. */
export function refuseOther(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new InputError([{ ...foreign(folder), what: "the output is there, but is not a folder" }]);
}

/** @throws {InputError} when a folder holds something else than what was rendered for this environment. */
export function refuseForeign(folder: string, content: FolderContent, mark: Mark): void {
  if (content.size === 0) return;
  const found = markIn(content.get(kustomizationName));
  if (!found && isFleetOf(folder, mark)) return;
  const what = found ? strangeness(found, mark) : "the folder holds something else than rendered manifests";
  if (what !== undefined) throw new InputError([{ ...foreign(folder), what }]);
}

/** What tells a folder from that of an environment: another set has rendered it, or it was copied. */
function strangeness(found: Mark, { environment, set }: Mark): string | undefined {
  if (found.set !== undefined && found.set !== set)
    return `the folder belongs to another set of environments: ${found.set}`;
  return found.environment === environment
    ? undefined
    : `the folder was rendered for another environment, ${found.environment}, and copied or renamed`;
}

const foreign = (target: string) => ({
  code: "output-foreign" as const,
  file: target,
  expected: "a folder that atlas-render has written for this environment, or none",
  fix: "choose another --output, or move it away",
});

/** Whether a folder was rendered for this very environment, or is that of a fleet and holds its members alone. */
export const isOwn = (folder: string, mark: Mark): boolean =>
  isMarked(folder, mark) || isFleetOf(folder, mark);

/** Whether a folder's kustomization says that it was rendered for this very environment. */
export function isMarked(folder: string, { environment, set }: Mark): boolean {
  const found = markOf(folder);
  return found !== undefined && found.set === set && found.environment === environment;
}

function isFleetOf(folder: string, { environment, set }: Mark): boolean {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return (
    entries.length > 0 &&
    entries.every(
      ({ name }) =>
        strangeMember(join(folder, name), { environment: `${environment}/${name}`, set }) === undefined,
    )
  );
}

function strangeMember(folder: string, mark: Mark): string | undefined {
  const found = lstatSync(folder).isDirectory() ? markOf(folder) : undefined;
  return found ? strangeness(found, mark) : "none";
}

function markOf(folder: string): Mark | undefined {
  const file = join(folder, kustomizationName);
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true
    ? markIn(readFileSync(file))
    : undefined;
}

/**
 * @throws {InputError} when something else is to be written into rendered folders, or into folders in them: a render replaces these as a whole, and
 * refuses to as long as it is there.
 */
export function refuseRendered(folders: Iterable<string>): void {
  const findings = [...new Set([...folders].flatMap(withFoldersAround))].flatMap((folder): Finding[] => {
    const found = markOf(folder);
    if (!found) return [];
    return [
      {
        ...foreign(displayPath(folder)),
        what: `the folder is that of the environment ${JSON.stringify(found.environment)}, which a render replaces as a whole`,
        expected: "a folder that nothing is rendered into",
      },
    ];
  });
  if (findings.length > 0) throw new InputError(findings);
}

function withFoldersAround(folder: string): string[] {
  const around = dirname(folder);
  return around === folder ? [folder] : [folder, ...withFoldersAround(around)];
}

/**
 * @throws {InputError} when rendered folders, or those of fleets, hold something beside the files that their
 * kustomizations list: somebody has put it there, and with the folder it would be gone.
 */
export function refuseUnlisted(folders: Iterable<string>): void {
  const findings = [...folders].flatMap(unlistedIn);
  if (findings.length > 0) throw new InputError(findings);
}

function unlistedIn(folder: string): Finding[] {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  if (!entries.some(({ name }) => name === kustomizationName))
    return entries.flatMap((entry) => (entry.isDirectory() ? unlistedIn(join(folder, entry.name)) : []));
  const listed = listedIn(readFileSync(join(folder, kustomizationName), "utf8"));
  const unlisted = entries.map(({ name }) => name).filter((name) => !listed.has(name) && !isStaged(name));
  if (unlisted.length === 0) return [];
  const shown = unlisted.slice(0, 5).map(printableLine).join(", ");
  const more = unlisted.length > 5 ? ` and ${unlisted.length - 5} more` : "";
  return [
    {
      file: folder,
      code: "output-foreign",
      what: `the folder holds what its ${kustomizationName} does not list: ${shown}${more}`,
      expected: "nothing but what was rendered, for the folder is replaced as a whole",
      fix: "move it out of the output",
    },
  ];
}

/** The members of a fleet that takes a folder over stand in it before they are in their places. */
const isStaged = (name: string): boolean => /^\.atlas-[0-9a-z]{16,}\.\d+$/.test(name);

/** The files that a rendered kustomization names, and its own. */
function listedIn(kustomization: string): ReadonlySet<string> {
  const names = kustomization.matchAll(/^ {2}- (.+?)\r?$/gm);
  return new Set([kustomizationName, ...[...names].map(([, name = ""]) => unquotedName(name))]);
}

function unquotedName(name: string): string {
  try {
    return name.startsWith('"') ? String(JSON.parse(name)) : name;
  } catch {
    return name;
  }
}

export const isSameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
