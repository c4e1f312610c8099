import { join, resolve } from "node:path";
import { bytesOf, documentsOf, streamOf, type Format, type RenderedDocument } from "../document.ts";
import { listEnvironments } from "../environments.ts";
import { replaceFolders, staleFiles } from "../output-folder.ts";
import { mark, type FolderContent } from "../rendered-folder.ts";
import { renderEnvironments, type Rendering } from "../rendering.ts";
import { findRepository } from "../repository.ts";
import { selectEnvironments } from "../selection.ts";

/** What `atlas-render render` is asked for. */
export interface RenderRequest {
  /** The environments; none means all. */
  readonly names: readonly string[];
  /** A folder, `-` for stdout, or undefined for `dist/manifests`. */
  readonly output: string | undefined;
  readonly format: Format;
  /** Whether every object is held against its schema. */
  readonly validate: boolean;
  /** Whether to write nothing and to list the files that are stale. */
  readonly check: boolean;
  readonly environments: string | undefined;
}

/**
 * Renders environments into folders, or returns them as one stream, or the names of the files that are stale.
 *
 * @throws {InputError} with everything that is wrong; nothing is written then.
 */
export async function render({
  names,
  output,
  format,
  validate,
  check,
  environments,
}: RenderRequest): Promise<string | Iterable<string | Uint8Array>> {
  const { environments: selected, complete } = await selectEnvironments(
    names,
    listEnvironments(environments),
  );
  const renderings = renderEnvironments(selected, { validate });
  if (output === "-") return streamOf(await documentsOfAll(renderings, format), format);
  const folder = output === undefined ? join(findRepository().root, "dist/manifests") : resolve(output);
  const folders = foldersOf(renderings, folder, format);
  if (check) return reportStale(await staleFiles(folders, folder, complete));
  await replaceFolders(folders, folder, complete);
  return "";
}

async function documentsOfAll(renderings: AsyncIterable<Rendering>, format: Format) {
  const all: (readonly RenderedDocument[])[] = [];
  for await (const { objects, namespace } of renderings) all.push(documentsOf(objects, format, namespace));
  return all;
}

async function* foldersOf(renderings: AsyncIterable<Rendering>, output: string, format: Format) {
  for await (const { name, objects, namespace } of renderings) {
    const content = folderContent(name, documentsOf(objects, format, namespace));
    yield [join(output, name), content] as const;
  }
}

/** One stale file a line, and exit code 1 when there is any: a difference is no failure. */
function reportStale(files: readonly string[]): string {
  if (files.length > 0) process.exitCode = 1;
  return files.map((file) => `${file}\n`).join("");
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
  return new Map([
    ["kustomization.yaml", bytesOf(kustomization)],
    ...documents.map(({ file, text }): [string, Uint8Array] => [file, bytesOf(text)]),
  ]);
}
