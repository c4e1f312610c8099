import { globSync, readFileSync } from "node:fs";
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
    "compose",
    "crd-codegen",
    "crd-types",
    "download",
    "files",
    "import-kustomize",
    "input",
    "manifests",
  ],
  "apps/e2e": ["checks", "compose", "crd-types", "import-kustomize", "input", "istio"],
  "tools/ci": ["download", "measure"],
  // It prints YAML as compose does.
  "tools/crd-codegen": ["compose", "download", "files"],
  "tools/download": [],
  "tools/files": [],
  "tools/measure": [],
  "tools/mutation": [],
  "tools/nx-environments": [],
  "tools/release": [],
  "tools/testing": [],
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
