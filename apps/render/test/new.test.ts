import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { operator as atlasOperator } from "@atlas/manifests";
import { parseAllDocuments } from "yaml";
import { newEnvironment } from "../src/commands/new/new.ts";
import { overlaySource } from "../src/commands/new/overlay-source.ts";
import { atlasRenderIn, commandLine, temporaryFolder } from "./command.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const digest = `sha256:${"a".repeat(64)}`;

/** A user's own repository, as `init` makes it, with this workspace's packages. */
function repository(): string {
  const folder = temporaryFolder();
  expect(atlasRenderIn(folder, "init").status).toBe(0);
  symlinkSync(join(root, "apps/render/node_modules"), join(folder, "node_modules"));
  return folder;
}
const shared = repository();
/** Another, for environments of which the first one's messages do not speak. */
const besides = repository();

interface Rendered {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: { replicas?: number; template?: { spec: { containers: { image: string }[] } } };
  subjects?: { namespace: string }[];
}
const objectsOf = (folder: string, name: string): Rendered[] =>
  parseAllDocuments(atlasRenderIn(folder, "render", name, "--output", "-").stdout).map((document): Rendered =>
    document.toJS(),
  );

describe("new", () => {
  test("without a terminal takes the other environment's values, and says so", () => {
    const { status, stdout, stderr } = atlasRenderIn(shared, "new", "plain");
    expect([status, stdout]).toEqual([0, "environments/plain/index.ts\n"]);
    expect(stderr).toMatch(
      /^There is no terminal to ask on, so taken: --from dev, --namespace atlas-operator, --kubernetes-version 1\.37, --replicas 2, --version v[\d.]+\nplain: in a cluster that has dev as well, \d+ of its objects are those of dev, .*\(--namespace plain\) or names \(--name-prefix plain-\)\n$/,
    );
    expect(objectsOf(shared, "plain")).toEqual(objectsOf(shared, "dev"));
  });

  test("moves every object, and what refers to it, into the namespace", () => {
    const options = ["--namespace", "atlas-staging", "--replicas", "3", "--version", "v0.7.12"];
    const cluster = ["--kubernetes-version", "1.34"];
    const facts = [...options, ...cluster, "--digest", digest];
    const run = atlasRenderIn(shared, "new", "staging", "--from", "dev", ...facts);
    const hint =
      "staging: for a cluster that has dev as well, tell their operators apart with instance() or scope() of @atlas/manifests/options (from v0.7.36 on): both reconcile every AtlasSchema and AtlasMigration, and to delete one environment deletes the CRDs of both\n";
    expect(run).toEqual({ status: 0, stdout: "environments/staging/index.ts\n", stderr: hint });
    const objects = objectsOf(shared, "staging");
    expect(objects).toHaveLength(objectsOf(shared, "dev").length);
    const spaces = objects.flatMap(({ metadata, subjects = [] }) => [
      metadata.namespace,
      ...subjects.map(({ namespace }) => namespace),
    ]);
    expect(new Set(spaces)).toEqual(new Set([undefined, "atlas-staging"]));
    expect(objects.find(({ kind }) => kind === "Namespace")?.metadata.name).toBe("atlas-staging");
    const deployment = objects.find(({ kind }) => kind === "Deployment")?.spec;
    expect(deployment?.replicas).toBe(3);
    expect(deployment?.template?.spec.containers.map(({ image }) => image)).toEqual([
      expect.stringMatching(new RegExp(`:v0\\.7\\.12@${digest}$`)),
    ]);
  });

  test.each([
    [
      "later",
      ["--version", "v0.7.37", "--digest", digest],
      /^later: Deployment\/atlas-operator: the CustomResourceDefinitions are of an earlier release than v0\.7\.37: they lack atlasmigrations\.status\.observedGeneration, .*; apply the CustomResourceDefinitions of the release that runs/m,
    ],
    [
      "earlier",
      ["--version", "v0.7.3", "--digest", digest],
      /^earlier: .* are of a later release than v0\.7\.3, which does not know atlasmigrations\.spec\.devDB, atlasschemas\.spec\.devDB; /m,
    ],
    [
      "none",
      ["--replicas", "0"],
      /^none: Deployment\/atlas-operator: no operator runs: nothing is applied; /m,
    ],
  ])("says what an answer means: %s", (name, options, said) => {
    const run = atlasRenderIn(besides, "new", name, "--namespace", name, ...options);
    expect([run.status, run.stdout]).toEqual([0, `environments/${name}/index.ts\n`]);
    expect(run.stderr).toMatch(said);
  });

  test("says no more of what the environment below says already, and check says it of both", () => {
    const options = ["--from", "none", "--namespace", "above-none"];
    expect(atlasRenderIn(besides, "new", "above-none", ...options).stderr).not.toContain("no operator runs");
    const { stdout } = atlasRenderIn(besides, "check", "later", "above-none", "--format", "json");
    const codes = JSON.parse(stdout).map(({ subject, code }: Record<string, string>) => `${subject} ${code}`);
    expect(codes).toEqual(
      expect.arrayContaining(["later crd-of-another-release", "above-none operator-not-running"]),
    );
  });

  test("gives all names a prefix, for a cluster that has the other as well", () => {
    const options = ["--namespace", "atlas-twin", "--name-prefix", "twin-"];
    const run = atlasRenderIn(shared, "new", "twin", "--from", "dev", ...options);
    // Names of their own do not tell operators apart.
    expect(run.stderr).not.toContain("--name-prefix");
    expect(run.stderr).toContain("with instance() or scope() of @atlas/manifests/options");
    const objects = objectsOf(shared, "twin");
    const names = (kind: string) =>
      objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
    expect(names("ClusterRoleBinding")).toEqual(["twin-atlas-operator"]);
    expect(names("Namespace")).toEqual(["atlas-twin"]);
    expect(names("CustomResourceDefinition")).toEqual([
      "atlasmigrations.db.atlasgo.io",
      "atlasschemas.db.atlasgo.io",
    ]);
    expect(atlasRenderIn(shared, "new", "bad", "--name-prefix", "A b")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('a prefix cannot be "A b"'),
    });
  });

  test("on the base adds the Namespace that the base has not", () => {
    const run = atlasRenderIn(shared, "new", "bare", "--from", "base", "--namespace", "bare");
    expect(run.stdout).toBe("environments/bare/index.ts\nenvironments/bare/namespace.ts\n");
    const spaces = objectsOf(shared, "bare").filter(({ kind }) => kind === "Namespace");
    expect(spaces.map(({ metadata }) => metadata.name)).toEqual(["bare"]);
  });

  test("stands on an overlay of the package, too", () => {
    const from = "@atlas/manifests/overlays/dev";
    const run = atlasRenderIn(shared, "new", "meshed", "--from", from, "--namespace", "meshed");
    expect([run.status, run.stdout]).toEqual([0, "environments/meshed/index.ts\n"]);
    const text = readFileSync(join(shared, "environments/meshed/index.ts"), "utf8");
    expect(text).toContain(`import base from "${from}";`);
    expect(text).toContain(`import { namespace as target } from "${from}";`);
    const objects = objectsOf(shared, "meshed");
    expect(objects.map(({ kind }) => kind)).toContain("Sidecar");
    expect(objects.find(({ kind }) => kind === "Namespace")?.metadata).toMatchObject({
      name: "meshed",
      labels: { name: "meshed" },
    });
  });

  test("follows what changes below", () => {
    const folder = repository();
    atlasRenderIn(folder, "new", "next", "--namespace", "next");
    const index = join(folder, "environments/dev/index.ts");
    writeFileSync(index, readFileSync(index, "utf8").replace("replicas: 2", "replicas: 5"));
    const deployment = objectsOf(folder, "next").find(({ kind }) => kind === "Deployment");
    expect(deployment?.spec?.replicas).toBe(5);
  });

  test("renames the labels that repeat the namespace's name, and says what else names it", () => {
    const folder = repository();
    const dev = join(folder, "environments/dev");
    const edit = (file: string, from: string, to: string): void => {
      const text = readFileSync(join(dev, file), "utf8");
      expect(text).toContain(from);
      writeFileSync(join(dev, file), text.replace(from, to));
    };
    edit("namespace.ts", "labels: {", "labels: { name: operator.name, team: operator.name,");
    const mesh = `{ apiVersion: "networking.istio.io/v1beta1", kind: "Sidecar", metadata: { name: "mesh" },
      spec: { egress: [{ hosts: ["atlas-operator/*", "shop/*"] }] } },
      { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "own" }, spec: { podSelector: {},
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: "atlas-operator" } } }] }] } },`;
    edit("index.ts", "resources: [", `resources: [${mesh}`);
    const { status, stderr } = atlasRenderIn(folder, "new", "next", "--namespace", "next");
    expect(status, stderr).toBe(0);
    const space = objectsOf(folder, "next").find(({ kind }) => kind === "Namespace");
    expect(space?.metadata.labels).toMatchObject({ name: "next", team: "next" });
    expect(stderr.split("\n").filter((line) => line.includes("still names"))).toEqual(
      [
        "NetworkPolicy/own: spec.ingress[0].from[0].namespaceSelector.matchLabels.name",
        "Sidecar/mesh: spec.egress[0].hosts[0]",
      ].map(
        (place) =>
          `next: ${place}: still names the namespace "atlas-operator"; patch it if it means this one`,
      ),
    );
  });

  test("makes the first environment of a folder that is not there yet", () => {
    const folder = repository();
    const { status, stderr } = atlasRenderIn(folder, "new", "first", "--environments", "fleet/here");
    expect([status, stderr]).toEqual([0, expect.stringContaining("--from base")]);
    expect(readdirSync(join(folder, "fleet/here"))).toEqual(["first"]);
  });

  test.each([
    [["Staging_1"], `an environment's name cannot be "Staging_1"`, 'did you mean "staging-1"?'],
    [["../up"], `an environment's name cannot be "../up"`, 'did you mean "up"?'],
    [["-".repeat(3)], "unknown option", "see atlas-render new --help"],
    [["a".repeat(64)], "an environment's name cannot be", `did you mean "${"a".repeat(63)}"?`],
    [["base"], 'an environment cannot be called "base"', "choose another"],
    [["dev"], 'there is an environment "dev" already', "choose another"],
    [["next", "--from", "dve"], 'there is no environment "dve"', 'did you mean "dev"?'],
    [["next", "--namespace", "A b"], 'a namespace cannot be "A b"', 'did you mean "a-b"?'],
    [["next", "--replicas", "two"], 'replicas cannot be "two"', "give a number"],
    [["next", "--replicas", "1e3"], 'replicas cannot be "1e3"', "give a number"],
    [["next", "--version", "v9"], "--digest is missing", "give --digest"],
    [
      ["next", "--version", "0.7.11"],
      'the version cannot be "0.7.11"',
      'did you mean "v0.7.11"? Otherwise give the digest',
    ],
    [["next", "--version", "a b"], 'the version cannot be "a b"', "as the registry does"],
    [["next", "--digest", "sha256:1"], 'the digest cannot be "sha256:1"', "as the registry does"],
    [["next", "--repicas", "1"], 'unknown option "--repicas"', 'did you mean "--replicas"?'],
    [["next", "more"], 'new takes no "more"', "leave it out"],
    [[], "new names nothing", "atlas-render new"],
  ])("%j is refused, and nothing is written", (args, what, fix) => {
    const before = readdirSync(join(shared, "environments"));
    const { status, stdout, stderr } = atlasRenderIn(shared, "new", ...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(what);
    expect(stderr).toContain(fix);
    expect(readdirSync(join(shared, "environments"))).toEqual(before);
  });

  test("the digest of a release is refused for another version", () => {
    const command = commandLine("new", "next", "--version", "v9", "--digest", atlasOperator.image.digest);
    const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: shared, encoding: "utf8" });
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(`${atlasOperator.image.version} would run under the name v9`),
    ]);
    expect(existsSync(join(shared, "environments/next"))).toBe(false);
  });

  test.each([
    ["--replicas", "-1", 'replicas cannot be "-1"'],
    ["--namespace", "-x", 'a namespace cannot be "-x"'],
  ])("%s %s is about the value, not about an option of that name", (option, value, what) => {
    expect(atlasRenderIn(repository(), "new", "next", option, value)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(what),
    });
  });

  test("an environment that would not render is not made", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "environments"));
    // Nothing is installed here.
    const { status, stderr } = atlasRenderIn(folder, "new", "next", "--environments", "environments");
    expect([status, stderr]).toEqual([2, expect.stringContaining("@atlas/")]);
    expect(readdirSync(join(folder, "environments"))).toEqual([]);
  });
});

/** What is said on a terminal on which these lines are typed, and what comes of it. */
const converse = async (
  lines: string[],
): Promise<{ said: string; files: string | Error; folder: string }> => {
  const folder = join(repository(), "environments");
  const input = new PassThrough();
  const output = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(""));
  const given = {
    from: undefined,
    namespace: "given",
    "name-prefix": undefined,
    "kubernetes-version": undefined,
    replicas: undefined,
    version: undefined,
    digest: undefined,
  };
  const files = await newEnvironment({ name: "asked", given, environments: folder }, { input, output }).catch(
    (error: Error) => error,
  );
  return { said: String(output.read()), files, folder };
};

test("new says for which Kubernetes its environment is, where that is another than the one below has", () => {
  const made = (name: string, from: string, ...options: readonly string[]): string => {
    const run = atlasRenderIn(shared, "new", name, "--from", from, ...options);
    expect(run.status).toBe(0);
    return readFileSync(join(shared, "environments", name, "index.ts"), "utf8");
  };
  expect(made("old", "dev", "--kubernetes-version", "1.33")).toContain('kubernetesVersion: "1.33",');
  expect(made("older", "old")).not.toContain("kubernetesVersion");
  expect(made("newest", "dev")).not.toContain("kubernetesVersion");
  const { status, stderr } = atlasRenderIn(shared, "new", "no", "--kubernetes-version", "1.3");
  expect(status).toBe(2);
  expect(stderr).toContain('--kubernetes-version "1.3" is unknown');
  expect(stderr).toContain("expected: 1.31 or 1.32");
});

describe("new, on a terminal", () => {
  test("asks what no option says, shows the defaults, and asks again what it cannot take", async () => {
    const { said, folder } = await converse([
      "dve",
      "",
      "A b",
      "asked-",
      "1.35.2",
      "1.35",
      "many",
      "4",
      "v0.7.12",
      digest,
    ]);
    const prompts = [
      "stands on [dev]: ",
      "stands on [dev]: ",
      'none is "-" [-]: ',
      'none is "-" [-]: ',
      "its cluster has [1.37]: ",
      "its cluster has [1.37]: ",
      "Replicas [2]: ",
      "Replicas [2]: ",
      "version [v",
    ];
    let place = 0;
    for (const prompt of [...prompts, "The digest of v0.7.12: "]) {
      place = said.indexOf(prompt, place) + 1;
      expect(place, `${prompt} in ${said}`).toBeGreaterThan(0);
    }
    expect(said).not.toContain("Namespace [");
    expect(said).toContain('there is no environment "dve"; expected one of: base, dev');
    const text = readFileSync(join(folder, "asked/index.ts"), "utf8");
    for (const fact of [
      '"given"',
      'namePrefix: "asked-"',
      'kubernetesVersion: "1.35"',
      "count: 4",
      '"v0.7.12"',
      digest,
    ])
      expect(text).toContain(fact);
  });

  test("writes nothing when the conversation ends early", async () => {
    const { files, folder } = await converse(["dev"]);
    expect(files).toMatchObject({ findings: [{ what: "the input ended before all was answered" }] });
    expect(readdirSync(folder)).toEqual(["dev"]);
  });
});

test("what is written is formatted as this workspace is, whatever varies", () => {
  const folder = temporaryFolder();
  const long = "a".repeat(63);
  const imports = [
    [{ from: "@atlas/manifests", names: ["base"] }, "@atlas/manifests"],
    [{ from: `../${long}/index.ts`, defaultName: "base" }, "../../operator.ts"],
  ] as const;
  const spaces = [
    undefined,
    { name: long },
    { name: long, below: { module: `../${long}/namespace.ts`, labels: ["name"] } },
    { name: long, below: { module: "../dev/namespace.ts", labels: ["name", "example.com/name"] } },
    {
      name: long,
      below: { module: "../dev/namespace.ts", labels: ["name", "a".repeat(63), "b".repeat(63)] },
    },
    { name: long, below: { labels: [] } },
  ];
  for (const [importBase, operator] of imports)
    for (const namespace of spaces)
      for (const replicas of [undefined, 2])
        for (const image of [undefined, { version: `v0.7.12-${"1".repeat(60)}`, digest }]) {
          const place = join(folder, String(readdirSync(folder).length));
          mkdirSync(place);
          const facts = { name: long, from: long, importBase, operator, namespace, replicas, image };
          for (const [file, text] of overlaySource(facts)) writeFileSync(join(place, file), text);
        }
  expect(readdirSync(folder)).toHaveLength(48);
  expect(existsSync(join(folder, "5/index.ts"))).toBe(true);
  const config = join(root, ".oxfmtrc.json");
  const { stdout } = spawnSync(
    join(root, "node_modules/.bin/oxfmt"),
    ["--config", config, "--check", folder],
    {
      encoding: "utf8",
    },
  );
  expect(stdout).toContain("All matched files use the correct format.");
});
