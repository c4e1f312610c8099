import { globSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { download, DownloadError, printedUrl, type Limits } from "@atlas/download";
import { InputError, type Problem } from "../problem.ts";
import type { Text } from "./documents.ts";

/** The CRDs of a large project come to 12 MB. */
const limits: Limits = { milliseconds: 60_000, bytes: 32 * 1024 * 1024 };

/**
 * Reads files, folders, URLs and `-`, which is stdin, before anything is made of any of them. A URL is called by its name without
 * what may be secret of it.
 *
 * @param within how long a URL's answer may take, and how large it may be.
 * @throws {InputError} that says of each that can't be read why.
 * @example
 * const texts = await readInputs(["crds.yaml", "https://example.com/crds.yaml"]);
 */
export async function readInputs(inputs: readonly string[], within: Limits = limits): Promise<Text[]> {
  const read = await Promise.allSettled(inputs.map((input) => readInput(input, within)));
  const problems = read.flatMap((result, index) =>
    result.status === "rejected" ? [unreadable(inputs[index] ?? "", result.reason)] : [],
  );
  if (problems.length > 0) throw new InputError(problems);
  return read.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
}

const isUrl = (input: string): boolean => /^https?:\/\//i.test(input);

async function readInput(input: string, within: Limits): Promise<Text[]> {
  if (input === "-") return [{ file: "stdin", text: await readStdin() }];
  if (!isUrl(input)) return statSync(input).isDirectory() ? readFolder(input) : [readText(input)];
  if (!URL.canParse(input)) throw new DownloadError("it is not a valid URL");
  const { status, statusLine, body } = await download(new URL(input), {}, within);
  if (status < 200 || status > 299) throw new DownloadError(`the server answered ${statusLine}`);
  return [{ file: printedUrl(input), text: Buffer.from(body).toString("utf8") }];
}

const readText = (file: string): Text => ({ file, text: readFileSync(file, "utf8") });

/** The files of a folder, however deep, that may hold CRDs; others (values, templates) are none of ours. */
function readFolder(folder: string): Text[] {
  const paths = globSync("**/*.{yaml,yml,json}", {
    cwd: folder,
    exclude: (name) => /^(?:\..+|node_modules)$/.test(basename(name)),
  }).map((path) => join(folder, path));
  // A folder may have such a name, too.
  const files = paths.filter((path) => statSync(path).isFile());
  const texts = files.toSorted().map(readText);
  const found = texts.filter(({ text }) => text.includes("CustomResourceDefinition"));
  if (found.length === 0) throw new Error("no file in it holds a CustomResourceDefinition");
  return found;
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function unreadable(input: string, reason: unknown): Problem {
  return {
    file: isUrl(input) ? printedUrl(input) : input,
    what: `cannot be read: ${reason instanceof Error ? reason.message : String(reason)}`,
    fix: isUrl(input)
      ? "Give a URL that answers with CRDs in YAML and without a detour, or download it and give the file"
      : "Give the path or URL of a YAML file with CRDs, a folder of such files, or - for stdin",
  };
}
