import { parseDocument, stringify } from "yaml";
import { isObject, wordIn } from "../model/schema.ts";
import { InputError, type Problem } from "../problem.ts";
import { readDocuments } from "../read/documents.ts";

/** The file of a generated package that says what it is made from. */
export const configFile = "crd-codegen.yaml";

/** A source and what it has given when the package was made. */
export interface PinnedSource {
  /** As the command line takes it; a path is relative to the package's folder. */
  readonly from: string;
  readonly sha256?: string;
  /** Of the manifest that an artifact in a registry had then. */
  readonly digest?: string;
}

/** What a package is made from. */
export interface Config {
  readonly descriptions: "upstream" | "none";
  readonly sources: readonly PinnedSource[];
}

/**
 * Reads a package's config.
 *
 * @throws InputError with every place that is not as it has to be.
 */
export function readConfig(text: string, file: string): Config {
  const { sources: documents, problems } = readDocuments({ file, text });
  const [document] = documents;
  const value = isObject(document?.value) ? document.value : {};
  const problem = (path: readonly (string | number)[], what: string, fix: string): Problem => {
    const line = document?.lineOf(path);
    return {
      code: "config-malformed",
      file,
      path: path.join("."),
      what,
      fix,
      ...(line !== undefined && { line }),
    };
  };
  const { descriptions = "upstream", sources, ...others } = value;
  if (problems.length > 0) throw new InputError(problems);
  const found: Problem[] = [];
  for (const name of Object.keys(others))
    found.push(problem([name], "is no setting", "Take it out: there are descriptions and sources"));
  if (descriptions !== "upstream" && descriptions !== "none")
    found.push(problem(["descriptions"], `is ${JSON.stringify(descriptions)}`, "Write upstream or none"));
  if (!Array.isArray(sources) || sources.length === 0)
    found.push(problem(["sources"], "is not a list of sources", "List them: - from: crds.yaml"));
  const listed: readonly unknown[] = Array.isArray(sources) ? sources : [];
  for (const [index, source] of listed.entries())
    if (!isObject(source) || typeof source["from"] !== "string")
      found.push(problem(["sources", index], "names no source", "Write: - from: crds.yaml"));
  if (found.length > 0) throw new InputError(found);
  return {
    descriptions: descriptions === "none" ? "none" : "upstream",
    sources: listed.filter(isObject).map(({ sha256, digest, ...source }) => ({
      from: wordIn(source, "from"),
      ...(typeof digest === "string" && { digest }),
      ...(typeof sha256 === "string" && { sha256 }),
    })),
  };
}

/** A config as text. Of an earlier one, the comments stay. */
export function configText({ descriptions, sources }: Config, earlier: string | undefined): string {
  if (earlier === undefined)
    return `# What this package is made from. After a change: crd-codegen update\n${stringify({ descriptions, sources }, { lineWidth: 0 })}`;
  const document = parseDocument(earlier);
  const before = readConfig(earlier, configFile).sources;
  const isSame =
    before.length === sources.length && before.every(({ from }, at) => from === sources[at]?.from);
  if (isSame)
    for (const [at, { sha256, digest }] of sources.entries()) {
      document.setIn(["sources", at, "sha256"], sha256);
      if (digest !== undefined) document.setIn(["sources", at, "digest"], digest);
      else document.deleteIn(["sources", at, "digest"]);
    }
  else document.set("sources", document.createNode(sources));
  if (
    document.get("descriptions") !== descriptions &&
    (descriptions !== "upstream" || document.has("descriptions"))
  )
    document.set("descriptions", descriptions);
  return document.toString({ lineWidth: 0 });
}
