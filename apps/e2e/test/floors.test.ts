import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

interface PackageJson {
  name: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  nx?: { tags?: readonly string[] };
}

/**
 * A room of the workspace, as the tags of its package.json place it: `kind:package` is published, `kind:library` is
 * bundled into what is, `kind:app` is a command or a suite of tests, and `kind:tool` is run by itself, where
 * `floor:0` imports no other room.
 */
interface Room extends PackageJson {
  readonly path: string;
  readonly kind: string;
  readonly floor: number;
}

const rooms: readonly Room[] = globSync("{packages,apps,tools}/*/package.json", { cwd: root })
  .map((file) => posix.dirname(file.replaceAll("\\", "/")))
  .map((path) => {
    const json: PackageJson = JSON.parse(readFileSync(`${root}/${path}/package.json`, "utf8"));
    return { ...json, path, kind: tagOf(json, "kind") ?? "", floor: Number(tagOf(json, "floor")) };
  });

/** What stands after the colon of a tag. */
function tagOf({ nx }: PackageJson, name: string): string | undefined {
  return nx?.tags?.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
}

/** Whether code of the first room may import the second: imports only point down, to what is there to be imported. */
const mayImport = (from: Room, to: Room): boolean =>
  to.floor < from.floor && (to.kind === "package" || to.kind === "library");

describe.each(rooms.map((room) => [room.path, room] as const))("%s", (path, room) => {
  const above = new Set(
    rooms.filter((other) => other !== room && !mayImport(room, other)).map(({ name }) => name),
  );

  test("says by its tags where it stands", () => {
    expect(["package", "library", "app", "tool"]).toContain(room.kind);
    expect([0, 1, 2, 3]).toContain(room.floor);
  });

  test("depends on no room above it", () => {
    const own = Object.keys({ ...room.dependencies, ...room.peerDependencies });
    expect(own.filter((name) => above.has(name))).toEqual([]);
  });

  test("imports, dynamic imports included, no room above it", () => {
    const imported = globSync("src/**/*.ts", { cwd: `${root}/${path}` }).flatMap((file) => {
      const text = readFileSync(`${root}/${path}/${file}`, "utf8");
      return [...text.matchAll(/(?:from|import\()\s*"(@atlas\/[a-z-]+)/g)].map((match) => match[1] ?? "");
    });
    expect([...new Set(imported)].filter((name) => above.has(name))).toEqual([]);
  });
});

/** The folders of a room's sources, each with how many files it holds. */
function foldersOf(room: string): Map<string, number> {
  const folders = new Map<string, number>();
  for (const file of sourcesOf(room))
    folders.set(posix.dirname(file), (folders.get(posix.dirname(file)) ?? 0) + 1);
  return folders;
}

/** What each folder imports from others; a file beside the folders, as an entry point is, stands for itself. */
function importsOf(room: string): Map<string, Set<string>> {
  const imports = new Map<string, Set<string>>();
  for (const file of sourcesOf(room)) {
    const text = readFileSync(`${root}/${room}/${file}`, "utf8");
    const paths = [...text.matchAll(/(?:from|import\() ?"(\.{1,2}\/[^"]+)"/g)].map(([, path = ""]) => path);
    const others = paths.map((path) => standsIn(posix.join(posix.dirname(file), path)));
    const own = standsIn(file);
    imports.set(own, new Set([...(imports.get(own) ?? []), ...others.filter((other) => other !== own)]));
  }
  return imports;
}

const standsIn = (file: string): string => (posix.dirname(file) === "src" ? file : posix.dirname(file));

const sourcesOf = (room: string): string[] =>
  globSync("src/**/*.ts", { cwd: `${root}/${room}` }).map((file) => file.replaceAll("\\", "/"));

/** Whether what a folder imports leads back to it. */
function isCircular(folder: string, imports: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const reached = new Set<string>(imports.get(folder));
  // A set that grows while it is walked is walked to its end.
  for (const other of reached) for (const next of imports.get(other) ?? []) reached.add(next);
  return reached.has(folder);
}

describe.each(rooms.map(({ path }) => path))("the folders of %s", (room) => {
  test("hold no more files than are found at a glance", () => {
    const crowded = [...foldersOf(room)].filter(([, files]) => files > 20).map(([folder]) => folder);
    expect(crowded).toEqual([]);
  });

  test("stand on each other without a circle, types included", () => {
    const imports = importsOf(room);
    const folders = [...imports.keys()].filter((each) => !each.endsWith(".ts"));
    expect(folders.filter((folder) => isCircular(folder, imports))).toEqual([]);
  });
});
