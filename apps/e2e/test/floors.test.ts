import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Which rooms of the workspace a room may import when it runs; imports only point down. */
const floors: Record<string, string[]> = {
  "packages/checks": [],
  "packages/compose": [],
  "packages/crd-types": [],
  "packages/import-kustomize": ["compose", "crd-types", "files", "input"],
  "packages/input": ["compose"],
  "packages/istio": [],
  "packages/manifests": ["compose", "crd-types", "istio"],
  "apps/render": [
    "checks",
    "compose",
    "crd-codegen",
    "crd-types",
    "download",
    "files",
    "import-kustomize",
    "input",
    "manifests",
  ],
  "apps/e2e": ["checks", "compose", "crd-types", "import-kustomize", "input", "istio", "manifests"],
  "tools/ci": ["download"],
  // It prints YAML as compose does.
  "tools/crd-codegen": ["compose", "download", "files"],
  "tools/download": [],
  "tools/files": [],
  "tools/measure": [],
  "tools/mutation": [],
  "tools/nx-environments": [],
  "tools/release": [],
  // What it compiles names compose.
  "tools/testing": ["compose"],
};

interface PackageJson {
  name: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const packageJson = (room: string): PackageJson =>
  JSON.parse(readFileSync(`${root}/${room}/package.json`, "utf8"));

test("every package of the workspace stands on a floor", () => {
  const rooms = globSync("{packages,apps,tools}/*/package.json", { cwd: root }).map((file) =>
    file.replaceAll("\\", "/").replace("/package.json", ""),
  );
  expect(rooms.toSorted()).toEqual(Object.keys(floors).toSorted());
});

describe.each(Object.entries(floors))("%s", (room, allowed) => {
  const mayImport = new Set(allowed.map((name) => `@atlas/${name}`));

  test("depends on no room above it", () => {
    const { dependencies, peerDependencies } = packageJson(room);
    const own = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) =>
      name.startsWith("@atlas/"),
    );
    expect(own.filter((name) => !mayImport.has(name))).toEqual([]);
  });

  test("imports, dynamic imports included, no room above it", () => {
    const imported = globSync("src/**/*.ts", { cwd: `${root}/${room}` }).flatMap((file) => {
      const text = readFileSync(`${root}/${room}/${file}`, "utf8");
      return [...text.matchAll(/(?:from|import\()\s*"(@atlas\/[a-z-]+)/g)].map((match) => match[1] ?? "");
    });
    const { name } = packageJson(room);
    expect([...new Set(imported)].filter((other) => other !== name && !mayImport.has(other))).toEqual([]);
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

describe.each(Object.keys(floors))("the folders of %s", (room) => {
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
