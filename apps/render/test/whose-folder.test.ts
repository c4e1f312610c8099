import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { atlasRender, configMap, environmentsOf, temporaryFolder, type Run } from "./command.ts";

const layer = (value = "1"): string => `export default base({ resources: [${configMap("one", value)}] });`;
const fleetOf = (...names: string[]): string => `export default fleet({
  rows: ${JSON.stringify(names.map((name) => ({ name })))},
  name: ({ name }) => name,
  overlay: () => base({ resources: [${configMap("one", "1")}] }),
});`;
const render = (environments: string, output: string, ...more: string[]): Run =>
  atlasRender("render", "--environments", environments, "--output", output, ...more);
const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );
const silent = { status: 0, stdout: "", stderr: "" };

describe("two sets of environments in one output", () => {
  const ours = environmentsOf({ dev: layer(), fleet: fleetOf("a", "b") }, "ours");
  const theirs = environmentsOf({ prod: layer(), other: fleetOf("a") }, "theirs");

  test("keep each other's folders, however they are rendered", () => {
    const output = temporaryFolder();
    for (const environments of [ours, theirs, ours, theirs])
      expect(render(environments, output)).toEqual(silent);
    expect(readdirSync(output).toSorted()).toEqual(["dev", "fleet", "other", "prod"]);
    expect(readFileSync(join(output, "dev/kustomization.yaml"), "utf8")).toContain(
      '\n# It belongs to the environments of "ours".\n',
    );
  });

  test("of one name are refused, and nothing is written", () => {
    const output = temporaryFolder();
    render(ours, output);
    const before = treeOf(output);
    for (const modules of [{ dev: layer("2"), prod: layer() }, { fleet: fleetOf("a") }, { fleet: layer() }]) {
      const { status, stderr } = render(environmentsOf(modules, "theirs"), output);
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/another set of environments|something else/),
      ]);
      expect(treeOf(output)).toEqual(before);
    }
  });

  test("outside of a package are told by their place", () => {
    const [one, two, output] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    for (const [folder, name] of [
      [one, "dev"],
      [two, "prod"],
    ] as const) {
      cpSync(join(environmentsOf({ [name]: layer() }), name), join(folder, name), { recursive: true });
      expect(render(folder, output).status).toBe(0);
    }
    expect(readdirSync(output).toSorted()).toEqual(["dev", "prod"]);
  });
});

describe("what a user has made of a rendered folder", () => {
  const environments = environmentsOf({ dev: layer(), fleet: fleetOf("a", "b") });
  const fewer = environmentsOf({ dev: layer("2"), fleet: fleetOf("a") });
  const rendered = (): string => {
    const output = temporaryFolder();
    expect(render(environments, output)).toEqual(silent);
    return output;
  };

  test.each(["dev", "fleet", "fleet/a"])("a copy of %s stays, beside it and in a fleet", (name) => {
    const output = rendered();
    cpSync(join(output, name), join(output, "copy"), { recursive: true });
    cpSync(join(output, "fleet/a"), join(output, "fleet/copy"), { recursive: true });
    const copies = [treeOf(join(output, "copy")), treeOf(join(output, "fleet/copy"))];
    const { status, stderr } = render(fewer, output);
    expect([status, stderr]).toEqual([
      0,
      `atlas-render: removed ${join(output, "fleet/b")}, which example does not have any more\n`,
    ]);
    expect([treeOf(join(output, "copy")), treeOf(join(output, "fleet/copy"))]).toEqual(copies);
    expect(readdirSync(join(output, "fleet")).toSorted()).toEqual(["a", "copy"]);
  });

  test.each(["dev/notes.txt", "dev/charts/values.yaml", "fleet/b/notes.txt", "dev/.hidden"])(
    "%s beside what was rendered: the folder is refused, and nothing is written",
    (path) => {
      const output = rendered();
      mkdirSync(dirname(join(output, path)), { recursive: true });
      writeFileSync(join(output, path), "mine");
      const before = treeOf(output);
      const { status, stderr } = render(fewer, output);
      expect([status, stderr]).toEqual([2, expect.stringContaining("kustomization.yaml does not list: ")]);
      expect(treeOf(output)).toEqual(before);
      expect(render(fewer, output, "--check")).toMatchObject({ status: 1 });
    },
  );

  test.each(["dev", "fleet", "fleet/a"])(
    "a symbolic link in the place of %s is refused, and nothing is touched where it leads",
    (name) => {
      const [output, elsewhere] = [rendered(), join(temporaryFolder(), "elsewhere")];
      renameSync(join(output, name), elsewhere);
      symlinkSync(elsewhere, join(output, name));
      const before = treeOf(elsewhere);
      for (const options of [[], ["--check"], ["fleet"], ["dev"], ["fleet/a"]]) {
        const [only = ""] = options;
        const { status, stderr } = render(fewer, output, ...options);
        expect(treeOf(elsewhere)).toEqual(before);
        if (only.startsWith("--") || only === "" || only.split("/")[0] === name.split("/")[0])
          expect([options, status, stderr]).toEqual([options, 2, expect.stringContaining("is not a folder")]);
      }
    },
  );

  test("a copy in the place of another environment is refused", () => {
    const output = rendered();
    rmSync(join(output, "fleet"), { recursive: true });
    renameSync(join(output, "dev"), join(output, "stage"));
    const { status, stderr } = render(environmentsOf({ stage: layer() }), output);
    expect([status, stderr]).toEqual([2, expect.stringContaining("rendered for another environment, dev")]);
  });

  test("a folder of before the marks of sets is taken over, and never removed for being left over", () => {
    const output = rendered();
    for (const name of ["dev", "fleet/a", "fleet/b"]) {
      const file = join(output, name, "kustomization.yaml");
      writeFileSync(file, readFileSync(file, "utf8").replace(/# It belongs.*\n/, ""));
    }
    expect(render(fewer, output)).toEqual(silent);
    expect(existsSync(join(output, "fleet/b"))).toBe(true);
    expect(readFileSync(join(output, "dev/configmap_one.yaml"), "utf8")).toContain('"2"');
  });
});

describe("names that a terminal obeys", () => {
  const name = "x\n\u001b[31m\u0085\u202e# red";
  const environments = environmentsOf({ [name]: layer(), dev: layer() });
  const hostile = /[^\P{Cc}\n]|\u202e/u;

  test.each([
    ["render", "nowhere"],
    ["render", `${name}!`],
    ["render", "--check", "--output", join(temporaryFolder(), name)],
    ["list"],
    ["explain", "nowhere", "ConfigMap/one"],
    ["new", name],
  ])("are shown as escapes: %j", (...args) => {
    const { stdout, stderr } = atlasRender(...args, "--environments", environments);
    const lines = `${stdout}${stderr}`;
    expect(lines).toContain("\\u001b");
    expect(lines).not.toMatch(hostile);
    expect(lines).not.toMatch(/^# red|^\\u001b/m);
  });

  test("stand in the kustomization's comments as escapes, and the folder is known by them", () => {
    const output = temporaryFolder();
    expect(render(environments, output).status).toBe(0);
    expect(render(environments, output)).toEqual(silent);
    const [first, ...rest] = readFileSync(join(output, name, "kustomization.yaml"), "utf8").split("\n");
    expect(first).toMatch(/"x\\n\\u001b\[31m\\u0085\\u202e# red" instead\.$/);
    expect(rest[0]).toBe("apiVersion: kustomize.config.k8s.io/v1beta1");
  });
});
