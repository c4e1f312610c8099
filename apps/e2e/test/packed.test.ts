import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const require = createRequire(import.meta.url);
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

  test("every map leads to a source that is there", () => {
    const maps = filesOf(room).filter((file) => file.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(0);
    const missing = maps.flatMap((file) => {
      const { sources }: SourceMap = JSON.parse(textOf(room, file));
      return sources
        .map((source) => join(dirname(file), source))
        .filter((source) => !filesOf(room).includes(source));
    });
    expect(missing).toEqual([]);
  });
});

/** The examples of a README in one language. */
const examples = (room: string): string[] =>
  [...readFileSync(join(root, room, "README.md"), "utf8").matchAll(/```ts\n([^]*?)```/g)].map(
    ([, code = ""]) => code,
  );

const compiler = (name: string): string => {
  const file = (name === "typescript" ? createRequire(join(root, "package.json")) : require).resolve(
    `${name}/package.json`,
  );
  return join(dirname(file), JSON.parse(readFileSync(file, "utf8")).bin.tsc);
};

describe("a new project that has @atlas/crd-types installed", () => {
  const project = join(folder, "project");

  beforeAll(() => {
    const home = join(project, "node_modules/@atlas/crd-types");
    mkdirSync(home, { recursive: true });
    expect(
      run("tar", ["-xzf", tarball("packages/crd-types"), "-C", home, "--strip-components=1"]).status,
    ).toBe(0);
    writeFileSync(join(project, "package.json"), '{ "type": "module" }');
    examples("packages/crd-types").forEach((code, index) =>
      writeFileSync(join(project, `example-${index}.ts`), code),
    );
    const options = {
      strict: true,
      module: "nodenext",
      target: "es2023",
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
    };
    const typeRoots = [join(root, "node_modules/@types")];
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...options, types: ["node"], typeRoots, outDir: "out" } }),
    );
  });

  test.each(["typescript-5", "typescript"])(
    "type-checks the README's examples with %s",
    (name) => {
      const { status, output } = run("node", [compiler(name), "-p", "."], project);
      expect(output).toBe("");
      expect(status).toBe(0);
    },
    60_000,
  );

  test("runs them", () => {
    expect(run("node", ["out/example-0.js"], project)).toEqual({ status: 0, output: "" });
    const [, validating = ""] = examples("packages/crd-types");
    const said = [...validating.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => `${line}\n`).join("");
    expect(said).not.toBe("");
    expect(run("node", ["out/example-1.js"], project)).toEqual({ status: 0, output: said });
    expect(run("node", ["out/example-2.js"], project)).toEqual({ status: 0, output: "" });
  });
});
