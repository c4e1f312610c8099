import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { download, DownloadError, printedSource, printedUrl, type Limits } from "@atlas/download";
import { InputError, type Problem } from "../problem.ts";
import type { Text } from "../read/documents.ts";
import { filesInArchive, isArchive } from "./archive.ts";
import { isChart, renderChart } from "./chart.ts";
import { readCluster } from "./cluster.ts";
import { archiveOf, isGithub, readGithub } from "./github.ts";
import { isOci, readOci } from "./oci.ts";
import { crdTexts } from "./crd-texts.ts";
import { recordFile } from "../product/own-files.ts";

/** The CRDs of a large project come to 12 MB. */
const sourceLimits: Limits = { milliseconds: 60_000, bytes: 32 * 1024 * 1024 };
/** A whole repository, packed: that of Kubernetes has 40 MB. */
const archiveLimits: Limits = { milliseconds: 300_000, bytes: 256 * 1024 * 1024 };

/** How sources are read, where it is not as everywhere. */
export interface ReadOptions {
  /** The folder that paths are relative to: the current one, unless it is said. */
  readonly folder?: string;
  /** How long the answer of a URL may take, and how large it may be. */
  readonly within?: Limits;
  /** Where GitHub hands out archives. */
  readonly github?: string;
  /** Is told what its user has to know. */
  readonly onNote?: (note: string) => void;
}

/** What a source has given. */
export interface SourceTexts {
  /** As it was named, without what may be secret. */
  readonly from: string;
  readonly texts: readonly Text[];
  /** Of what the texts say, in hexadecimal digits. */
  readonly sha256: string;
  /** Of the manifest of an artifact in a registry. */
  readonly digest?: string;
}

/**
 * Reads sources of CRDs before anything is made of any of them: files, folders, patterns of file names, archives, Helm
 * charts, URLs, `github:OWNER/REPOSITORY@TAG[:PATH]`, `oci://HOST/REPOSITORY:TAG`, `cluster:[CONTEXT]`, and `-`, which is
 * stdin. A URL is called by its name without what may be secret of it.
 *
 * @throws {InputError} that says of each that can't be read why.
 * @example
 * const [{ texts }] = await readSources(["crds.yaml"]);
 */
export async function readSources(
  sources: readonly string[],
  options: ReadOptions = {},
): Promise<SourceTexts[]> {
  const read = await Promise.allSettled(sources.map((source) => readOneSource(source, options)));
  const problems = read.flatMap((result, index) =>
    result.status === "rejected" ? [unreadableSource(sources[index] ?? "", result.reason)] : [],
  );
  if (problems.length > 0) throw new InputError(problems);
  return read.flatMap((result, index) =>
    result.status === "fulfilled"
      ? [
          {
            from: shownSource(sources[index] ?? ""),
            sha256: textsHash(result.value.texts),
            ...result.value,
          },
        ]
      : [],
  );
}

/** The texts of all sources, one after the other. */
export const readInputs = async (inputs: readonly string[], options: ReadOptions = {}): Promise<Text[]> =>
  (await readSources(inputs, options)).flatMap(({ texts }) => texts);

/** Whether what is meant lies outside of the files of this machine, and has the same name from every folder. */
export const isRemote = (source: string): boolean =>
  isUrl(source) || isGithub(source) || isOci(source) || isCluster(source) || source === "-";

const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);
const isCluster = (source: string): boolean => source.startsWith("cluster:");
const shownSource = (source: string): string => (isUrl(source) ? printedUrl(source) : source);

async function readOneSource(
  source: string,
  options: ReadOptions,
): Promise<Pick<SourceTexts, "texts" | "digest">> {
  if (isOci(source)) return readOci(source, options.within ?? archiveLimits);
  return { texts: await textsOfSource(source, options) };
}

async function textsOfSource(source: string, options: ReadOptions): Promise<readonly Text[]> {
  if (source === "-") return [{ file: "stdin", text: await readStdin() }];
  if (isCluster(source)) return [await readCluster(source.slice("cluster:".length))];
  if (isGithub(source)) {
    const url = archiveOf(source, options.github);
    return readGithub(source, await sourceBytes(url.href, options.within ?? archiveLimits));
  }
  if (isUrl(source)) return readFromUrl(source, options.within);
  const path = resolve(options.folder ?? ".", source);
  if (printedSource(source) !== source && !existsSync(path))
    throw new Error("it is neither a file that is there nor a URL of http or https");
  return readPath(source, path, options);
}

async function readFromUrl(source: string, within?: Limits): Promise<readonly Text[]> {
  const name = printedUrl(source);
  if (!isArchive(name.replace(/\?…$/, "")))
    return [
      { file: name, text: Buffer.from(await sourceBytes(source, within ?? sourceLimits)).toString("utf8") },
    ];
  return crdTexts(await filesInArchive(await sourceBytes(source, within ?? archiveLimits)), name);
}

async function sourceBytes(source: string, within: Limits): Promise<Uint8Array> {
  if (!URL.canParse(source)) throw new DownloadError("it is not a valid URL");
  const { status, statusLine, body } = await download(new URL(source), {}, within);
  if (status < 200 || status > 299) throw new DownloadError(`the server answered ${statusLine}`);
  return body;
}

async function readPath(source: string, path: string, options: ReadOptions): Promise<readonly Text[]> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined && /[*?[\]{}]/.test(source)) return readGlob(source, options.folder ?? ".");
  if (!statSync(path).isDirectory()) {
    if (!isArchive(path)) return [{ file: source, text: readFileSync(path, "utf8") }];
    return crdTexts(await filesInArchive(readFileSync(path)), source);
  }
  if (!isChart(path)) return crdTexts(sourcesIn(path), source);
  return renderChart(path, source, sourcesIn(path), options.onNote);
}

function readGlob(pattern: string, folder: string): Text[] {
  const files = globSync(pattern, { cwd: folder }).toSorted();
  if (files.length === 0) throw new Error("no file has such a name");
  return files.map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
}

/** The files of a folder, however deep, that may hold CRDs or say what it is; not those of a package that was made in it. */
function sourcesIn(folder: string): Text[] {
  const files = globSync("**/*.{yaml,yml,json}", {
    cwd: folder,
    exclude: (name) => /(?:^|[\\/])(?:\.[^\\/]+|node_modules)$/.test(name),
  });
  // A folder may have such a name, too.
  const isFile = (file: string): boolean => statSync(join(folder, file)).isFile();
  const made = globSync(`*/**/${recordFile}`, { cwd: folder }).map((file) => dirname(file) + sep);
  return files
    .filter((file) => isFile(file) && !made.some((other) => file.startsWith(other)))
    .toSorted()
    .map((file) => ({
      file: file.replaceAll("\\", "/"),
      text: readFileSync(join(folder, file), "utf8"),
    }));
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function textsHash(texts: readonly Text[]): string {
  const hash = createHash("sha256");
  for (const { text } of texts) hash.update(`${Buffer.byteLength(text)}\n`).update(text);
  return hash.digest("hex");
}

function unreadableSource(source: string, reason: unknown): Problem {
  return {
    code: "source-unreadable",
    file: printedSource(source),
    what: `cannot be read: ${reason instanceof Error ? reason.message : String(reason)}`,
    fix: sourceFix(source),
  };
}

function sourceFix(source: string): string {
  if (isOci(source))
    return "Give the tag or digest of an artifact that anybody may pull, or pull it with helm or oras, and give the folder";
  if (isUrl(source))
    return "Give a URL that answers with CRDs in YAML and without a detour, or download it and give the file";
  return "Give the path or URL of a YAML file with CRDs, a folder of such files, or - for stdin";
}
