import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { endless, startServer } from "@atlas/download/test-server";
import { temporaryFolder } from "@atlas/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { startRegistry, type Registry } from "@atlas/download/test-registry";
import { writeNewerCrds } from "../src/operator/newer-crds.ts";
import { intervalRule, writeReleaseOfNewKinds } from "../src/operator/release-of-new-kinds.ts";
import { copyWorkspace, type WorkspaceCopy } from "../src/workspace/workspace-copy.ts";

const version = "v99.1.0";
const manifest = '{"schemaVersion":2,"manifests":[]}';
const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
const operatorFile = "packages/manifests/src/operator.ts";

/** A file of that name and text. */
const written = (name: string, text: string): string => {
  const file = join(temporaryFolder("crds-"), name);
  writeFileSync(file, text);
  return file;
};

/** An object of a kind that a release brings. */
const driftCheck = `import { define } from "@atlas/compose";
import type { AtlasDriftCheck } from "@atlas/crd-types";

export const drift = define<AtlasDriftCheck>()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasDriftCheck",
  metadata: { name: "shop" },
  spec: { targetRef: { name: "shop" }, interval: "10m" },
});
`;

/** An object with what a narrower release does not take: a field, and a value. */
const shopSchema = `import { define } from "@atlas/compose";
import type { AtlasSchema } from "@atlas/crd-types";

export const shop = define<AtlasSchema>()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop", namespace: "atlas-operator" },
  spec: {
    envName: "local",
    txMode: "none",
    url: "sqlite://file.db",
    schema: { sql: "CREATE TABLE t (id int)" },
  },
});
`;

/** The CRDs of a release that knows one field of AtlasSchema less, takes one value less, and has a default more. */
function narrowerCrds(): string[] {
  return crds.map((file) => {
    const crd = parse(readFileSync(file, "utf8"));
    const { properties } = crd.spec.versions[0].schema.openAPIV3Schema.properties.spec;
    if (crd.spec.names.kind === "AtlasSchema") {
      delete properties.envName;
      properties.txMode.enum = ["file", "all"];
      properties.dryRun.default = false;
    }
    return written(`${crd.metadata.name}.yaml`, stringify(crd));
  });
}

let workspace: WorkspaceCopy;
let registry: Registry;
let crds: readonly string[];
/** A CRD of another group. */
const foreign = (): string =>
  written("foreign.yaml", readFileSync(crds[0] ?? "", "utf8").replaceAll("db.atlasgo.io", "example.com"));
const path = (...parts: string[]): string => join(workspace.root, ...parts);
const edit = (file: string, change: (text: string) => string): void => {
  const text = readFileSync(path(file), "utf8");
  expect(change(text), file).not.toBe(text);
  writeFileSync(path(file), change(text));
};
const commit = (): void => {
  workspace.run("git", "add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  expect(workspace.run("git", ...author, "commit", "--quiet", "--message=state").status).toBe(0);
};

beforeAll(async () => {
  workspace = copyWorkspace();
  registry = await startRegistry({ manifests: { "mirror/operator:99.1.0": manifest }, token: "asked" });
  edit(operatorFile, (text) => text.replace(/mirror: "[^"]+"/, `mirror: "${registry.host}/mirror/operator"`));
  commit();
  crds = writeNewerCrds(workspace.root, temporaryFolder("crds-"));
}, 60_000);
afterAll(async () => {
  workspace.remove();
  await registry.close();
});
beforeEach(() => {
  workspace.run("git", "reset", "--quiet", "--hard");
  workspace.run("git", "clean", "-fdq", "packages", ".changeset");
});

/** Starts the copy's own command; what it leaves in its temporary folder when it is killed goes with that folder. */
const start = (args: readonly string[], temporary = tmpdir()): ChildProcess =>
  spawn(process.execPath, ["--conditions=@atlas/source", path("apps/render/bin/atlas-render.js"), ...args], {
    cwd: workspace.root,
    env: { ...process.env, TMPDIR: temporary },
  });
/** Runs it to its end, while this process can answer as a registry. */
async function atlasRender(
  ...args: string[]
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const run = start(args);
  const said = { stdout: "", stderr: "" };
  run.stdout?.on("data", (chunk) => (said.stdout += chunk));
  run.stderr?.on("data", (chunk) => (said.stderr += chunk));
  const status = await new Promise<number | null>((resolve) => run.on("close", resolve));
  return { status, ...said };
}

/** The files that differ from the last commit. */
const changedFiles = (): string[] =>
  workspace.run("git", "status", "--porcelain", "--untracked-files=all").stdout.split("\n").filter(Boolean);

/** The CRDs of the release that is there, in files of their own. */
const oldCrds = (): readonly string[] =>
  readdirSync(path("packages/crd-types/manifests")).map((name) =>
    written(name, readFileSync(path("packages/crd-types/manifests", name), "utf8")),
  );

describe("atlas-render upgrade", () => {
  test("takes image and CRDs, and says what that changes", async () => {
    const { status, stdout, stderr } = await atlasRender("upgrade", version, "--crds", ...crds);
    expect(status, stderr).toBe(0);

    const before = workspace.run("git", "show", `HEAD:${operatorFile}`).stdout;
    const [, old = ""] = /version: "([^"]+)"/.exec(before) ?? [];
    const expected = before.replace(old, version).replace(/sha256:[0-9a-f]{64}/, digest);
    expect(readFileSync(path(operatorFile), "utf8")).toBe(expected);
    expect(
      workspace.run(
        "node",
        "--conditions=@atlas/source",
        "packages/crd-codegen/src/main.ts",
        "check",
        "packages/crd-types",
      ).status,
    ).toBe(0);
    expect(readFileSync(path("packages/crd-types/api/api.txt"), "utf8")).toContain("dryRun");
    expect(changedFiles().filter((line) => line.startsWith("?? .changeset/"))).toHaveLength(1);

    expect(stdout).toMatch(/AtlasSchema \S+ spec\.dryRun: added/);
    expect(stdout).toMatch(/^base, dev.*: what changes$/m);
    expect(stdout).toMatch(/^ {2}changed CustomResourceDefinition\/atlasschemas\.db\.atlasgo\.io$/m);
    expect(stdout).toMatch(/^ {4}the schema, in places: 1 added$/m);
    expect(stdout).toMatch(
      new RegExp(`containers\\[manager\\]\\.image: ".*:${old}@sha256:.*" → ".*:${version}@${digest}"`),
    );
    expect(stdout.split("\n").length).toBeLessThan(40);
    expect(stderr).toContain(`${registry.host}/mirror/operator:99.1.0 is ${digest}`);
    expect(stderr).toContain("kubectl diff -k dist/manifests/dev");
  }, 120_000);

  test("is the same with the digest given, and asks no registry", async () => {
    const asked = registry.requests.length;
    const other = `sha256:${"1".repeat(64)}`;
    const { status, stdout } = await atlasRender("upgrade", version, "--digest", other, "--crds", ...crds);
    expect(status).toBe(0);
    expect(stdout).toContain(`${version}@${other}`);
    expect(registry.requests).toHaveLength(asked);
  }, 120_000);

  const withDigest = ["--digest", digest];

  test("wires in the kinds that a release brings, and a rollback takes them out exactly", async () => {
    const { list } = writeReleaseOfNewKinds(workspace.root, temporaryFolder("release-"));
    const old = oldCrds();
    const { status, stdout, stderr } = await atlasRender("upgrade", "v0.8.0", ...withDigest, "--crds", list);
    expect(status, stderr).toBe(0);
    for (const kind of ["AtlasDriftCheck", "AtlasSecurityScan", "AtlasSecurityReport"]) {
      expect(stdout).toMatch(new RegExp(`${kind} \\S+: added`));
      expect(stdout).toContain(`added CustomResourceDefinition/${kind.toLowerCase()}s.db.atlasgo.io`);
    }
    expect(stdout).not.toMatch(/rules\[\d+\].*(?<!\(nothing\)) → /);
    for (const field of ["AtlasMigration \\S+ spec.policy", "AtlasSchema \\S+ spec.prewarmDevDB"])
      expect(stdout).toMatch(new RegExp(`${field}: added`));

    writeFileSync(path("packages/manifests/src/overlays/dev/drift.ts"), driftCheck);
    edit("packages/manifests/src/overlays/dev/index.ts", (text) =>
      text
        .replace("\n", '\nimport { drift } from "./drift.ts";\n')
        .replace("resources: [", "resources: [drift, "),
    );
    const project = ["-p", "packages/manifests/tsconfig.json", "--noEmit"];
    const types = workspace.run("tsc", ...project);
    expect(types.status, types.stdout).toBe(0);
    const rendered = await atlasRender("render", "dev", "--validate", "--output", "-");
    expect(rendered.status, rendered.stderr).toBe(0);
    for (const part of ["", "/finalizers", "/status"])
      expect(rendered.stdout).toContain(`- atlasdriftchecks${part}\n`);
    edit("packages/manifests/src/overlays/dev/drift.ts", (text) => text.replace("interval:", "intervall:"));
    expect(workspace.run("tsc", ...project).stdout).toContain(
      'UnknownField<"intervall", AtlasDriftCheckSpec>',
    );
    const refused = await atlasRender("render", "dev", "--validate", "--output", "-");
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean "interval"?'),
    ]);
    workspace.run("git", "checkout", "--quiet", "--", "packages/manifests/src/overlays");
    workspace.run("git", "clean", "-fdq", "packages/manifests/src/overlays");

    const record = workspace.run("git", "show", `HEAD:${operatorFile}`).stdout;
    const [oldDigest = ""] = /sha256:[0-9a-f]{64}/.exec(record) ?? [];
    const back = await atlasRender("upgrade", "v0.7.11", "--digest", oldDigest, "--crds", ...old);
    expect(back.status, back.stderr).toBe(0);
    expect(back.stderr).toContain("v0.7.11 is earlier than v0.8.0: this is a downgrade");
    expect(back.stderr).toMatch(
      /kinds that v0\.7\.11 does not know: atlasdriftchecks, .*deletes all of them/,
    );
    expect(stderr).not.toContain("downgrade");
    expect(workspace.run("git", "diff", "--stat").stdout).toBe("");
    expect(changedFiles().filter((line) => !line.startsWith("?? .changeset/"))).toEqual([]);
  }, 240_000);

  test("says what becomes of the objects that environments have, and ends with 1 for what is lost or refused", async () => {
    const overlay = "packages/manifests/src/overlays/dev";
    writeFileSync(path(overlay, "shop.ts"), shopSchema);
    edit(`${overlay}/index.ts`, (text) =>
      text
        .replace("\n", '\nimport { shop } from "./shop.ts";\n')
        .replace("resources: [", "resources: [shop, "),
    );
    const old = oldCrds();
    const { status, stdout, stderr } = await atlasRender(
      "upgrade",
      version,
      ...withDigest,
      "--crds",
      ...narrowerCrds(),
    );
    const found = [
      `AtlasSchema/shop in dev: loses spec.envName, which was "local" (${overlay}/shop.ts:9:`,
      `AtlasSchema/shop in dev: is refused where it is created or changes there; as it is, it may stay: spec.txMode: the value is not allowed; got "none"; expected one of: "file", "all" (${overlay}/shop.ts:10:`,
    ];
    expect(status, stderr).toBe(1);
    for (const line of found) {
      expect(stdout).toContain(`  ${line}`);
      expect(stderr).toContain(`- ${line}`);
    }
    expect(stdout).toContain("AtlasSchema/shop in dev: gets spec.dryRun: false, a default");
    expect(stderr).toContain("they are not rendered until these objects are put right");
    // The way back is judged by where it leads: to where they are rendered.
    const taken = workspace.run("git", "stash", "create").stdout.trim();
    const record = workspace.run("git", "show", `HEAD:${operatorFile}`).stdout;
    const [oldDigest = ""] = /sha256:[0-9a-f]{64}/.exec(record) ?? [];
    const [oldVersion = ""] = /(?<=version: ")v[\d.]+/.exec(record) ?? [];
    const back = await atlasRender("upgrade", oldVersion, "--digest", oldDigest, "--crds", ...old);
    expect(back.status, back.stderr).toBe(0);
    expect(back.stdout).toContain("they were not rendered before, as objects were refused, and are now");
    const again = await atlasRender("render", "dev", "--output", "-");
    expect(again.status, again.stderr).toBe(0);
    workspace.run("git", "checkout", taken, "--", "packages");
    // What is said is put right: nothing else was in the way.
    edit(`${overlay}/shop.ts`, (text) =>
      text.replace('    envName: "local",\n', "").replace('txMode: "none"', 'txMode: "all"'),
    );
    const rendered = await atlasRender("render", "dev", "--output", "-");
    expect(rendered.status, rendered.stderr).toBe(0);
  }, 240_000);

  test("says which library the new kinds need that is not there, and ends with 1", async () => {
    const { list } = writeReleaseOfNewKinds(workspace.root, temporaryFolder("release-"), intervalRule);
    const { status, stdout, stderr } = await atlasRender("upgrade", "v0.8.0", ...withDigest, "--crds", list);
    expect([status, stdout], stderr).toEqual([1, expect.stringContaining("AtlasDriftCheck")]);
    expect(stderr).toContain("Not done, and yours to do:");
    expect(stderr).toContain("pnpm --dir packages/crd-types add @marcbachmann/cel-js");
    const rendered = await atlasRender("render", "dev", "--output", "-");
    expect(rendered.status, rendered.stderr).toBe(0);
  }, 120_000);

  test("takes the list by URL, with its query, and says what of it is not applied", async () => {
    const folder = temporaryFolder("release-");
    const { list } = writeReleaseOfNewKinds(workspace.root, folder);
    writeFileSync(list, `${readFileSync(list, "utf8")}patches: [{ path: patches/webhook.yaml }]\n`);
    const asked: string[] = [];
    const server = await startServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? "", "http://localhost");
      asked.push(search);
      response.end(readFileSync(join(folder, pathname)));
    });
    const url = `${server.url}/kustomization.yaml?key=secret`;
    const { status, stderr } = await atlasRender("upgrade", "v0.8.0", ...withDigest, "--crds", url);
    await server.close();
    expect([status, asked], stderr).toEqual([1, Array.from({ length: 6 }, () => "?key=secret")]);
    expect(stderr).toContain("its patches were not applied to the CRDs");
    expect(stderr).not.toContain("secret");
  }, 120_000);

  const failures: [string, { args: () => string[]; before?: () => void; says: string }][] = [
    [
      "a version that the registry does not have",
      { args: () => ["v98.0.0", "--crds", ...crds], says: "manifests/98.0.0: 404" },
    ],
    [
      "a registry that cannot be reached",
      {
        before: () => edit(operatorFile, (text) => text.replace(registry.host, "127.0.0.1:1")),
        args: () => [version, "--crds", ...crds],
        says: "it cannot be reached",
      },
    ],
    [
      "the digest of the release before",
      {
        args: () => {
          const [, before = ""] =
            /digest: "(sha256:[0-9a-f]{64})"/.exec(readFileSync(path(operatorFile), "utf8")) ?? [];
          return [version, "--digest", before, "--crds", ...crds];
        },
        says: `would run under the name ${version}`,
      },
    ],
    ["a malformed digest", { args: () => [version, "--digest", "sha256:12"], says: "the digest cannot be" }],
    ["no version", { args: () => ["latest"], says: '"latest" is not a version of the operator' }],
    [
      "a CRD that is not there",
      {
        args: () => [version, ...withDigest, "--crds", "nowhere.yaml"],
        says: "nowhere.yaml: cannot be read",
      },
    ],
    [
      "one CRD of two, of a release that is known",
      {
        args: () => ["v0.7.37", ...withDigest, "--crds", crds[0] ?? ""],
        says: "atlasschemas.db.atlasgo.io: was not given, but the release has it. Give its file, too",
      },
    ],
    [
      "one CRD of two, of a release that is not known",
      {
        args: () => [version, ...withDigest, "--crds", crds[0] ?? ""],
        says: "atlasschemas.db.atlasgo.io: was not given, but is among the sources",
      },
    ],
    [
      "CRDs that are not the operator's",
      {
        args: () => [version, ...withDigest, "--crds", ...crds, foreign()],
        says: "is example.com, but the release's CRDs are of db.atlasgo.io",
      },
    ],
    [
      "a kind that a known release does not have",
      {
        args: () => [
          "v0.7.37",
          ...withDigest,
          "--crds",
          ...writeReleaseOfNewKinds(workspace.root, temporaryFolder("release-")).files,
        ],
        says: "atlasdriftchecks.db.atlasgo.io: is none of the release's CRDs",
      },
    ],
    [
      "a list that names what is no file beside it",
      {
        args: () => [
          version,
          ...withDigest,
          "--crds",
          written("kustomization.yaml", "resources: [../../secret.yaml, https://example.com/a.yaml]\n"),
        ],
        says: 'its resources name "../../secret.yaml"',
      },
    ],
    [
      "a list that is none",
      {
        args: () => [version, ...withDigest, "--crds", written("kustomization.yaml", "a: b\n")],
        says: "it has no list of resources",
      },
    ],
    [
      "a CRD that is none",
      {
        args: () => {
          const file = join(temporaryFolder("crds-"), "bad.yaml");
          writeFileSync(file, "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n");
          return [version, ...withDigest, "--crds", file];
        },
        says: "bad.yaml",
      },
    ],
    [
      "an environment that does not render with the new release",
      {
        before: () => {
          mkdirSync(path("packages/manifests/src/overlays/strict"));
          writeFileSync(
            path("packages/manifests/src/overlays/strict/index.ts"),
            `import { overlay } from "@atlas/compose";
import base from "../../base/index.ts";
import { operator } from "../../operator.ts";

if (String(operator.image.version) === "${version}") throw new Error("not this one");
export default overlay({ base });
`,
          );
        },
        args: () => [version, ...withDigest, "--crds", ...crds],
        says: "not this one",
      },
    ],
    [
      "a record whose version is not a plain string",
      {
        before: () => edit(operatorFile, (text) => text.replace(/version: ("[^"]+")/, "version: String($1)")),
        args: () => [version, ...withDigest],
        says: "there is no image record",
      },
    ],
  ];
  test.each(failures)(
    "%s: says so, and leaves every file as it was",
    async (_name, { args, before, says }) => {
      before?.();
      const files = changedFiles();
      const differences = workspace.run("git", "diff").stdout;
      const { status, stdout, stderr } = await atlasRender("upgrade", ...args());
      expect([status, stdout], stderr).toEqual([2, ""]);
      expect(stderr).toContain(says);
      expect(changedFiles()).toEqual(files);
      expect(workspace.run("git", "diff").stdout).toBe(differences);
    },
    120_000,
  );

  test("asks everything of the network before anything is changed", async () => {
    const changed: (readonly string[])[] = [];
    const server = await startServer((_request, response) => {
      changed.push(changedFiles());
      response.writeHead(503).end();
    });
    const url = `${server.url.replace("//", "//me:secret@")}/crds.yaml?signature=secret`;
    const { status, stderr } = await atlasRender("upgrade", version, "--crds", url);
    await server.close();
    expect([status, changed, changedFiles()], stderr).toEqual([2, [[]], []]);
    expect(stderr).toContain(
      `${server.url}/crds.yaml?…: cannot be read: the server answered 503 Service Unavailable`,
    );
    expect(stderr).not.toContain("secret");
  }, 120_000);

  test("takes no login page for an image, and no endless answer for CRDs", async () => {
    const page = await startServer((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<title>Log in</title>"),
    );
    edit(operatorFile, (text) => text.replace(registry.host, new URL(page.url).host));
    const edited = changedFiles();
    const login = await atlasRender("upgrade", version, "--crds", ...crds);
    await page.close();
    expect([login.status, changedFiles()], login.stderr).toEqual([2, edited]);
    expect(login.stderr).toContain("it sent no image manifest, but text/html");

    const server = await startServer(endless());
    const { status, stderr } = await atlasRender("upgrade", version, ...withDigest, "--crds", server.url);
    await server.close();
    expect([status, changedFiles()], stderr).toEqual([2, edited]);
    expect(stderr).toContain("the answer is larger than");
  }, 120_000);

  test("killed while it renders, it leaves nothing that the next one does not clear up", async () => {
    const temporary = temporaryFolder("killed-");
    const run = start(["upgrade", version, ...withDigest, "--crds", ...crds], temporary);
    const ended = new Promise((resolve) => run.on("close", resolve));
    const staged = (): string[] =>
      readdirSync(workspace.root).filter(
        (name) => existsSync(path(name, "manifests")) && name.startsWith("."),
      );
    while (staged().length === 0 && run.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    run.kill("SIGKILL");
    await ended;
    expect(staged()).toHaveLength(1);
    expect(readdirSync(temporary).filter((name) => name.startsWith("atlas-"))).toEqual([]);

    const { status, stderr } = await atlasRender("upgrade", "v98.0.0", "--crds", ...crds);
    expect([status, stderr]).toEqual([2, expect.stringContaining("took back what")]);
    expect(readdirSync(workspace.root).filter((name) => name.startsWith(".atlas-"))).toEqual([]);
    expect(changedFiles()).toEqual([]);
  }, 120_000);

  test("killed in its middle, the next one takes everything back, and what is the user's own stays", async () => {
    chmodSync(path(operatorFile), 0o600);
    const own = ".changeset/own.md";
    const run = start(["upgrade", version, ...withDigest, "--crds", ...crds], temporaryFolder("killed-"));
    const ended = new Promise((resolve) => run.on("close", resolve));
    const isHalfDone = (): boolean => changedFiles().length > 4;
    while (!isHalfDone() && run.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    run.kill("SIGKILL");
    await ended;
    expect(changedFiles()).toContain(` M ${operatorFile}`);
    writeFileSync(path(own), "---\n---\n\nMine.\n");

    const { status, stderr } = await atlasRender("upgrade", "v98.0.0", "--crds", ...crds);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("took back what an upgrade that was killed had left"),
    ]);
    expect(changedFiles()).toEqual([`?? ${own}`]);
    expect(statSync(path(operatorFile)).mode & 0o777).toBe(0o600);
    chmodSync(path(operatorFile), 0o644);

    const again = await atlasRender("upgrade", version, ...withDigest, "--crds", ...crds);
    expect(again.status, again.stderr).toBe(0);
    expect(again.stdout).toContain("dryRun");
    expect(changedFiles().filter((line) => line.startsWith("?? .changeset/"))).toHaveLength(2);
  }, 240_000);

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ended by %s in its middle, it puts everything back",
    async (signal) => {
      const run = start(["upgrade", version, ...withDigest, "--crds", ...crds]);
      const ended = new Promise<number | null>((resolve) => run.on("close", resolve));
      const isHalfDone = (): boolean => readFileSync(path(operatorFile), "utf8").includes(version);
      while (!isHalfDone() && run.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(isHalfDone()).toBe(true);
      run.kill(signal);
      expect(await ended).toBe(128 + constants.signals[signal]);
      expect(changedFiles()).toEqual([]);
    },
    120_000,
  );

  test("outside of the workspace says what to do instead", () => {
    const folder = temporaryFolder("elsewhere-");
    const { status, stderr } = workspace.run(
      "sh",
      "-c",
      `cd '${folder}' && node --conditions=@atlas/source '${path("apps/render/bin/atlas-render.js")}' upgrade ${version}`,
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining("is not in the workspace")]);
  });
});
