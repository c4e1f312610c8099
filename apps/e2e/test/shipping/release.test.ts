import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import {
  createConsumer,
  type Consumer,
  type CommandRun,
  type Toolchain,
} from "../../src/documents/consumer.ts";
import { examplesOf, saidOutput } from "../../src/documents/examples.ts";
import { contentOfFolder } from "../../src/workspace/folder-content.ts";
import { startRegistry, type NpmRegistry } from "../../src/documents/registry.ts";
import { copyWorkspace, type WorkspaceCopy } from "../../src/workspace/workspace-copy.ts";
import { mistakes, staging } from "./repository.ts";

// The real changesets, pnpm, npm and a real registry, one step after the other as a release takes them; then
// repositories of people who know the packages from that registry alone.
// What takes long is the network's and the machine's affair; the limit is there so that nothing hangs forever.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
let registry: NpmRegistry;
let workspace: WorkspaceCopy;
beforeAll(async () => {
  registry = await startRegistry();
  workspace = copyWorkspace({ HOME: registry.home, pnpm_config_verify_deps_before_run: "false" });
});
afterAll(async () => {
  workspace?.remove();
  await registry?.stop();
});

const rooms = [
  "packages/crd-types",
  "packages/compose",
  "packages/istio",
  "packages/checks",
  "packages/crd-codegen",
  "packages/import-kustomize",
  "packages/manifests",
  "apps/render",
];

/** What a command printed on stdout; it must have ended with 0. */
function good({ status, stdout, stderr }: CommandRun): string {
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}
const inWorkspace = (...command: [string, ...string[]]): string => good(workspace.run(...command));
const path = (...parts: string[]): string => join(workspace.root, ...parts);
const json = (...parts: string[]) => JSON.parse(readFileSync(join(...parts), "utf8"));
const changesets = (): string[] => readdirSync(path(".changeset")).filter((name) => name.endsWith(".md"));
const versions = (): Record<string, string> =>
  Object.fromEntries(rooms.map((room) => [room.split("/")[1], json(path(room), "package.json").version]));
/** The registry is named outright: whatever this machine is set to, nothing may be published anywhere else. */
const publish = (): string[] =>
  inWorkspace(
    "node",
    "tools/release/src/main.ts",
    "dist/release",
    "--no-provenance",
    `--@atlas:registry=${registry.url}`,
  )
    .split("\n")
    .slice(0, -1);

/** Rendered files without the line that says whose environments they are: those of another package are another's. */
const withoutOwner = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replace(/^# It belongs to .*\n/m, "")]),
  );

describe("a release", () => {
  test("takes the changesets into versions and changelogs, in the format that lint demands", () => {
    expect(changesets()).not.toEqual([]);
    inWorkspace("changeset", "version");
    expect(changesets()).toEqual([]);
    for (const room of rooms) {
      const { version } = json(path(room), "package.json");
      expect(version, room).not.toBe("0.0.0");
      expect(readFileSync(path(room, "CHANGELOG.md"), "utf8")).toContain(`\n## ${version}\n`);
    }
    inWorkspace("oxfmt", "--check", ".");
  });

  test("is packed", () => {
    inWorkspace("pnpm", "run", "release:pack");
    expect(readdirSync(path("dist/release/packages"))).toHaveLength(rooms.length);
  });

  test("is published in the order of dependencies, and once", () => {
    const all = versions();
    const names = publish();
    expect(names.toSorted()).toEqual(
      Object.entries(all)
        .map(([name, version]) => `@atlas/${name}@${version}`)
        .toSorted(),
    );
    expect(names.slice(-2)).toEqual([
      `@atlas/manifests@${all["manifests"]}`,
      `@atlas/render@${all["render"]}`,
    ]);
    expect(publish()).toEqual([]);
  });
});

/** Each pair of choices once. */
const toolchains: readonly Toolchain[] = [
  { manager: "npm", typescript: "~5.9.3", node: "node-22" },
  { manager: "npm", typescript: "~7.0.2", node: "node" },
  { manager: "pnpm", typescript: "~5.9.3", node: "node" },
  { manager: "pnpm", typescript: "~7.0.2", node: "node-22" },
];
const examples = rooms.flatMap((room) => examplesOf(room).map((code) => ({ room, code })));

describe.each(toolchains)("a repository with $manager, TypeScript $typescript and $node", (toolchain) => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = createConsumer(registry, toolchain);
  });
  afterAll(() => consumer?.remove());

  test("is started by init, and installs", () => {
    const [command, ...args] = toolchain.manager === "npm" ? ["exec", "--yes", "--"] : ["dlx"];
    good(consumer.manage(command, ...args, "@atlas/render", "init"));
    const manifest = json(consumer.folder, "package.json");
    manifest.dependencies["@atlas/istio"] = `^${versions()["istio"]}`;
    manifest.dependencies["@atlas/import-kustomize"] = `^${versions()["import-kustomize"]}`;
    manifest.devDependencies.typescript = toolchain.typescript;
    consumer.write({ "package.json": JSON.stringify(manifest) });
    good(consumer.manage("install"));
    expect(good(consumer.exec("tsc", "--version"))).toContain(toolchain.typescript.slice(1, 4));
  });

  test("type-checks and renders its own environments, byte for byte as the workspace does", () => {
    const files = Object.entries(staging).map(([name, text]) => [`environments/staging/${name}`, text]);
    consumer.write(Object.fromEntries(files));
    good(consumer.manage("run", "render"));
    expect(good(consumer.exec("atlas-render", "list"))).toMatch(/^staging +\S+ +3 +10 +databases$/m);
    const rendered = contentOfFolder(join(consumer.folder, "dist/manifests"));
    expect(Object.keys(rendered)).toContain("staging/deployment.apps_atlas-operator.yaml");
    // Beside the workspace's own, where imports find its sources.
    const environments = "packages/manifests/environments";
    cpSync(join(consumer.folder, "environments"), path(environments), { recursive: true });
    inWorkspace("atlas-render", "render", "--environments", environments, "--output", "dist/theirs");
    expect(withoutOwner(rendered)).toEqual(withoutOwner(contentOfFolder(path("dist/theirs"))));
  });

  test("passes the tests that it is started with", () => {
    expect(good(consumer.exec("vitest", "run", "--update"))).toMatch(/Tests.* 3 passed/);
  });

  test("renders the environments that the packages bring, byte for byte as the workspace does", () => {
    const overlays = "node_modules/@atlas/manifests/dist/overlays";
    good(consumer.exec("atlas-render", "render", "dev", "--environments", overlays, "--output", "brought"));
    inWorkspace("atlas-render", "render", "dev", "--output", "dist/ours");
    const brought = contentOfFolder(join(consumer.folder, "brought"));
    expect(withoutOwner(brought)).toEqual(withoutOwner(contentOfFolder(path("dist/ours"))));
  });

  test("is told of its mistakes, and of none in the packages' declarations or their READMEs' examples", () => {
    consumer.write({
      ...Object.fromEntries(examples.map(({ code }, index) => [`examples/${index}.ts`, code])),
      "mistakes/mistakes.ts": mistakes,
      "mistakes/tsconfig.json": JSON.stringify({ compilerOptions: strictest, include: [".", "../examples"] }),
    });
    const { status, stdout } = consumer.exec("tsc", "-p", "mistakes");
    expect(status).not.toBe(0);
    const places = stdout.split("\n").flatMap((line) => /^(\S+\(\d+),/.exec(line)?.[1] ?? []);
    const lines = mistakes.split("\n").map((line, index) => [line, index + 1] as const);
    const refused = lines.filter(([line]) => line.endsWith("// refused"));
    expect(refused).toHaveLength(8);
    expect(
      [...new Set(places)].filter((place) => !isForeign(place)),
      stdout,
    ).toEqual(refused.map(([, number]) => `mistakes/mistakes.ts(${number}`));
  });

  test("runs the examples, which print what they say", () => {
    const modules = examples.map((_, index) => `await import("./${index}.ts");\n`);
    consumer.write({ "examples/all.ts": modules.join("") });
    expect(good(consumer.node("examples/all.ts"))).toBe(printed().join(""));
    const readme = readFileSync(path("packages/crd-types/README.md"), "utf8");
    const [, schema = ""] = /\$schema=(\S+)/.exec(readme) ?? [];
    expect(json(consumer.folder, schema).$schema).toContain("2020-12");
  });

  test("is shown by --help what the README says", () => {
    const [, usage = ""] =
      /\$ atlas-render --help\n([^]*?)```/.exec(readFileSync(path("apps/render/README.md"), "utf8")) ?? [];
    expect(good(consumer.exec("atlas-render", "--help"))).toBe(usage);
  });
});

/** All that can be asked of declarations; nothing of Node's types is there. */
const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: false,
  module: "nodenext",
  target: "es2023",
  types: [],
  noEmit: true,
};

/** Declarations that are not ours: those of this package do not bear exactOptionalPropertyTypes. */
const isForeign = (place: string): boolean => place.includes("node_modules/@kubernetes-models/");

/** What the workspace's own sources print for each example: what it says, where it says something. */
function printed(): readonly string[] {
  return examples.map(({ room, code }) => {
    // Within the package whose dependencies it has; git ignores it, and so does whoever looks at the sources meanwhile.
    const folder = path(room, `tmp/example-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/example.ts`, code);
    const output = inWorkspace("node", "--conditions=@atlas/source", `${folder}/example.ts`);
    rmSync(folder, { recursive: true });
    expect(output, code).toBe(saidOutput(code) ?? output);
    return output;
  });
}

describe("the next release, of another upstream version", () => {
  test("a CRD with a field that must be given is proposed as major", () => {
    importCrd((properties, spec) => {
      properties["owner"] = { type: "string" };
      spec.required = [...(spec.required ?? []), "owner"];
    });
    expect(proposed()).toContain("@atlas/crd-types major");
    for (const file of changesets()) rmSync(path(".changeset", file));
    inWorkspace("git", "checkout", "--quiet", "--", "packages/crd-types/crds");
  });

  test("one with a field that may be given is minor, and those that depend on the types follow", () => {
    writeFileSync(path("dist/before.json"), JSON.stringify(versions()));
    importCrd((properties) => {
      properties["owner"] = { type: "string" };
    });
    const follow = ["@atlas/import-kustomize patch", "@atlas/manifests patch", "@atlas/render patch"];
    expect(proposed()).toEqual(["@atlas/crd-types minor", ...follow]);
    inWorkspace("changeset", "version");
    expect(readFileSync(path("packages/crd-types/CHANGELOG.md"), "utf8")).toContain(
      "spec.owner: added: string",
    );
    inWorkspace("oxfmt", "--check", "packages/crd-types");
    inWorkspace("pnpm", "run", "release:pack");
    const { "crd-types": types, "import-kustomize": importer, manifests, render } = versions();
    expect(types).not.toBe(before()["crd-types"]);
    expect(publish()).toEqual([
      `@atlas/crd-types@${types}`,
      `@atlas/import-kustomize@${importer}`,
      `@atlas/manifests@${manifests}`,
      `@atlas/render@${render}`,
    ]);
  });

  test("a fault fixed in an engine reaches the packages that are bundled with it", () => {
    writeFileSync(path(".changeset/fixed.md"), '---\n"@atlas/compose": patch\n---\n\nFixed.\n');
    expect(proposed()).toEqual([
      "@atlas/compose patch",
      "@atlas/crd-codegen patch",
      "@atlas/import-kustomize patch",
      "@atlas/manifests patch",
      "@atlas/render patch",
    ]);
    rmSync(path(".changeset/fixed.md"));
  });

  test("has the field for those who take it", () => {
    const consumer = createConsumer(registry, { manager: "npm", typescript: "~7.0.2", node: "node" });
    const shop = mistakes
      .split("\n")
      .slice(0, 9)
      .filter((line) => !/compose|istio|manifests/.test(line));
    consumer.write({
      "package.json": JSON.stringify({ private: true, type: "module" }),
      "shop.ts": shop.join("\n").replace("urlFrom, schema }", 'urlFrom, schema, owner: "sales" }'),
    });
    const tsc = (version: string | undefined): CommandRun => {
      good(consumer.manage("install", `@atlas/crd-types@${version}`, "typescript@~7.0.2"));
      return consumer.exec(
        "tsc",
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2023",
        "shop.ts",
      );
    };
    expect(tsc(before()["crd-types"]).stdout).toContain("'owner' does not exist");
    expect(tsc("latest")).toEqual({ status: 0, stdout: "", stderr: "" });
    consumer.remove();
  });
});

const before = (): Record<string, string> => json(path("dist/before.json"));
/** Imports the AtlasSchema CRD, changed as upstream would. */
function importCrd(change: (spec: Record<string, object>, parent: { required?: string[] }) => void): void {
  const file = "packages/crd-types/manifests/atlasschemas.db.atlasgo.io.yaml";
  const crd = parse(readFileSync(path(file), "utf8"));
  const { spec } = crd.spec.versions[0].schema.openAPIV3Schema.properties;
  change(spec.properties, spec);
  writeFileSync(path("dist/upstream.yaml"), stringify(crd));
  inWorkspace("nx", "run", "crd-types:import", "--", path("dist/upstream.yaml"));
}
const proposed = (): string[] => {
  inWorkspace("changeset", "status", "--output", "dist/status.json");
  const { releases }: { releases: { name: string; type: string }[] } = json(path("dist/status.json"));
  // What is not published is listed too, where it depends on what is.
  const published = releases.filter(({ type }) => type !== "none");
  return published.map(({ name, type }) => `${name} ${type}`).toSorted();
};
