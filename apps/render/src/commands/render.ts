import path from "node:path";
import { streamOf, textsOf, type Format, type RenderedDocument } from "../output/document.ts";
import { listEnvironments } from "../environments/environments.ts";
import type { Environment } from "../environments/environment.ts";
import type { FindingsFormat } from "../report/findings-report.ts";
import { printableLine } from "../terminal/printable.ts";
import { renderEnvironments, type OnNotes, type Validation } from "../rendering/rendering.ts";
import { findRepository } from "../environments/repository.ts";
import { selectEnvironments } from "../environments/selection.ts";

/** What `atlas-render render` is asked for. */
export interface RenderRequest {
  /** The environments; none means all. */
  readonly names: readonly string[];
  /** A folder, `-` for stdout, or undefined for `dist/manifests`. */
  readonly output: string | undefined;
  readonly format: Format;
  readonly validate: Validation;
  /** The version of Kubernetes that the environments are for; undefined where their layers say. */
  readonly kubernetesVersion: string | undefined;
  /** Whether to write nothing and to list the files that are stale. */
  readonly check: boolean;
  readonly environments: string | undefined;
  /** For whom what is found is written: a person on stderr, or a program on stdout. */
  readonly findings: "text" | FindingsFormat;
}

/**
 * Renders environments into folders, or returns them as one stream, or the names of the files that are stale.
 *
 * @throws {InputError} with everything that is wrong; nothing is written then.
 */
export async function render(request: RenderRequest): Promise<string | Iterable<string | Uint8Array>> {
  const { findings } = request;
  if (findings === "text") return rendered(request);
  const { findingsReport } = await import("../report/findings-report.ts");
  return findingsReport(findings, (onNotes) => rendered(request, onNotes));
}

async function rendered(
  request: RenderRequest,
  onNotes?: OnNotes,
): Promise<string | Iterable<string | Uint8Array>> {
  const { names, output, format, validate, kubernetesVersion, check, environments } = request;
  const folders = listEnvironments(environments);
  const { environments: selected, complete } = await selectEnvironments(names, folders);
  const others = async (): Promise<readonly Environment[]> => {
    const chosen = new Set(environmentNames(selected));
    const { environments: every } = await selectEnvironments([], folders);
    return every.filter(({ name }) => !chosen.has(name));
  };
  const renderings = renderEnvironments(selected, {
    validate,
    kubernetesVersion,
    onNotes,
    isKept: !check && output !== "-",
    ...(names.length > 0 && { others }),
  });
  const text =
    selected.length > 1 ? (await import("../output/remembered-text.ts")).rememberedText : undefined;
  if (output === "-") {
    const all: (readonly RenderedDocument["text"][])[] = [];
    for await (const rendering of renderings) all.push(textsOf(rendering, format, text));
    return streamOf(all, format);
  }
  const folder =
    output === undefined ? path.join(findRepository().root, "dist/manifests") : path.resolve(output);
  const { environmentSet, writeFolders, staleFilesIn } = await import("../output/environment-folders.ts");
  const set = environmentSet(environments, folder);
  const work = {
    renderings,
    output: folder,
    set,
    names: new Set(environmentNames(selected)),
    complete,
    format,
    text,
  };
  if (check) return reportStale(await staleFilesIn(work));
  await writeFolders(work);
  return "";
}

const environmentNames = (selected: readonly Environment[]): string[] => selected.map(({ name }) => name);

/** One stale file a line, and exit code 1 when there is any: a difference is no failure. */
function reportStale(files: readonly string[]): string {
  if (files.length > 0) process.exitCode = 1;
  return files.map((file) => `${printableLine(file)}\n`).join("");
}
