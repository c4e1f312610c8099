import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { atlasRender, atlasRenderIn, temporaryFolder } from "./command.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));
const { catalog } = parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8"));

/** A new repository with this workspace's own packages in place of what a registry would give. */
function install(repository: string): void {
  const { dependencies } = json(repository, "package.json");
  for (const name of [...Object.keys(dependencies), "@atlas/checks", "@types/node", "vitest"]) {
    const home = name === "@atlas/render" ? "apps/render" : join("apps/render/node_modules", name);
    const source = ["@types/node", "vitest"].includes(name) ? join("node_modules", name) : home;
    mkdirSync(join(repository, "node_modules", name, ".."), { recursive: true });
    symlinkSync(join(root, source), join(repository, "node_modules", name));
  }
}

const typecheck = (repository: string): string =>
  spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", repository, "--customConditions", "@atlas/source"], {
    encoding: "utf8",
  }).stdout;

describe("init", () => {
  const parent = temporaryFolder();
  const repository = join(parent, "Shop operators");
  const run = atlasRenderIn(parent, "init", "Shop operators");

  test("lists what it has written, and says how to go on", () => {
    expect([run.status, run.stderr]).toEqual([
      0,
      "Now: cd 'Shop operators' && npm install && npm run render\n",
    ]);
    const listed = run.stdout.trimEnd().split("\n");
    const written = readdirSync(repository, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(parent.length + 1));
    expect(listed.toSorted()).toEqual(written.toSorted());
    expect(listed).toContain("Shop operators/.gitignore");
    expect(listed).toContain("Shop operators/environments/dev/index.ts");
  });

  test("depends on this release of the packages, and on the tools that they are checked with", () => {
    const { name, dependencies, devDependencies, engines } = json(repository, "package.json");
    expect(name).toBe("shop-operators");
    const version = (path: string): string => `^${json(root, path, "package.json").version}`;
    expect(dependencies).toEqual({
      "@atlas/compose": version("packages/compose"),
      "@atlas/crd-types": version("packages/crd-types"),
      "@atlas/manifests": version("packages/manifests"),
      "@atlas/render": version("apps/render"),
      "kubernetes-types": `^${catalog["kubernetes-types"]}`,
    });
    expect(devDependencies).toEqual({
      "@atlas/checks": version("packages/checks"),
      "@types/node": catalog["@types/node"],
      typescript: catalog["typescript"],
      vitest: `^${catalog["vitest"]}`,
    });
    expect(engines).toEqual(json(root, "apps/render/package.json").engines);
  });

  test("what it makes type-checks and renders as it is, from any folder in it", () => {
    install(repository);
    expect(typecheck(repository)).toBe("");
    const below = join(repository, "environments");
    expect(atlasRenderIn(below, "list").stdout.split("\n")[1]).toMatch(/^dev +v\S+ +2 +11 +atlas-operator$/);
    expect(atlasRenderIn(below, "render", "--validate")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(join(repository, "dist/manifests"))).toEqual(["dev"]);
    expect(atlasRenderIn(repository, "render", "--check")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("its tests pass as they are", () => {
    // The packages are sources here, and no builds.
    const config = join(parent, "vitest.config.js");
    const resolve = { conditions: ["@atlas/source"] };
    writeFileSync(config, `export default ${JSON.stringify({ resolve, ssr: { resolve } })};\n`);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "node_modules/vitest/vitest.mjs"), "run", "--update", "--config", config],
      { cwd: repository, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
    );
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toMatch(/Tests +3 passed/);
  });

  test("a patch that the base has no place for does not compile", () => {
    const index = join(repository, "environments/dev/index.ts");
    const text = readFileSync(index, "utf8");
    writeFileSync(index, text.replace("replicas: 2", "replicaz: 2"));
    expect(typecheck(repository)).toContain("replicaz");
    writeFileSync(index, text);
  });

  test.each([
    [{ "notes.txt": "mine" }, "the folder is not empty: it holds notes.txt"],
    [{ "package.json": "{}" }, "the folder is not empty: it holds package.json"],
  ])("a folder that holds something stays as it is: %j", (files, what) => {
    const folder = temporaryFolder();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = atlasRenderIn(folder, "init");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(what);
    expect(readdirSync(folder)).toEqual(Object.keys(files));
  });

  test("the folder it stands in, and one that was cloned, will do", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, ".git"));
    expect(atlasRenderIn(folder, "init").status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([".git", ".gitignore"]);
  });

  test.each([["a file"], ["a place that takes no folders"]])("%s is not a place for it", (place) => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "mine");
    const { status, stdout, stderr } = atlasRender("init", place === "a file" ? file : "/proc/atlas");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/the path is not a folder|the repository cannot be written/);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });
});

describe("the repository's package.json", () => {
  test.each([
    ['{ "atlas-render": "environments" }', 'package.json: the field "atlas-render" is "environments"'],
    [
      '{ "atlas-render": { "environments": 1 } }',
      'package.json: the field "atlas-render" is {"environments":1}',
    ],
    ['{ "atlas-render": ', "the file does not parse"],
    ['{ "atlas-render": { "environments": "nowhere" } }', "there is no such folder"],
  ])("%s is refused", (text, what) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "package.json"), text);
    const { status, stdout, stderr } = atlasRenderIn(folder, "list");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(what);
  });
});
