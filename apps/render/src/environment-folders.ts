import { join } from "node:path";
import { bytesOf, documentsOf, type Format, type RenderedDocument, type TextOf } from "./document.ts";
import { replaceFolders, staleFiles } from "./output-folder.ts";
import { mark, type FolderContent } from "./rendered-folder.ts";
import type { Rendering } from "./rendering.ts";
import type { Selection } from "./selection.ts";

/** Environments on their way into folders. */
export interface FolderWork {
  readonly renderings: AsyncIterable<Rendering>;
  /** The folder in which each environment has its own. */
  readonly folder: string;
  readonly format: Format;
  readonly text: TextOf | undefined;
  readonly complete: Selection["complete"];
}

/** Replaces the folders of environments, all of them or none. */
export async function writeFolders(work: FolderWork): Promise<void> {
  await replaceFolders(foldersOf(work), work.folder, work.complete);
}

/** The files that would change. */
export function staleFilesIn(work: FolderWork): Promise<readonly string[]> {
  return staleFiles(foldersOf(work), work.folder, work.complete);
}

async function* foldersOf({ renderings, folder, format, text }: FolderWork) {
  for await (const rendering of renderings) {
    const content = folderContent(rendering.name, documentsOf(rendering, format, text));
    yield [join(folder, rendering.name), content] as const;
  }
}

/** The documents and the kustomization that names them, in the order in which they can be applied. */
function folderContent(name: string, documents: readonly RenderedDocument[]): FolderContent {
  const kustomization = [
    `${mark} Changes made here are lost: change the environment "${name}" instead.`,
    "apiVersion: kustomize.config.k8s.io/v1beta1",
    "kind: Kustomization",
    documents.length > 0 ? "resources:" : "resources: []",
    ...documents.map(
      ({ file }) => `  - ${/^[a-z]/.test(file) && !file.includes("%") ? file : JSON.stringify(file)}`,
    ),
    "",
  ].join("\n");
  const content = new Map([
    ["kustomization.yaml", bytesOf(kustomization)],
    ...documents.map(({ file, text }): [string, Uint8Array] => [file, bytesOf(text)]),
  ]);
  // Each object has a file of its own, or one would be lost without a word.
  if (content.size !== documents.length + 1)
    throw new Error(`${documents.length} objects of "${name}" have ${content.size - 1} files`);
  return content;
}
