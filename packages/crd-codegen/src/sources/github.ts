import type { Text } from "../read/documents.ts";
import { filesInArchive } from "./archive.ts";
import { crdTexts } from "./crd-texts.ts";

const githubForm = /^github:([\w.-]+)\/([\w.-]+)@([^:\s]+)(?::(.+))?$/;

/** Whether a source is in a repository on GitHub, by its beginning. */
export const isGithub = (source: string): boolean => source.startsWith("github:");

/**
 * Where the archive of a repository at a tag, branch or commit is handed out to anybody.
 *
 * @throws an error when the source is not `github:OWNER/REPOSITORY@TAG[:PATH]`.
 * @example
 * archiveOf("github:cert-manager/cert-manager@v1.16.2:deploy/crds").href;
 * // "https://github.com/cert-manager/cert-manager/archive/v1.16.2.tar.gz"
 */
export function archiveOf(source: string, github = "https://github.com"): URL {
  const [, owner, repository, tag] = githubForm.exec(source) ?? [];
  if (owner === undefined || repository === undefined || tag === undefined)
    throw new Error("it is not of the form github:OWNER/REPOSITORY@TAG[:PATH]");
  const steps = [owner, repository, "archive", ...tag.split("/")];
  // A URL would take these for a way to another repository.
  if (steps.some((step) => /^\.{0,2}$/.test(step))) throw new Error(`its tag ${tag} is not one that Git has`);
  const path = steps.map(encodeURIComponent).join("/");
  return new URL(`${github}/${path}.tar.gz`);
}

/** The CRDs of a repository's archive, below the path that the source names, if it names one. */
export async function readGithub(source: string, archive: Uint8Array): Promise<Text[]> {
  const path = githubForm.exec(source)?.[4]?.replaceAll(/^\/+|\/+$/g, "");
  const files = (await filesInArchive(archive)).map(({ file, text }) => ({
    // All lies in a folder that is called after the repository and tag.
    file: file.replace(/^[^/]+\//, ""),
    text,
  }));
  if (path === undefined) return crdTexts(files, source);
  const below = files.filter(({ file }) => file === path || file.startsWith(`${path}/`));
  if (below.length === 0) throw new Error(`it has no YAML file at or below ${path}`);
  return crdTexts(below, source.slice(0, source.indexOf(":", "github:".length)));
}
