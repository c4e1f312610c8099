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
  }, 60_000);

  // The command is no library: it has no entry point to resolve.
  test.skipIf(room === "apps/render")(
    "has types that resolve",
    () => {
      const { status, output } = run(command("attw"), [tarball(room), "--profile", "esm-only"]);
      expect(status, output).toBe(0);
    },
    60_000,
  );

  test("holds what it should and no more", () => {
    const files = run("tar", ["-tzf", tarball(room)])
      .output.trim()
      .split("\n");
    expect(files).toEqual(
      expect.arrayContaining(["package/LICENSE", "package/README.md", "package/package.json"]),
    );
    expect(files.filter((file) => /\/(?:src|test|bench|crds|scripts)\//.test(file))).toEqual([]);
    const { scripts = {}, engines } = JSON.parse(
      run("tar", ["-xzOf", tarball(room), "package/package.json"]).output,
    );
    expect(Object.keys(scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
    // From 22.18 on Node runs TypeScript as it is, which environments are written in.
    expect(engines).toEqual({ node: room === "apps/render" ? ">=22.18" : ">=22" });
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
