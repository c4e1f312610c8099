import { basename, resolve } from "node:path";
import { kindEntries, emitKindModules } from "../emit/kind-modules.ts";
import type { OutputFile } from "../emit/output-file.ts";
import { generateFrom } from "../generate.ts";
import { compactCrds, compactFiles } from "../import-crds.ts";
import type { Model } from "../model/model.ts";
import type { Json } from "../model/schema.ts";
import type { Text } from "../read/documents.ts";
import { modelOf } from "../read/model.ts";
import type { Config } from "./config.ts";
import { licenceNote, readmeOf } from "./documents.ts";
import { compiled } from "./javascript.ts";
import { librariesIn, packageJson } from "./package-json.ts";

/** A package that is made of CRDs, before anything is written. */
export interface GeneratedPackage {
  readonly model: Model;
  /** What is the generator's alone. */
  readonly files: readonly OutputFile[];
  /** What its user may write to as well: of what is there already, only what has to be is another. */
  readonly shared: readonly OutputFile[];
}

/** What a package is made from, and what is there already. */
export interface PackageInput {
  readonly folder: string;
  readonly name: string | undefined;
  readonly texts: readonly Text[];
  readonly config: Config;
  readonly manifest: Json | undefined;
  readonly onOther: (file: string) => void;
}

/**
 * A package of CRDs: for each kind a module in JavaScript, its declarations, the CRDs and JSON Schemas.
 *
 * @throws InputError with every problem of the sources.
 */
export async function packageOf(input: PackageInput): Promise<GeneratedPackage> {
  const { texts, onOther } = input;
  const { sources, descriptions } = input.config;
  const compact = compactCrds(texts, { crds: [], definitions: {} }, { descriptions, onOther });
  const model = modelOf(compact.crds, compact.definitions);
  const modules = await generateFrom(model, emitKindModules);
  const entries = kindEntries(model);
  const name = input.name ?? npmNameOf(input.manifest, input.folder);
  const paths = new Map([
    [".", "index"],
    ...entries.map((entry) => [`./${entry.name}`, entry.name] as const),
    ["./crds", "generated/crds"],
  ]);
  const libraries = librariesIn(modules.map(({ content }) => content));
  return {
    model,
    files: [
      ...compactFiles(compact).map(({ path, content }) => ({ path: `crds/${path}`, content })),
      ...compiled(modules),
    ],
    shared: [
      { path: "package.json", content: packageJson(input.manifest, name, paths, libraries) },
      { path: "README.md", content: readmeOf(name, entries) },
      { path: "LICENSE.md", content: licenceNote(sources.map(({ from }) => from)) },
    ],
  };
}

/** The name that a package has, or that of its folder as npm takes names. */
function npmNameOf(manifest: Json | undefined, folder: string): string {
  if (typeof manifest?.["name"] === "string") return manifest["name"];
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-");
  return name.replace(/^[._-]+/, "") || "crds";
}
