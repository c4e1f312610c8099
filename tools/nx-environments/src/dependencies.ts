import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { seenIn } from "./seen.ts";

/** What the text of a file names. */
interface Mentions {
  /** Files and folders, by their absolute paths. */
  readonly paths: readonly string[];
  /** Variables of the environment. */
  readonly variables: readonly string[];
  /** Whether only running it would tell what else it reads. */
  readonly unforeseeable: boolean;
}

/** What an environment is rendered from, beside the base and the packages. */
export interface EnvironmentDependencies {
  /** The overlay folders: its own, and those that its files name, by whatever way. */
  readonly overlays: readonly string[];
  /** Patterns of files outside of the manifests' sources, from the workspace's root. */
  readonly files: readonly string[];
  readonly variables: readonly string[];
  /** Whether there is nothing else. */
  readonly complete: boolean;
}

/** The folders that a workspace's overlays lie in, absolute paths, and the name under which the manifests import themselves. */
export interface ManifestFolders {
  readonly root: string;
  /** The `src` folder of the manifests; the overlays are the folders of its `overlays`. */
  readonly sources: string;
  readonly self: string;
}

/**
 * Tells what environments are rendered from.
 *
 * It reads the text: every string that starts with `./` or `../` counts as the name of a file, whether it stands in an
 * import, a re-export or a `new URL`, and so does the first string in a `new URL`. Where a name is computed, Nx does not see
 * a file, as it lies outside of the workspace or git ignores it, or a module is imported that reads what it is told to, that
 * is not all, and every overlay may be meant.
 *
 * @returns a function of a folder of `sources`, such as `overlays/dev`.
 */
export function dependenciesIn({
  root,
  sources,
  self,
}: ManifestFolders): (folder: string) => EnvironmentDependencies {
  const overlays = join(sources, "overlays");
  const areSeen = seenIn(root);
  // What nearly all environments name, asked for at once.
  areSeen(allFilesIn(sources));
  const known = new Map<string, Mentions>();
  const mentionsOf = (file: string): Mentions => {
    const mentions = known.get(file) ?? readMentions(file, sources, self);
    known.set(file, mentions);
    return mentions;
  };
  return (folder) => {
    const found = new Set(allFilesIn(join(sources, folder)));
    const others = new Set<string>();
    const variables = new Set<string>();
    const named = [join(sources, folder, "index.ts")];
    let foreseeable = true;
    for (const file of found) {
      const mentions = mentionsOf(file);
      for (const path of mentions.paths) {
        if (!holdsPath(root, path)) continue;
        if (!holdsPath(sources, path)) others.add(path);
        for (const other of filesAt(path)) found.add(other);
      }
      for (const variable of mentions.variables) variables.add(variable);
      named.push(...mentions.paths, ...mentions.paths.flatMap(filesAt));
      foreseeable &&= !mentions.unforeseeable;
    }
    const complete = foreseeable && areSeen(named);
    const names = [...found].flatMap((file) => overlayOf(overlays, file));
    return {
      overlays: complete ? [...new Set(names)].toSorted() : foldersIn(overlays),
      files: [...others].map((path) => inputPattern(relative(root, path), path)).toSorted(),
      variables: [...variables].toSorted(),
      complete,
    };
  };
}

/** The names of the folders in a folder, in order. */
export function foldersIn(folder: string): string[] {
  return (
    readdirSync(folder, { withFileTypes: true })
      // One that is being made, or was left by a command that was killed, begins with a dot.
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => entry.name)
      .toSorted()
  );
}

const holdsPath = (folder: string, path: string): boolean => !relative(folder, path).startsWith("..");

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const inputPattern = (name: string, path: string): string =>
  (isFolder(path) ? `${name}/**/*` : name).replaceAll("\\", "/");

const allFilesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function overlayOf(overlays: string, file: string): string[] {
  const [name = "..", ...inside] = relative(overlays, file).split(/[\\/]/);
  return name === ".." || inside.length === 0 ? [] : [name];
}

/** Node's modules that read nothing. */
const pureModules = new Set(["assert", "buffer", "path", "querystring", "string_decoder", "url", "util"]);
const readingModules = builtinModules
  .filter((name) => !pureModules.has(name.split("/")[0] ?? name))
  .join("|");
const readerImport = new RegExp(`(?:from|import|import\\()\\s*["'](?:node:)?(?:${readingModules})["']`);

/** What is in a `new URL`: a string, or something that is computed. */
const urlArgument = /\bnew URL\(\s*(?:(["'`])(.*?)\1|[^"'`\s])/g;

const environmentVariable = /\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s*(["'`])([A-Za-z_]\w*)\2\s*\])/g;

function readMentions(file: string, sources: string, self: string): Mentions {
  if (!/\.[cm]?[jt]s$/.test(file)) return { paths: [], variables: [], unforeseeable: false };
  const text = readFileSync(file, "utf8");
  const names = [...text.matchAll(/(["'`])(\.{1,2}\/.*?)\1/g)].map(([, , name = ""]) => name);
  const urls = [...text.matchAll(urlArgument)].map(([, , name]) => name);
  const own = new RegExp(`["']${self}["']`).test(text) ? [join(sources, "index.ts")] : [];
  return {
    paths: [
      ...names.map((name) => resolve(dirname(file), name)),
      ...urls.flatMap((name) => fileOfUrl(name ?? "", file)),
      ...own,
    ],
    variables: [...text.matchAll(environmentVariable)].map(([, name, , quoted]) => name ?? quoted ?? ""),
    unforeseeable:
      names.some((name) => name.includes("${")) ||
      urls.some((name) => name === undefined || /^(?!https?:).*\$\{/.test(name)) ||
      /\bimport\(\s*[^"'\s]/.test(text) ||
      readerImport.test(text) ||
      /\bfetch\(/.test(text) ||
      // What else is asked of the process: a variable whose name is computed, or the folder that it runs in.
      /\bprocess\??\.[A-Za-z]|=\s*process\b/.test(text.replaceAll(environmentVariable, "")),
  };
}

/** The file that a URL in a module means, if it means one. */
function fileOfUrl(name: string, module: string): string[] {
  const url = URL.parse(name, pathToFileURL(module).href);
  return url?.protocol === "file:" && url.host === "" ? [resolve(fileURLToPath(url))] : [];
}

/** The file of this name, or all files of the folder of this name. */
function filesAt(path: string): string[] {
  if (!existsSync(path)) return [];
  return isFolder(path) ? allFilesIn(path) : [path];
}
