import { bytesOf, documentsOf, type Format, type RenderedDocument, type TextOf } from "./document.ts";
import { replaceFolders, staleFiles, type OutputWork } from "./output-folder.ts";
import { kustomizationName, markLine, setLine, type FolderContent } from "./rendered-folder.ts";
import type { Rendering } from "./rendering.ts";

export { environmentSet } from "./environment-set.ts";

/** Environments on their way into folders. */
export interface FolderWork extends Omit<OutputWork, "folders"> {
  readonly renderings: AsyncIterable<Rendering>;
  readonly format: Format;
  readonly text: TextOf | undefined;
}

/** Replaces the folders of environments, all of them or none. */
export async function writeFolders(work: FolderWork): Promise<void> {
  await replaceFolders({ ...work, folders: foldersOf(work) });
}

/** The files that would change. */
export function staleFilesIn(work: FolderWork): Promise<readonly string[]> {
  return staleFiles({ ...work, folders: foldersOf(work) });
}

async function* foldersOf({ renderings, set, format, text }: FolderWork) {
  for await (const rendering of renderings) {
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
