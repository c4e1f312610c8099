import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFolder } from "@atlas/files/package-folder";
import { findingsOf, type Finding } from "@atlas/input";

/** What an import has to say when it is done: problems stop it, notes do not. */
export interface Log {
  /** The folder that is imported: the sources name files of it as seen from there. */
  readonly root: string;
  readonly problems: Finding[];
  /** What was left out, because it changed nothing. */
  readonly notes: Finding[];
  /** What the sources have no words for: its outcome is taken from what Kustomize builds. */
  readonly effects: Effect[];
}

/** Something that a kustomization says and the sources cannot: `vars`, `configurations`, a patch that renames. */
export interface Effect extends SourcePlace {
  /** What says it: `vars`. */
  readonly what: string;
  /** The kustomization's file. */
  readonly by: string;
  /** Whether the sources say it, too, as far as it may reach. */
  readonly isSaid?: boolean;
}

/** A log of the problems of one kustomization; the rest is said together. */
export const ownLog = (log: Log): Log => ({ ...log, problems: [] });

/** A place in a file of the source. */
export interface SourcePlace {
  readonly file: string;
  readonly line?: number;
}

/** How the sources name a place, wherever they were imported. */
export function sourcePlace({ file, line }: SourcePlace, { root }: Log): string {
  const path = relative(root, resolve(file)).replaceAll("\\", "/");
  return line === undefined ? path : `${path}:${line}`;
}

/** Takes note of something, once. */
export function note(log: Log, finding: Finding): void {
  const isKnown = log.notes.some(
    ({ file, line, object, what }) =>
      file === finding.file && line === finding.line && object === finding.object && what === finding.what,
  );
  if (!isKnown) log.notes.push(finding);
}

/** Does something that may fail in ways that the user can fix; then its problems are those of the place. */
export function attempt<T>(log: Log, place: SourcePlace, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    const found = findingsOf(error) ?? [unreadable(error)];
    for (const finding of found) log.problems.push({ ...place, ...withoutOwnPlaces(finding) });
    return undefined;
  }
}

/** The folders of these modules, wherever they have been bundled to. */
const ownFolders = ["src", "dist"].map((name) => join(packageFolder(import.meta.dirname), name, sep));

/** A finding without what lies in these modules, which make the statements of a source in its stead. */
export function withoutOwnPlaces({ places = [], ...finding }: Finding): Finding {
  const others = places.filter(({ file }) => !isOwnModule(file) && !isStagedFile(file));
  return { ...finding, ...(others.length > 0 && { places: others }) };
}

function isOwnModule(file: string): boolean {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return ownFolders.some((folder) => path.startsWith(folder));
}

/** Whether a file is yet to be written, or lies in a folder that is yet to be put into its place. */
const isStagedFile = (file: string): boolean =>
  file.startsWith("memory:") || /[\\/]\.atlas-[^\\/]+[\\/]/.test(file);

/** What the file system has against a file is for the user to fix. */
function unreadable(error: unknown): Finding {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return {
    code: "file-not-readable",
    what: `it cannot be read: ${message}`,
    expected: "a file that can be read",
    fix: "check the path",
  };
}
