import { fstatSync } from "node:fs";
import { join } from "node:path";
import { displayPath } from "@atlas/input";
import { bytesOf, documentsOf, type Format, type RenderedDocument, type TextOf } from "./document.ts";
import { replaceFolders, staleFiles, type OutputWork } from "./output-folder.ts";
import { kustomizationName, markLine, setLine, type FolderContent } from "./rendered-folder.ts";
import { printableLine } from "../terminal/printable.ts";
import type { Rendering } from "../rendering/rendering.ts";
import { say } from "../terminal/say.ts";

export { environmentSet } from "../environments/environment-set.ts";

/** Environments on their way into folders. */
export interface FolderWork extends Omit<OutputWork, "folders"> {
  readonly renderings: AsyncIterable<Rendering>;
  readonly format: Format;
  readonly text: TextOf | undefined;
}

/** Replaces the folders of environments, all of them or none, and says on a terminal what was written and where. */
export async function writeFolders(work: FolderWork): Promise<void> {
  const counts = new Map<string, number>();
  const changed = await replaceFolders({ ...work, folders: foldersOf(work, counts) });
  if (isTerminal()) for (const line of writtenLines(work.output, counts, changed)) say(`${line}\n`);
}

/** Whether a person may read stderr. To ask node:tty loads all that Node needs for terminals. */
const isTerminal = (): boolean => fstatSync(2).isCharacterDevice();

const countedObjects = (count: number): string => `${count} object${count === 1 ? "" : "s"}`;

/** More environments than these are told in one line. */
const few = 10;

/**
 * What has become of the environments.
 *
 * @param counts the objects of each.
 * @param changed those whose folders are not as they were.
 */
export function writtenLines(
  output: string,
  counts: ReadonlyMap<string, number>,
  changed: ReadonlySet<string>,
): readonly string[] {
  if (counts.size > few) {
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const where = printableLine(displayPath(output));
    return [`wrote ${changed.size} of ${counts.size} environments into ${where}: ${countedObjects(all)}`];
  }
  return [...counts].map(([name, count]) => {
    const folder = printableLine(displayPath(join(output, name)));
    return changed.has(name)
      ? `wrote ${folder}: ${countedObjects(count)}`
      : `${folder} is up to date: ${countedObjects(count)}`;
  });
}

/** The files that would change. */
export function staleFilesIn(work: FolderWork): Promise<readonly string[]> {
  return staleFiles({ ...work, folders: foldersOf(work) });
}

async function* foldersOf(
  { renderings, set, format, text }: FolderWork,
  counts: Map<string, number> = new Map(),
) {
  for await (const rendering of renderings) {
    counts.set(rendering.name, rendering.objects.length);
    const content = folderContent(rendering.name, set, documentsOf(rendering, format, text));
    yield [rendering.name, content] as const;
  }
}

/** The documents and the kustomization that names them, in the order in which they can be applied. */
function folderContent(name: string, set: string, documents: readonly RenderedDocument[]): FolderContent {
  const kustomization = [
    markLine(name),
    "apiVersion: kustomize.config.k8s.io/v1beta1",
    "kind: Kustomization",
    documents.length > 0 ? "resources:" : "resources: []",
    ...documents.map(
      ({ file }) => `  - ${/^[a-z]/.test(file) && !file.includes("%") ? file : JSON.stringify(file)}`,
    ),
    setLine(set),
    "",
  ].join("\n");
  const content = new Map([
    [kustomizationName, bytesOf(kustomization)],
    ...documents.map(({ file, text }): [string, Uint8Array] => [file, bytesOf(text)]),
  ]);
  // Each object has a file of its own, or one would be lost without a word.
  if (content.size !== documents.length + 1)
    throw new Error(`${documents.length} objects of "${name}" have ${content.size - 1} files`);
  return content;
}
