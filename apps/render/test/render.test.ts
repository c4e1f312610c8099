import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { operator } from "@atlas/manifests";
import { faultsOf } from "@atlas/manifests/releases";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import {
  atlasRender,
  configMap,
  environmentsOf,
  leaveJournal,
  startAtlasRender,
  temporaryFolder,
} from "./command.ts";

const objectsOf = (yaml: string): unknown[] =>
  parseAllDocuments(yaml).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
const sorted = (objects: unknown[]): string[] =>
  objects.map((object) => JSON.stringify(sortKeys(object))).toSorted();
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
const role = (name: string) =>
  `{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "${name}" } }`;
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

describe("the operator's environments", () => {
  test("dev is sixteen objects, the same as stream, as JSON and as files", () => {
    const { status, stdout, stderr } = atlasRender("render", "dev", "--output", "-");
    expect([status, stderr]).toEqual([0, ""]);
    const objects = objectsOf(stdout);
    expect(objects).toHaveLength(16);
    const json = atlasRender("render", "dev", "--output", "-", "--format", "json").stdout;
    const lines = json.trimEnd().split("\n");
    expect(sorted(lines.map((line) => JSON.parse(line)))).toEqual(sorted(objects));
    const output = temporaryFolder();
    expect(atlasRender("render", "dev", "--output", output)).toEqual({ status: 0, stdout: "", stderr: "" });
    const { resources } = parse(readFileSync(join(output, "dev/kustomization.yaml"), "utf8"));
    expect(readdirSync(join(output, "dev")).toSorted()).toEqual(
      [...(resources as string[]), "kustomization.yaml"].toSorted(),
    );
    expect(
      resources.flatMap((file: string) => objectsOf(readFileSync(join(output, "dev", file), "utf8"))),
    ).toEqual(objects);
  });

  test("no name renders all, base included, and --validate agrees with them", () => {
    const output = temporaryFolder();
    expect(atlasRender("render", "--validate", "--output", output)).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(readdirSync(output)).toEqual(expect.arrayContaining(["base", "dev"]));
  });

  test("base states a namespace wherever one is needed", () => {
    const objects = objectsOf(atlasRender("render", "base", "--output", "-").stdout) as {
      kind: string;
      metadata: { namespace?: string };
      subjects?: { namespace?: string }[];
    }[];
    const namespaced = objects.filter(({ kind }) => !/^(?:Cluster|CustomResourceDefinition)/.test(kind));
    expect(namespaced.map(({ metadata }) => metadata.namespace)).toEqual(namespaced.map(() => "default"));
    const subjects = objects.flatMap((object) => object.subjects ?? []);
    expect(subjects.map(({ namespace }) => namespace)).toEqual(["default", "default"]);
  });

  test("an object is below the limit of client-side apply", () => {
    const lines = atlasRender("render", "dev", "--output", "-", "--format", "json")
      .stdout.trimEnd()
      .split("\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThan(262_144);
  });

  const kubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
  test.skipIf(!kubectl)(
    "kubectl kustomize makes the same objects of the folder (needs kubectl on the PATH)",
    () => {
      const output = temporaryFolder();
      atlasRender("render", "--output", output);
      for (const environment of ["base", "dev"]) {
        const built = execFileSync("kubectl", ["kustomize", join(output, environment)], {
          encoding: "utf8",
          maxBuffer: 1 << 28,
        });
        const stream = atlasRender("render", environment, "--output", "-").stdout;
        expect(sorted(objectsOf(built))).toEqual(sorted(objectsOf(stream)));
      }
    },
  );

  test("list shows version, replicas and objects", () => {
    const lines = atlasRender("list").stdout.split("\n");
    expect(lines[0]).toMatch(/^ENVIRONMENT +VERSION +REPLICAS +OBJECTS +NAMESPACE$/);
    expect(lines).toContainEqual(expect.stringMatching(/^base +v\S+ +1 +9 +default$/));
    expect(lines).toContainEqual(expect.stringMatching(/^dev +v\S+ +2 +16 +atlas-operator$/));
    expect(JSON.parse(atlasRender("list", "--format", "json").stdout)).toHaveLength(lines.length - 2);
  });

  test("list marks a release with known faults, and says which", () => {
    const { stdout, stderr } = atlasRender("list");
    const faults = faultsOf(operator.image.version);
    for (const { source } of faults) expect(stderr).toContain(`(${source})`);
    expect(/^dev +v[\d.]+\*/m.test(stdout)).toBe(faults.length > 0);
    const rows: readonly { faults: string[] }[] = JSON.parse(atlasRender("list", "--format", "json").stdout);
    expect(rows.map((row) => row.faults.length)).toEqual(rows.map(() => faults.length));
  });
});

describe("the output folder", () => {
  const environments = environmentsOf({
    a: `export default base({ resources: [${configMap("one", "1")}, ${configMap("two", "2")}] });`,
  });
  const render = (output: string, from = environments) =>
    atlasRender("render", "--environments", from, "--output", output);

  test("is left alone when nothing has changed, and unchanged files stay the same files", () => {
    const output = temporaryFolder();
    render(output);
    const before = statSync(join(output, "a"));
    const one = statSync(join(output, "a/configmap_one.yaml"));
    render(output);
    expect(statSync(join(output, "a")).ino).toBe(before.ino);
    const changed = environmentsOf({
      a: `export default base({ resources: [${configMap("one", "1")}, ${configMap("three", "3")}] });`,
    });
    expect(render(output, changed).status).toBe(0);
    expect(readdirSync(join(output, "a")).toSorted()).toEqual([
      "configmap_one.yaml",
      "configmap_three.yaml",
      "kustomization.yaml",
    ]);
    expect(statSync(join(output, "a/configmap_one.yaml")).ino).toBe(one.ino);
    expect(readdirSync(output)).toEqual(["a"]);
  });

  test("is compared and left alone by --check", () => {
    const output = temporaryFolder();
    const check = (): [number | null, string] => {
      const { status, stdout } = atlasRender(
        "render",
        "--environments",
        environments,
        "--output",
        output,
        "--check",
      );
      return [status, stdout.replaceAll(`${output}/`, "")];
    };
    const [status, listed] = check();
    expect([status, listed.trim().split("\n").length, readdirSync(output)]).toEqual([1, 3, []]);
    render(output);
    expect(check()).toEqual([0, ""]);
    const before = contentOf(join(output, "a"));
    const first = Object.keys(before).find((name) => name !== "kustomization.yaml") ?? "";
    writeFileSync(join(output, "a", first), "changed");
    writeFileSync(join(output, "a/left-over.yaml"), "");
    expect(check()).toEqual([
      1,
      [`a/${first}`, "a/left-over.yaml"]
        .toSorted()
        .map((line) => `${line}\n`)
        .join(""),
    ]);
    expect(contentOf(join(output, "a"))).toMatchObject({ [first]: "changed", "left-over.yaml": "" });
    expect(atlasRender("render", "--check", "--output", "-").status).toBe(2);
  });

  test("that holds something else is refused", () => {
    const output = temporaryFolder();
    mkdirSync(join(output, "a"));
    writeFileSync(join(output, "a/notes.txt"), "mine");
    const { status, stdout, stderr } = render(output);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("the folder holds something else than rendered manifests");
    expect(contentOf(join(output, "a"))).toEqual({ "notes.txt": "mine" });
  });

  test.each(["a file as its parent", "a place that takes no folders"])(
    "that cannot be written is said: %s",
    (place) => {
      const file = join(temporaryFolder(), "file");
      writeFileSync(file, "");
      const { status, stdout, stderr } = render(place.startsWith("a file") ? file : "/proc/atlas");
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("the output cannot be written");
    },
  );

  test("is complete whichever of two renders at once comes last, and however often one is killed", async () => {
    const other = environmentsOf({
      a: `export default base({ resources: [${configMap("one", "x")}, ${configMap("two", "y")}] });`,
    });
    const output = temporaryFolder();
    render(output);
    for (let round = 0; round < 12; round++) {
      const runs = [environments, other].map((from) =>
        startAtlasRender("render", "--environments", from, "--output", output),
      );
      if (round % 2 === 0) setTimeout(() => runs[0]?.kill("SIGKILL"), 20 + 8 * round);
      const codes = await Promise.all(runs.map((run) => new Promise((resolve) => run.on("exit", resolve))));
      expect(codes.slice(round % 2 === 0 ? 1 : 0).filter((code) => code !== 0)).toEqual([]);
      if (!existsSync(join(output, "a"))) continue;
      const values = Object.entries(contentOf(join(output, "a"))).filter(
        ([name]) => name !== "kustomization.yaml",
      );
      const state = values.map(([, text]) => parse(text).data.key).join("");
      expect(["12", "xy"]).toContain(state);
    }
    expect(render(output).status).toBe(0);
    expect(readdirSync(output)).toEqual(["a"]);
  });

  test("is put back after a render was killed between its two renames", () => {
    const output = temporaryFolder();
    render(output);
    const before = contentOf(join(output, "a"));
    const id = leaveJournal(output, (own) => [
      { staged: `.atlas-${own}.1`, target: "a" },
      { aside: `.atlas-${own}.2`, target: "a" },
    ]);
    mkdirSync(join(output, `.atlas-${id}.1`));
    renameSync(join(output, "a"), join(output, `.atlas-${id}.2`));
    const broken = environmentsOf({ a: "export default base({ resources: [{}] });" });
    expect(render(output, broken).status).toBe(2);
    expect(render(output).status).toBe(0);
    expect(contentOf(join(output, "a"))).toEqual(before);
    expect(readdirSync(output)).toEqual(["a"]);
  });

  test("names a file for each object, whatever its name", () => {
    const from = environmentsOf({
      a: `export default base({ resources: [${role("system:a")}, ${role("A")}, ${role("a")}, ${role("a_b")}] });`,
    });
    const output = temporaryFolder();
    expect(render(output, from).stderr).toBe("");
    const type = "clusterrole.rbac.authorization.k8s.io";
    expect(readdirSync(join(output, "a")).toSorted()).toEqual(
      [
        `${type}_%41.yaml`,
        `${type}_a%5fb.yaml`,
        `${type}_a.yaml`,
        `${type}_system%3aa.yaml`,
        "kustomization.yaml",
      ].toSorted(),
    );
  });
});

describe("bad input", () => {
  const good = `export default base({ resources: [${configMap("one", "1")}] });`;
  const deployment = `define()({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" }, spec: { template: { spec: { containers: [{ name: "web", image: "example/shop" }] } } } })`;
  const over = (rest: string): string =>
    `const deployment = ${deployment};\nexport default overlay({ base: base({ resources: [deployment] }), ${rest} });`;
  const table: [string, { given: string; says: string[]; validate?: boolean }][] = [
    [
      "an overlay that throws",
      { given: `\nthrow new Error("no such cluster");`, says: ["no such cluster", "index.ts:3"] },
    ],
    [
      "an overlay that does not parse",
      { given: "export default {", says: ["cannot be loaded: SyntaxError", "index.ts"] },
    ],
    [
      "a module that is not there",
      { given: `import "./nowhere.ts";\n${good}`, says: ["index.ts:2:8: the import of", "leads nowhere"] },
    ],
    [
      "a module without an overlay",
      { given: "export const a = 1;", says: ["exports no overlay by default"] },
    ],
    [
      "a patch of an object that is not there",
      {
        given: over(
          `patches: [patch({ ...deployment, metadata: { name: "shpo" } }, { spec: { replicas: 2 } })]`,
        ),
        says: ["a patch is for Deployment/shpo", 'did you mean "Deployment/shop"'],
      },
    ],
    [
      "a misspelt field",
      {
        given: over("patches: [patch(deployment, { spec: { replicaz: 2 } })]"),
        says: ["Deployment/shop: spec.replicaz", 'did you mean "replicas"'],
      },
    ],
    [
      "a misspelt container",
      {
        given: over(
          `patches: [patch(deployment, { spec: { template: { spec: { containers: { wbe: {} } } } } })]`,
        ),
        says: ["containers[wbe]", 'did you mean "web"'],
      },
    ],
    [
      "an image that matches nothing",
      {
        given: over(`images: [{ name: "example/shpo", version: "1" }]`),
        says: ['"example/shpo" matches no container', 'did you mean "example/shop"'],
      },
    ],
    [
      "two objects of one identity",
      { given: over("resources: [deployment]"), says: ["two objects are Deployment/shop"] },
    ],
    [
      "an AtlasSchema without a target",
      {
        given: `export default base({ resources: [{ apiVersion: "db.atlasgo.io/v1alpha1", kind: "AtlasSchema", metadata: { name: "shop" }, spec: { schema: { sql: "CREATE TABLE a (b int)" } } }] });`,
        says: ["AtlasSchema/shop: spec", "the target database is not stated"],
      },
    ],
    [
      "an unknown field of a built-in object",
      {
        given: `export default base({ resources: [{ ...${configMap("one", "1")}, dta: {} }] });`,
        says: ["ConfigMap/one: dta", 'did you mean "data"'],
        validate: true,
      },
    ],
    [
      "a wrong type in a built-in object",
      {
        given: `export default base({ resources: [{ ...${configMap("one", "1")}, data: { a: 1 } }] });`,
        says: ["ConfigMap/one: data.a", "expected: a string"],
        validate: true,
      },
    ],
    [
      "an unknown field of Istio's",
      {
        given: `export default base({ resources: [{ apiVersion: "security.istio.io/v1beta1", kind: "PeerAuthentication", metadata: { name: "shop" }, spec: { mtlss: { mode: "STRICT" } } }] });`,
        says: ["PeerAuthentication/shop: spec.mtlss", 'did you mean "mtls"'],
        validate: true,
      },
    ],
    [
      "a kind that Kubernetes does not have",
      {
        given: `export default base({ resources: [{ apiVersion: "apps/v1", kind: "Shop", metadata: { name: "shop" } }] });`,
        says: ["Kubernetes has no kind"],
        validate: true,
      },
    ],
  ];
  test.each(table)(
    "%s: one message, nothing on stdout, exit code 2, the earlier output intact",
    (_name, { given, says, validate }) => {
      const output = temporaryFolder();
      const options = ["--output", output, ...(validate ? ["--validate"] : [])];
      atlasRender("render", "--environments", environmentsOf({ bad: good, good }), ...options);
      const before = contentOf(join(output, "bad"));
      const { status, stdout, stderr } = atlasRender(
        "render",
        "--environments",
        environmentsOf({ bad: given, good }),
        ...options,
      );
      expect([status, stdout], stderr).toEqual([2, ""]);
      for (const text of ["atlas-render: bad: ", "expected: ", "fix: ", ...says])
        expect(stderr).toContain(text);
      expect(stderr.match(/^atlas-render: /gm), stderr).toHaveLength(1);
      expect(contentOf(join(output, "bad"))).toEqual(before);
      expect(readdirSync(output).toSorted()).toEqual(["bad", "good"]);
    },
  );

  test("problems of several environments are said together", () => {
    const from = environmentsOf({ a: over("resources: [deployment]"), b: "export const b = 1;" });
    const { status, stderr } = atlasRender("render", "--environments", from, "--output", "-");
    expect(status).toBe(2);
    expect(stderr.match(/^atlas-render: [ab]: /gm)).toEqual(["atlas-render: a: ", "atlas-render: b: "]);
  });

  test.each([
    [["render", "dve"], 'there is no environment "dve"', 'did you mean "dev"?'],
    [["rendr"], 'unknown command "rendr"', 'did you mean "render"?'],
    [["render", "--ouptut", "x"], 'unknown option "--ouptut"', 'did you mean "--output"?'],
    [["render", "--format", "yml"], '--format "yml" is unknown', 'did you mean "yaml"?'],
    [["render", "--output", ""], "--output is empty", "name one"],
    [["list", "dev"], 'list takes no "dev"', "leave it out"],
    [[], "no command", "render [ENVIRONMENT...]"],
  ])("%j is wrong usage", (args, what, fix) => {
    const { status, stdout, stderr } = atlasRender(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(what);
    expect(stderr).toContain(fix);
  });

  test("an interrupted run leaves the earlier output intact and nothing beside it", async () => {
    const output = temporaryFolder();
    atlasRender("render", "dev", "--output", output);
    const before = contentOf(join(output, "dev"));
    for (const delay of [20, 60, 90]) {
      const run = startAtlasRender("render", "--output", output);
      setTimeout(() => run.kill("SIGINT"), delay);
      await new Promise((resolve) => run.on("exit", resolve));
      expect(contentOf(join(output, "dev"))).toEqual(before);
      expect(readdirSync(output).filter((name) => name.startsWith("."))).toEqual([]);
    }
  });
});
