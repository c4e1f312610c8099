import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import {
  atlasRender,
  commandLine,
  configMap,
  environmentsOf,
  leaveJournal,
  startAtlasRender,
  temporaryFolder,
} from "./command.ts";

const shared = `const shared = base({ resources: [${configMap("shared", "s")}, ${configMap("other", "o")}] });`;
const single = `export default base({ resources: [${configMap("one", "1")}] });`;

/** A module of a fleet; the row's name is the environment's, its value that of a ConfigMap. */
const fleetModule = (rows: string, fields = '{ name: "string", value: "string" }'): string => `${shared}
export default fleet({
  rows: ${rows},
  fields: ${fields},
  name: ({ name }) => name,
  overlay: ({ value }) => overlay({ base: shared, resources: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "own" }, data: { value } }] }),
});`;
const fleetOf = (rows: Record<string, string>): string =>
  fleetModule(JSON.stringify(Object.entries(rows).map(([name, value]) => ({ name, value }))));

/** A folder of environments whose fleet `production` takes its rows from a file. */
function withFile(file: string, content: string | Uint8Array, fields?: string): string {
  const folder = environmentsOf({
    production: fleetModule(`new URL(${JSON.stringify(file)}, import.meta.url)`, fields),
  });
  writeFileSync(join(folder, "production", file), content);
  return folder;
}

const render = (environments: string, output: string, ...args: string[]) =>
  atlasRender("render", "--environments", environments, "--output", output, ...args);
const foldersIn = (folder: string): string[] => readdirSync(folder).toSorted();
const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
  );
const done = { status: 0, stdout: "", stderr: "" };

describe("a fleet", () => {
  const environments = environmentsOf({ production: fleetOf({ "a-eu": "1", "b-us": "2" }), single });

  test("is rendered whole by the name of its folder, one of it by its own", () => {
    const output = temporaryFolder();
    expect(render(environments, output, "production/b-us")).toEqual(done);
    expect([foldersIn(output), foldersIn(join(output, "production"))]).toEqual([["production"], ["b-us"]]);
    expect(render(environments, output, "production")).toEqual(done);
    expect(foldersIn(join(output, "production"))).toEqual(["a-eu", "b-us"]);
    expect(foldersIn(join(output, "production/a-eu"))).toEqual([
      "configmap_other.yaml",
      "configmap_own.yaml",
      "configmap_shared.yaml",
      "kustomization.yaml",
    ]);
    expect(readFileSync(join(output, "production/a-eu/configmap_own.yaml"), "utf8")).toContain('value: "1"');
    expect(readFileSync(join(output, "production/b-us/kustomization.yaml"), "utf8")).toContain(
      'change the environment "production/b-us" instead',
    );
    expect(render(environments, output)).toEqual(done);
    expect(foldersIn(output)).toEqual(["production", "single"]);
  });

  test.each(["yaml", "json"])("is one stream of %s, the same as of its environments", (format) => {
    const stream = (...names: string[]): string =>
      render(environments, "-", "--format", format, ...names).stdout;
    const whole = stream("production");
    const separator = format === "yaml" ? "---\n" : "";
    expect(whole).toBe([stream("production/a-eu"), stream("production/b-us")].join(separator));
    expect(parseAllDocuments(stream("production", "single"))).toHaveLength(format === "yaml" ? 7 : 1);
  });

  test("is listed by its environments", () => {
    const { stdout } = atlasRender("list", "--environments", environments);
    expect(stdout.match(/^\S+/gm)).toEqual(["ENVIRONMENT", "production/a-eu", "production/b-us", "single"]);
  });

  test.each([
    ["production/a-ue", "production/a-eu, production/b-us", 'did you mean "production/a-eu"?'],
    ["prodution/a-eu", "production, single", 'did you mean "production/a-eu"?'],
    ["b-us", "production, single", 'did you mean "production/b-us"?'],
    ["sinlge", "production, single", 'did you mean "single"?'],
    ["production/zzz", "production/a-eu, production/b-us", 'add a row to the fleet "production"'],
    ["single/a", "production, single", 'did you mean "single"?'],
  ])("has no environment %s", (name, expected, fix) => {
    const { status, stdout, stderr } = render(environments, "-", name);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      `atlas-render: there is no environment "${name}"\n  expected: one of: ${expected}\n  fix:      ${fix}\n  code:     environment-unknown\n`,
    );
  });
});

describe("a fleet's file", () => {
  const rows = [
    { name: "a", value: "1" },
    { name: "b", value: "2" },
  ];
  test.each([
    ["YAML", "clusters.yaml", "- name: a\n  value: '1'\n- { name: b, value: '2' }\n"],
    [
      "YAML with CRLF, a byte order mark and a comment",
      "c.yml",
      "\ufeff# all\r\n- name: a\r\n  value: '1'\r\n- name: b\r\n  value: '2'\r\n",
    ],
    ["JSON", "clusters.json", JSON.stringify(rows)],
    ["JSON indented by tabs", "clusters.json", JSON.stringify(rows, undefined, "\t")],
  ])("may be %s", (_name, file, content) => {
    const output = temporaryFolder();
    expect(render(withFile(file, content), output)).toEqual(done);
    expect(readFileSync(join(output, "production/b/configmap_own.yaml"), "utf8")).toContain('value: "2"');
  });

  const bomb = [
    "a: &a [x, x, x, x, x, x, x, x, x]",
    ..."bcdefgh".split("").map((name, index) => {
      const before = "abcdefg"[index];
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`;
    }),
  ].join("\n");
  const table: [string, { given: string | Uint8Array; says: string[] }][] = [
    [
      "rows that do not have the fields, all together, each with its place",
      {
        given: "- name: a\n  valeu: x\n- name: 12\n  value: y\n- name: c\n  value: [z]\n",
        says: [
          'rows[0].valeu: FILE:2:3: the field "valeu" does not exist',
          'did you mean "value"?',
          'rows[0]: FILE:1:3: the field "value" is missing',
          "rows[1].name: FILE:3:3: got 12\n            3 | - name: 12\n              |   ^^^^\n  expected: text\n  fix:      quote it",
          "rows[2].value: FILE:6:3: got a list",
        ],
      },
    ],
    [
      "a name that another row has",
      {
        given: "- { name: a, value: x }\n- { name: b, value: x }\n- { name: a, value: y }\n",
        says: ['rows[2]: FILE:3:3: the name "a" is that of rows[0] (FILE:1) too'],
      },
    ],
    [
      "a name that leads out of the output",
      {
        given: "- { name: ../../etc, value: x }",
        says: ['FILE:1:3: name() gives "../../etc"', "a DNS label"],
      },
    ],
    [
      "a field __proto__",
      {
        given: "- { name: a, value: x, __proto__: { a: b } }",
        says: ['FILE:1:24: the field "__proto__" does not exist'],
      },
    ],
    [
      "a key that is there twice",
      { given: "- name: a\n  name: b\n", says: ['FILE:2:3: the key "name" is there twice'] },
    ],
    ["aliases that multiply", { given: bomb, says: ["aliases repeat more than"] }],
    [
      "bytes that are no UTF-8",
      { given: Buffer.from("- name: \xe9\n", "latin1"), says: ["FILE:1:9: the file is not UTF-8"] },
    ],
    ["text that is not YAML", { given: "- name: [a\n", says: ["FILE:"] }],
    ["an object", { given: "a: 1\n", says: ["FILE: the file holds an object in place of a list"] }],
    ["nothing", { given: "# later\n", says: ["FILE: the file is empty"] }],
    ["an empty list", { given: "[]\n", says: ["rows: the fleet has no row"] }],
    [
      "two documents",
      {
        given: "- { name: a, value: x }\n---\n- { name: b, value: x }\n",
        says: ["FILE: the file holds 2 documents"],
      },
    ],
  ];
  test.each(table)("is refused for %s", (_name, { given, says }) => {
    const environments = withFile("clusters.yaml", given);
    const output = temporaryFolder();
    const { status, stdout, stderr } = render(environments, output);
    expect([status, stdout, readdirSync(output)]).toEqual([2, "", []]);
    const text = stderr.replaceAll(join(environments, "production/clusters.yaml"), "FILE");
    for (const line of text.match(/^atlas-render:.*/gm) ?? [])
      expect(line).toMatch(/^atlas-render: production: /);
    for (const part of says) expect(text).toContain(part);
  });

  test("is refused when it is not there, or no file", () => {
    const environments = withFile("clusters.yaml", "");
    rmSync(join(environments, "production/clusters.yaml"));
    expect(render(environments, "-").stderr).toMatch(
      /^atlas-render: production: \S*clusters\.yaml: the fleet's file cannot be read: Error: ENOENT/,
    );
    const remote = environmentsOf({ production: fleetModule('new URL("https://example.com/a.yaml")') });
    expect(render(remote, "-").stderr).toContain(
      "rows: got https://example.com/a.yaml\n  expected: a YAML or JSON file",
    );
  });

  test.each([
    ["a map", "eu: { cluster: a }\n", "an object"],
    ["a word", "eu\n", "a single value"],
  ])("is named where it holds %s", (_name, text, what) => {
    const { stderr, status } = render(withFile("clusters.yaml", text), "-");
    expect(status).toBe(2);
    expect(stderr).toMatch(
      new RegExp(`^atlas-render: production: \\S*clusters\\.yaml: the file holds ${what} in place of a list`),
    );
  });

  test("that is broken is what one of its environments ends with, too", () => {
    const environments = withFile("clusters.yaml", "- name: a\n");
    expect(render(environments, "-", "production/a").stderr).toContain('the field "value" is missing');
  });
});

describe("what a fleet makes of a row", () => {
  test("is refused row by row, and what is wrong in others is said too", () => {
    const environments = environmentsOf({
      production: `${shared}
export default fleet({
  rows: ["throws", "fine", "nothing", "later", "broken"].map((name) => ({ name })),
  name: ({ name }) => name,
  overlay({ name }) {
    if (name === "throws") throw new RangeError("no such region");
    if (name === "nothing") return undefined;
    if (name === "later") return Promise.resolve(shared);
    return overlay({ base: shared, ...(name === "broken" && { images: [{ name: "x", version: "1" }] }) });
  },
});`,
      single: "export const nothing = 1;",
    });
    const output = temporaryFolder();
    const { status, stdout, stderr } = render(environments, output);
    expect([status, stdout, readdirSync(output)]).toEqual([2, "", []]);
    expect(
      stderr.match(/^atlas-render: .*/gm)?.map((line) => line.replaceAll(`${environments}/`, "")),
    ).toEqual([
      "atlas-render: production/throws: production/index.ts:7: overlay() threw for rows[0]: RangeError: no such region",
      "atlas-render: production/nothing: production/index.ts: overlay() gives none for rows[2]",
      "atlas-render: production/later: production/index.ts: overlay() gives a promise for rows[3]",
      'atlas-render: production/broken: images[0]: the image "x" matches no container',
      "atlas-render: single: single/index.ts: the module exports no overlay by default",
    ]);
  });

  test("that is wrong in what all stand on is said once", () => {
    const environments = environmentsOf({
      production: fleetOf({ a: "1", b: "2", c: "3", d: "4", e: "5" }).replace(
        "base({",
        'base({ images: [{ name: "x", version: "1" }],',
      ),
    });
    expect(render(environments, "-").stderr.match(/^atlas-render: .*/gm)).toEqual([
      'atlas-render: production/a, production/b, production/c and 2 more: images[0]: the image "x" matches no container',
    ]);
  });
});

/** Three thousand environments, each with a number of its own. */
const manyRows = (value: number): string =>
  fleetModule(`Array.from({ length: 3000 }, (_, i) => ({ name: \`n\${i}\`, value: String(i + ${value}) }))`);

/** A render that is done, and says what it has removed. */
const removing = (output: string, path: string) => ({
  ...done,
  stderr: `atlas-render: removed ${join(output, path)}, which example does not have any more\n`,
});

describe("the output of a fleet", () => {
  const before = environmentsOf({ production: fleetOf({ a: "1", b: "2", c: "3" }), single, other: single });
  const rendered = (): string => {
    const output = temporaryFolder();
    expect(render(before, output)).toEqual(done);
    return output;
  };

  test("is left alone where nothing has changed; environments that are no more are removed", () => {
    const output = rendered();
    mkdirSync(join(output, "production/mine"));
    writeFileSync(join(output, "production/mine/notes.txt"), "mine");
    mkdirSync(join(output, "mine"));
    writeFileSync(join(output, "mine/kustomization.yaml"), "resources: []");
    const idOf = (path: string): unknown[] => {
      const { ino, mtimeMs } = statSync(join(output, path));
      return [ino, mtimeMs];
    };
    const [unchanged, file] = ["production/a", "production/b/configmap_shared.yaml"].map(idOf);
    const after = environmentsOf({ production: fleetOf({ a: "1", b: "9" }), single });
    expect(render(after, output, "production")).toEqual(removing(output, "production/c"));
    expect([idOf("production/a"), idOf("production/b/configmap_shared.yaml")]).toEqual([unchanged, file]);
    expect(readFileSync(join(output, "production/b/configmap_own.yaml"), "utf8")).toContain('"9"');
    expect(foldersIn(join(output, "production"))).toEqual(["a", "b", "mine"]);
    expect(foldersIn(output)).toEqual(["mine", "other", "production", "single"]);
    expect(render(after, output)).toEqual(removing(output, "other"));
    expect(foldersIn(output)).toEqual(["mine", "production", "single"]);
  });

  test("stays when only some of its environments are rendered", () => {
    const output = rendered();
    const after = environmentsOf({ production: fleetOf({ a: "9" }) });
    expect(render(after, output, "production/a")).toEqual(done);
    expect(foldersIn(join(output, "production"))).toEqual(["a", "b", "c"]);
  });

  test("is compared and left alone by --check, with what would be removed", () => {
    const output = rendered();
    expect(render(before, output, "--check")).toEqual(done);
    const tree = treeOf(output);
    const after = environmentsOf({ production: fleetOf({ a: "1", b: "9" }), single });
    const { status, stdout } = render(after, output, "--check");
    expect(status).toBe(1);
    const gone = [
      "configmap_other.yaml",
      "configmap_own.yaml",
      "configmap_shared.yaml",
      "kustomization.yaml",
    ];
    expect(stdout.replaceAll(`${output}/`, "").trimEnd().split("\n")).toEqual([
      "production/b/configmap_own.yaml",
      "other/configmap_one.yaml",
      "other/kustomization.yaml",
      ...gone.map((file) => `production/c/${file}`),
    ]);
    expect(treeOf(output)).toEqual(tree);
    expect(render(after, output, "--check", "production/a")).toEqual(done);
  });

  test("is intact, and nothing lies beside it, when one row is wrong", () => {
    const output = rendered();
    const tree = treeOf(output);
    const after = environmentsOf({
      production: fleetOf({ a: "8", b: "9", new: "1", z: "2" }).replace(
        "overlay: ({ value }) =>",
        'overlay: ({ name, value }) => name === "z" ? undefined :',
      ),
    });
    expect(render(after, output).status).toBe(2);
    expect(treeOf(output)).toEqual(tree);
    const elsewhere = join(output, "not/yet");
    expect(render(after, elsewhere).status).toBe(2);
    expect(existsSync(join(output, "not"))).toBe(false);
  });

  test("takes the place of a single environment, and gives it back", () => {
    const output = temporaryFolder();
    const [one, many] = [single, fleetOf({ a: "1", b: "2" })].map((module) =>
      environmentsOf({ production: module }),
    );
    const fresh = [one, many].map((environments = "") => {
      const folder = temporaryFolder();
      render(environments, folder);
      return treeOf(folder);
    });
    for (const [round, environments = ""] of [one, many, one, many].entries()) {
      if (round > 0) expect(render(environments, output, "--check").status).toBe(1);
      const { status, stderr } = render(environments, output, "production");
      expect(status).toBe(0);
      expect(stderr.match(/(?<=removed ).*(?=, )/g)?.map((path) => relative(output, path)) ?? []).toEqual(
        round === 0
          ? []
          : round % 2 === 1
            ? ["production/configmap_one.yaml", "production/kustomization.yaml"]
            : ["production/a", "production/b"],
      );
      expect(treeOf(output)).toEqual(fresh[round % 2]);
    }
  });

  test("that another render left unfinished is fixed", () => {
    const output = rendered();
    const tree = treeOf(output);
    const fleet = join(output, "production");
    const id = leaveJournal(output, (own) => [
      { staged: `production/.atlas-${own}.1`, target: "production/b" },
      { aside: `production/.atlas-${own}.2`, target: "production/a" },
    ]);
    cpSync(join(fleet, "b"), join(fleet, `.atlas-${id}.1`), { recursive: true });
    renameSync(join(fleet, "a"), join(fleet, `.atlas-${id}.2`));
    expect(render(before, output)).toEqual(done);
    expect(treeOf(output)).toEqual(tree);
  });

  test("of an interrupted render is intact, and nothing lies beside it", async () => {
    const output = temporaryFolder();
    const [one, two] = [0, 1].map((value) => environmentsOf({ production: manyRows(value) }));
    render(one ?? "", output);
    const tree = treeOf(output);
    const run = startAtlasRender("render", "--environments", two ?? "", "--output", output);
    const ended = new Promise((resolve) => run.on("exit", resolve));
    const isStaging = (): boolean =>
      readdirSync(join(output, "production")).some((name) => name.startsWith("."));
    while (run.exitCode === null && !isStaging()) await new Promise((resolve) => setTimeout(resolve, 5));
    run.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(treeOf(output)).toEqual(tree);
  });
});

test("ten thousand objects are one environment", () => {
  const environments = environmentsOf({
    many: `export default base({ namespace: "many", resources: Array.from({ length: 10000 }, (_, i) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: \`c\${i}\` } })) });`,
  });
  const output = temporaryFolder();
  expect(render(environments, output)).toEqual(done);
  expect(readdirSync(join(output, "many"))).toHaveLength(10_001);
  expect(render(environments, output, "--check")).toEqual(done);
});

test("names that lead out of the output stay names of files", () => {
  const environments = environmentsOf({
    one: `export default base({ resources: [${configMap("../../../etc/passwd", "1")}, ${configMap("..", "2")}] });`,
  });
  const output = temporaryFolder();
  render(environments, output);
  const files = Object.keys(treeOf(output));
  expect(files.filter((file) => !/^one\/[^/]+$/.test(file))).toEqual([]);
});

const inTerminal = (environments: string): string =>
  execFileSync(
    "script",
    [
      "-qec",
      commandLine("render", "--environments", environments, "--output", temporaryFolder()),
      "/dev/null",
    ],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
/** Each environment takes 30 ms to make. */
const slow = (count: number): string =>
  environmentsOf({
    production: fleetModule(
      `Array.from({ length: ${count} }, (_, i) => ({ name: \`n\${i}\`, value: "v" }))`,
    ).replace(
      "overlay: ({ value }) =>",
      "overlay: ({ value }) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30) &&",
    ),
  });

const script = spawnSync("script", ["--version"]).status === 0;
describe.skipIf(!script)("progress (needs `script` of util-linux on the PATH)", () => {
  test("is one line on a terminal, which is gone at the end", () => {
    const shown = inTerminal(slow(60)).replace("\u001b[K", "!");
    expect(shown).toMatch(
      /^(?:\ratlas-render: \d+ of 60 environments)+\r!wrote 60 of 60 environments into \S+: 180 objects\r\n$/,
    );
  });
  test("is not shown for what is done at once, nor where there is no terminal", () => {
    expect(inTerminal(slow(2))).toMatch(/^(?:wrote \S+: 3 objects\r\n){2}$/);
    expect(render(slow(60), temporaryFolder())).toEqual(done);
  });
});

describe("twenty thousand bad rows", () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `- { name: n${i}, vale: ${i} }\n`).join("");
  const environments = withFile("clusters.yaml", rows);

  test("are not all listed: the first thirty problems, and how many more there are", () => {
    const { status, stderr } = render(environments, temporaryFolder());
    expect(status).toBe(2);
    expect(stderr.match(/^atlas-render: /gm)).toHaveLength(31);
    expect(stderr).toMatch(/\natlas-render: and 39970 more problems\n$/);
  });

  // A signal that somebody handles would wait for the rows, and the run would end with an exit code of its own.
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends the run at once", async (signal) => {
    const run = startAtlasRender("render", "--environments", environments, "--output", temporaryFolder());
    const ended = new Promise((resolve) => run.on("exit", (...how) => resolve(how)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    run.kill(signal);
    expect(await ended).toEqual([null, signal]);
  });
});
