import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** What the text of a file names: other files, or something that only running it would tell. */
interface Mentions {
  readonly files: readonly string[];
  readonly unforeseeable: boolean;
}

/**
 * Tells which overlay folders an environment is made of: its own, and those that its files import, by whatever way.
 *
 * It reads the text: every string that starts with `./` or `../` counts as the name of a file, whether it stands in an
 * import, a re-export or a `new URL`. Where a name is computed, every folder may be meant, and is returned.
 *
 * @param sources the `src` folder of the manifests, an absolute path; the overlays are the folders of its `overlays`.
 * @param self the name under which the manifests import themselves.
 * @returns a function from a folder of `sources`, such as `overlays/dev`, to names of overlay folders, in order.
 */
export function overlayFoldersOf(sources: string, self: string): (folder: string) => string[] {
  const overlays = join(sources, "overlays");
  const mentions = new Map<string, Mentions>();
  return (folder) => {
    const found = new Set(overlayFiles(join(sources, folder)));
    for (const file of found) {
      const { files, unforeseeable } = mentionsOf(file);
      if (unforeseeable) return foldersIn(overlays);
      for (const other of files) found.add(other);
    }
    return [...new Set([...found].flatMap((file) => overlayOf(overlays, file)))].toSorted();
  };

  function mentionsOf(file: string): Mentions {
    const known = mentions.get(file) ?? readMentions(file, sources, self);
    mentions.set(file, known);
    return known;
  }
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

const overlayFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function overlayOf(overlays: string, file: string): string[] {
  const [name = "..", ...inside] = relative(overlays, file).split(/[\\/]/);
  return name === ".." || inside.length === 0 ? [] : [name];
}

function readMentions(file: string, sources: string, self: string): Mentions {
  if (!/\.[cm]?[jt]s$/.test(file)) return { files: [], unforeseeable: false };
  const text = readFileSync(file, "utf8");
  const names = [...text.matchAll(/(["'`])(\.{1,2}\/.*?)\1/g)].map(([, , name = ""]) => name);
  const paths = names.map((name) => resolve(dirname(file), name));
  const own = new RegExp(`["']${self}["']`).test(text) ? [join(sources, "index.ts")] : [];
  return {
    files: [...paths, ...own].filter((path) => !relative(sources, path).startsWith("..")).flatMap(filesAt),
    unforeseeable: names.some((name) => name.includes("${")) || /\bimport\(\s*[^"'\s]/.test(text),
  };
}

/** The file of this name, or all files of the folder of this name. */
function filesAt(path: string): string[] {
  if (!existsSync(path)) return [];
  return statSync(path).isDirectory() ? overlayFiles(path) : [path];
}
