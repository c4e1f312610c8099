import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { printedUrl } from "@atlas/download";
import { apiChanges, bumpOf, type ApiChange } from "../api/api-change.ts";
import { formatReport } from "../api/api-report.ts";
import { apiOf } from "../api/api.ts";
import { writeFiles } from "../emit/write.ts";
import { isObject, type Json } from "../model/schema.ts";
import { formatProblem, InputError } from "../problem.ts";
import { configFile, configText, readConfig, type Config, type PinnedSource } from "../product/config.ts";
import { jsonIn } from "../product/json-text.ts";
import { planOf, type Plan } from "../product/own-files.ts";
import { packageOf, type GeneratedPackage } from "../product/package-files.ts";
import { readModel } from "../read/model.ts";
import { isRemote, readSources, type SourceTexts } from "../sources/sources.ts";
import { changeIn } from "./change.ts";
import { noteToUser } from "./note.ts";
import { compactSourcesOf } from "./compact-sources.ts";

/** What a package is to be made of. */
export interface MakeOptions {
  readonly name?: string | undefined;
  readonly descriptions?: Config["descriptions"] | undefined;
}

/**
 * Makes a package of sources in a folder, or makes one that is there of these.
 *
 * @throws InputError with every problem of the sources, or of files that are in the way; nothing is written then.
 */
export async function make(
  sources: readonly string[],
  folder: string,
  options: MakeOptions,
): Promise<number> {
  const read = await readSources(sources, { onNote: noteToUser });
  const earlier = configIn(folder);
  const config: Config = {
    descriptions: options.descriptions ?? earlier?.config.descriptions ?? "upstream",
    sources: read.map(({ from, ...given }, index) =>
      pinnedSource(namedSource(sources[index] ?? from, folder), given),
    ),
  };
  await writePackage(folder, read, config, options.name);
  if (sources.includes("-"))
    noteToUser(
      `${join(folder, configFile)} names stdin: check and update take that source from stdin as well`,
    );
  return 0;
}

/**
 * Reads the sources that a package's config names, and makes the package anew.
 *
 * @throws InputError where there is no config, and as {@link make} does.
 */
export async function update(folder: string): Promise<number> {
  const { config } = neededConfig(folder);
  const read = await readPinned(config, folder);
  const sources = config.sources.map(({ from }, index) => pinnedSource(from, read[index]));
  await writePackage(folder, read, { ...config, sources }, undefined);
  return 0;
}

/**
 * Whether a package is what its sources give now: 1 where it is not.
 *
 * @throws InputError where there is no config, and for sources that cannot be read.
 */
export async function checkPackage(folder: string): Promise<number> {
  const { config, text } = neededConfig(folder);
  const read = await readPinned(config, folder);
  const others = config.sources.filter(
    ({ sha256, digest }, index) => sha256 !== read[index]?.sha256 || digest !== read[index]?.digest,
  );
  for (const { from } of others)
    process.stdout.write(`stale: ${from} is not what ${join(folder, configFile)} has the hash of\n`);
  const made = await madeOf(folder, read, config, undefined);
  const { changed, extra } = planned(folder, made, configText(config, text));
  const stale = [...changed.map(({ path }) => path), ...extra];
  for (const path of stale) process.stdout.write(`stale: ${join(folder, path)}\n`);
  if (others.length + stale.length === 0) return 0;
  noteToUser(`Fix it with: crd-codegen update ${folder}`);
  return 1;
}

/** Whether a folder is a package that was made so. */
export const isMade = (folder: string): boolean => existsSync(join(folder, configFile));

function configIn(folder: string): { readonly config: Config; readonly text: string } | undefined {
  const file = join(folder, configFile);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  return { config: readConfig(text, file), text };
}

function neededConfig(folder: string): { readonly config: Config; readonly text: string } {
  const found = configIn(folder);
  if (found) return found;
  throw new InputError([
    {
      code: "package-missing",
      file: join(folder, configFile),
      what: "is not there",
      fix: `Name the folder of a package that was made, or make one: crd-codegen SOURCE… --output ${folder}`,
    },
  ]);
}

async function readPinned({ sources }: Config, folder: string): Promise<SourceTexts[]> {
  const stdin = sources.findIndex(({ from }) => from === "-");
  // What somebody would have to type there is not waited for.
  if (stdin >= 0 && process.stdin.isTTY) throw missingStdin(folder, stdin);
  const read = await readSources(
    sources.map(({ from }) => from),
    { folder, onNote: noteToUser },
  );
  if (read[stdin]?.texts.every(({ text }) => text.trim() === "") === true) throw missingStdin(folder, stdin);
  return read;
}

const missingStdin = (folder: string, index: number): InputError =>
  new InputError([
    {
      code: "source-unreadable",
      file: join(folder, configFile),
      path: `sources[${index}]`,
      what: "is stdin, and nothing comes from there",
      fix: `Pipe in what the package is made of, or make it of files: crd-codegen FILE… --output ${folder}`,
    },
  ]);

const pinnedSource = (
  from: string,
  given: Pick<SourceTexts, "sha256" | "digest"> | undefined,
): PinnedSource => ({
  from,
  ...(given?.digest !== undefined && { digest: given.digest }),
  ...(given && { sha256: given.sha256 }),
});

/** A source as the config names it: paths are relative to its folder, and what may be secret of a URL is left out. */
function namedSource(source: string, folder: string): PinnedSource["from"] {
  if (!isRemote(source)) return relative(resolve(folder), resolve(source)).replaceAll("\\", "/") || ".";
  if (!/^https?:/i.test(source)) return source;
  const { origin, pathname, username, search } = new URL(source);
  if (username === "" && search === "") return source;
  noteToUser(
    `${printedUrl(source)}: ${configFile} names it without its user, password and query, which may be secret`,
  );
  return `${origin}${pathname}`;
}

async function writePackage(
  folder: string,
  read: readonly SourceTexts[],
  config: Config,
  name: string | undefined,
): Promise<void> {
  const earlier = configIn(folder);
  const changes = earlier ? modelIn(folder) : undefined;
  const made = await madeOf(folder, read, config, name);
  const text = configText(config, earlier?.text);
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new InputError([
      {
        code: "output-occupied",
        file: folder,
        what: "is not a folder",
        fix: "Name the folder of a package, or a new one",
      },
    ]);
  await changeIn(folder, (files) => {
    const plan = planned(folder, made, text);
    writeFiles(files, folder, plan);
    reportPlan(folder, plan, made);
  });
  if (changes) reportApiChanges(apiChanges(changes, apiOf(made.model)), folder);
}

const modelIn = (folder: string) =>
  existsSync(join(folder, "crds")) ? apiOf(readModel(compactSourcesOf(folder))) : undefined;

const madeOf = (
  folder: string,
  sources: readonly SourceTexts[],
  config: Config,
  name: string | undefined,
): Promise<GeneratedPackage> =>
  packageOf({
    folder,
    name,
    texts: sources.flatMap(({ texts }) => texts),
    config,
    manifest: manifestIn(folder),
    onOther: (file) => noteToUser(`passed over ${file}: it holds no CustomResourceDefinition`),
  });

function planned(folder: string, { files, shared }: GeneratedPackage, config: string): Plan {
  const { changed, ...rest } = planOf(folder, files, shared);
  const file = { path: configFile, content: config };
  const isSame =
    existsSync(join(folder, configFile)) && readFileSync(join(folder, configFile), "utf8") === config;
  return { ...rest, changed: isSame ? changed : [...changed, file] };
}

function reportPlan(
  folder: string,
  { changed, extra, kept }: Plan,
  { files, shared }: GeneratedPackage,
): void {
  for (const { warning } of [...files, ...shared])
    if (warning) noteToUser(`warning: ${formatProblem(warning)}`);
  for (const path of kept) noteToUser(`left as it is, for it was changed since: ${join(folder, path)}`);
  noteToUser(`wrote ${changed.length} files and removed ${extra.length} in ${folder}`);
}

/** What the change of the sources means for whoever uses the package. */
function reportApiChanges(changes: readonly ApiChange[], folder: string): void {
  process.stdout.write(formatReport(changes));
  const bump = bumpOf(changes);
  const version = manifestIn(folder)?.["version"];
  if (bump === undefined || typeof version !== "string") return;
  const next = nextVersion(version, bump);
  if (next !== undefined)
    process.stdout.write(
      `The version is ${version}; the next is ${next}: npm version ${next} --no-git-tag-version\n`,
    );
}

/** The version after a change, by https://semver.org; before 1.0.0, a major change raises the minor version. */
export function nextVersion(version: string, bump: "major" | "minor" | "patch"): string | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.map(Number) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  const isEarly = major === 0;
  if (bump === "major" && !isEarly) return `${major + 1}.0.0`;
  if (bump === "major" || (bump === "minor" && !isEarly)) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** @throws InputError when the folder's package.json is not one. */
function manifestIn(folder: string): Json | undefined {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  const manifest = jsonIn(readFileSync(file, "utf8"));
  if (isObject(manifest)) return manifest;
  const fix = "Correct it, or remove it: a new one is written then";
  throw new InputError([{ code: "package-malformed", file, what: "is not a JSON object", fix }]);
}
