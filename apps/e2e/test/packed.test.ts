import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const command = (name: string): string => join(root, "apps/e2e/node_modules/.bin", name);
const folder = mkdtempSync(join(realpathSync(tmpdir()), "packed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (program: string, args: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
};

const packages = [
  "packages/crd-types",
  "packages/compose",
  "packages/istio",
  "packages/manifests",
  "apps/render",
];
const tarball = (room: string): string => {
  const name = room.split("/")[1] ?? "";
  return join(
    folder,
    readdirSync(folder).find((file) => file.startsWith(`atlas-${name}-`) && file.endsWith(".tgz")) ?? "",
  );
};

const textOf = (room: string, file: string): string =>
  run("tar", ["-xzOf", tarball(room), `package/${file}`]).output;
const manifest = (room: string) => JSON.parse(textOf(room, "package.json"));
/** The files of a tarball, without the folder `package` that they all lie in. */
const filesOf = (room: string): string[] =>
  run("tar", ["-tzf", tarball(room)])
    .output.trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
const { repository: workspaceRepository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

beforeAll(() => {
  for (const room of packages) {
    const { status, output } = run(command("pnpm"), ["pack", "--pack-destination", folder], join(root, room));
    expect(status, output).toBe(0);
  }
}, 120_000);

describe.each(packages)("%s, packed", (room) => {
  test("is right by publint", () => {
    const { status, output } = run(command("publint"), ["run", tarball(room), "--strict"]);
    expect(status, output).toBe(0);
    expect(output).not.toMatch(/Suggestions|Warnings|Errors/);
  });

  test("has types that resolve", () => {
    // A command is no library, and says so: it has no entry point to resolve.
    if (room === "apps/render")
      return expect(Object.keys(manifest(room).exports)).toEqual(["./package.json"]);
    const { status, output } = run(command("attw"), [tarball(room), "--profile", "esm-only"]);
    return expect(status, output).toBe(0);
  });

  test("holds what it should and no more", () => {
    const files = filesOf(room);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(files.filter((file) => /(?:^|\/)(?:test|bench|crds|scripts|bin)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /^tsconfig|\.test/.test(file))).toEqual([]);
  });

  test("says where it comes from, and runs nothing when it is installed", () => {
    const {
      scripts = {},
      engines,
      license,
      repository,
      publishConfig,
      keywords,
      dependencies,
    } = manifest(room);
    expect(Object.keys(scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
    expect({ engines, license }).toEqual({ engines: { node: ">=22.18" }, license: "Apache-2.0" });
    expect(repository).toEqual({ ...workspaceRepository, directory: room });
    expect(publishConfig).toEqual({ access: "public", provenance: true });
    expect(keywords.length).toBeGreaterThan(2);
    expect(Object.keys(dependencies ?? {}).length).toBeLessThanOrEqual(8);
  });

  test("names nothing that only this workspace knows", () => {
    const { exports, dependencies } = manifest(room);
    expect(JSON.stringify({ exports, dependencies })).not.toMatch(/workspace:|catalog:|@atlas\/source/);
    for (const entry of Object.values<string | object>(exports)) {
      if (typeof entry === "object") expect(Object.keys(entry)[0]).toBe("types");
    }
  });

  test("every map leads to a source that is there, or holds it", () => {
    const files = filesOf(room);
    const maps = files.filter((file) => file.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(0);
    const missing = maps.flatMap((file) => {
      const { sources, sourcesContent }: SourceMap = JSON.parse(textOf(room, file));
      return sources
        .filter((_, index) => typeof sourcesContent?.[index] !== "string")
        .map((source) => join(dirname(file), source))
        .filter((source) => !files.includes(source));
    });
    expect(missing).toEqual([]);
  });
});
