import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { OutputFile } from "../emit/output-file.ts";
import type { Differences } from "../emit/write.ts";
import { isObject, wordIn } from "../model/schema.ts";
import { InputError } from "../problem.ts";
import { jsonIn } from "./json-text.ts";

/** Where a package keeps which of its files were generated, and what they were. */
export const recordFile = ".crd-codegen.json";

/** What is to be written of a package, and what is left as it is. */
export interface Plan extends Differences {
  /** Files that are not as they were generated, and stay. */
  readonly kept: readonly string[];
}

/**
 * What of a package's files differs from those on disk. What somebody else has written there is never replaced.
 *
 * @param shared files that somebody may have changed: then they stay, but for package.json, which is given with these changes.
 * @throws InputError that names each file in the way.
 */
export function planOf(folder: string, files: readonly OutputFile[], shared: readonly OutputFile[]): Plan {
  const record = readRecord(folder);
  const contents = new Map<string, string | undefined>();
  const contentOf = (path: string): string | undefined => {
    if (!contents.has(path)) contents.set(path, readOwnFile(join(folder, path)));
    return contents.get(path);
  };
  const isOurs = (path: string): boolean => {
    const content = contentOf(path);
    return content === undefined || record.get(path) === hash(content);
  };
  const differs = ({ path, content }: OutputFile): boolean => contentOf(path) !== content;
  const isForeign = (file: OutputFile): boolean =>
    isMerged(file) ? !record.has(file.path) && contentOf(file.path) !== undefined : !isOurs(file.path);
  const foreign = [...files, ...shared.filter(isMerged)].filter((file) => differs(file) && isForeign(file));
  if (foreign.length > 0)
    throw new InputError(
      foreign.map(({ path }) => ({
        file: join(folder, path),
        ...(record.has(path)
          ? {
              code: "file-changed",
              what: "was changed since it was generated",
              fix: "Take the change back, or the file away",
            }
          : {
              code: "output-occupied",
              what: "is there, and was not generated",
              fix: "Name another folder, or move it away",
            }),
      })),
    );
  const free = shared.filter((file) => isMerged(file) || isOurs(file.path));
  const wanted = [...files, ...free];
  const paths = new Set([...files, ...shared].map(({ path }) => path));
  const gone = [...record.keys()].filter((path) => !paths.has(path) && contentOf(path) !== undefined);
  const after = { path: recordFile, content: filesRecord([...wanted, ...lasting(shared, free, record)]) };
  return {
    changed: [...wanted.filter(differs), ...(differs(after) ? [after] : [])],
    extra: gone.filter(isOurs),
    kept: [
      ...gone.filter((path) => !isOurs(path)),
      ...shared.filter((file) => !free.includes(file) && differs(file)).map(({ path }) => path),
    ],
  };
}

/** Whether a file is given with what somebody has written there. */
const isMerged = ({ path }: OutputFile): boolean => path === "package.json";

/** What is recorded of files that stay as somebody has written them: what it was. */
const lasting = (
  shared: readonly OutputFile[],
  free: readonly OutputFile[],
  record: ReadonlyMap<string, string>,
): Hashed[] =>
  shared
    .filter((file) => !free.includes(file))
    .flatMap(({ path }) => {
      const sha256 = record.get(path);
      return sha256 === undefined ? [] : [{ path, sha256 }];
    });

interface Hashed {
  readonly path: string;
  readonly sha256: string;
}

const filesRecord = (files: readonly (OutputFile | Hashed)[]): string => {
  const entries = files.map(
    (file) => [file.path, "sha256" in file ? file.sha256 : hash(file.content)] as const,
  );
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ files: Object.fromEntries(sorted) }, null, 2)}\n`;
};

function readRecord(folder: string): ReadonlyMap<string, string> {
  const text = readOwnFile(join(folder, recordFile));
  if (text === undefined) return new Map();
  const file = join(folder, recordFile);
  const value = jsonIn(text);
  const files = isObject(value) ? value["files"] : undefined;
  // It may have come with a repository of somebody else's: what lies outside of the folder is none of its files.
  if (
    !isObject(files) ||
    Object.keys(files).some((path) => isAbsolute(path) || path.split(/[\\/]/).includes(".."))
  )
    throw new InputError([
      {
        code: "package-malformed",
        file,
        what: "is not a record of this command",
        fix: "Restore it, or remove it, and then what it made",
      },
    ]);
  return new Map(Object.keys(files).map((path) => [path, wordIn(files, path)]));
}

const readOwnFile = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, "utf8") : undefined;

const hash = (content: string): string => createHash("sha256").update(content).digest("hex");
