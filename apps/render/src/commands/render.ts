import { join, resolve } from "node:path";
import { bytesOf, documentsOf, streamOf, type Format, type RenderedDocument } from "../document.ts";
import { listEnvironments, selectEnvironments } from "../environments.ts";
import { mark, replaceFolders, staleFiles, type FolderContent } from "../output-folder.ts";
import { renderEnvironments } from "../rendering.ts";
import { findRepository } from "../repository.ts";

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
}: RenderRequest): Promise<string | Uint8Array> {
  const selected = selectEnvironments(names, listEnvironments(environments));
  const renderings = await renderEnvironments(selected, { validate });
  const documents = renderings.map(({ name, namespace, objects }) => ({
    name,
    documents: documentsOf(objects, format, namespace),
  }));
  if (output === "-")
    return streamOf(
      documents.flatMap((rendered) => rendered.documents),
      format,
    );
  const folder = output === undefined ? join(findRepository().root, "dist/manifests") : resolve(output);
  const folders = new Map(
    documents.map((rendered) => [join(folder, rendered.name), folderContent(rendered)]),
  );
  if (check) return reportStale(staleFiles(folders));
  replaceFolders(folders);
  return "";
}

/** One stale file a line, and exit code 1 when there is any: a difference is no failure. */
function reportStale(files: readonly string[]): string {
  if (files.length > 0) process.exitCode = 1;
  return files.map((file) => `${file}\n`).join("");
}

/** The documents and the kustomization that names them, in the order in which they can be applied. */
function folderContent({
  name,
  documents,
}: {
  name: string;
  documents: readonly RenderedDocument[];
}): FolderContent {
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
