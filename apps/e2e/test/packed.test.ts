import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const command = (name: string): string => join(root, "apps/e2e/node_modules/.bin", name);
const folder = mkdtempSync(join(realpathSync(tmpdir()), "packed-"));
// Three sets of packages, and what Deno keeps, take a busy machine a while to remove.
afterAll(() => rmSync(folder, { recursive: true }), 120_000);

const run = (program: string, args: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 26 });
  return { status, output: `${stdout}${stderr}` };
};

const packages = [
  "packages/crd-types",
  "packages/compose",
  "packages/istio",
  "packages/checks",
  "packages/crd-codegen",
  "packages/import-kustomize",
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
    // A command is not a library, and says so: it has no entry point to resolve.
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
    // Two more of render's run the rules and the patterns of CRDs, and are loaded where a layer knows one that has them; a
    // third says who may talk to whom, and is loaded for the report.
    const most = room === "apps/render" ? 11 : 8;
    expect(Object.keys(dependencies ?? {}).length).toBeLessThanOrEqual(most);
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

/** Puts a package where those of a repository are. */
function unpack(room: string, modules: string): void {
  const target = join(modules, "@atlas", room.split("/")[1] ?? "");
  mkdirSync(target, { recursive: true });
  run("tar", ["-xzf", tarball(room), "-C", target, "--strip-components=1"]);
}

describe("a repository that has the packages, packed", () => {
  const consumer = join(folder, "consumer");
  const overlays = readdirSync(join(root, "packages/manifests/src/overlays"));

  /** A repository that has the tarballs, and beside them what they depend on in this workspace. */
  beforeAll(() => {
    const modules = join(consumer, "node_modules");
    for (const room of packages.filter((other) => other !== "apps/render")) unpack(room, modules);
    mkdirSync(join(modules, "@kubernetes-models"));
    const istio = join(root, "packages/istio/node_modules/@kubernetes-models/istio");
    symlinkSync(realpathSync(istio), join(modules, "@kubernetes-models/istio"));
    const types = join(root, "packages/manifests/node_modules/kubernetes-types");
    symlinkSync(realpathSync(types), join(modules, "kubernetes-types"));
    for (const name of ["js-yaml", "oxc-parser", "re2js", "yaml"]) {
      const library = join(root, "packages/import-kustomize/node_modules", name);
      symlinkSync(realpathSync(library), join(modules, name));
    }
    writeFileSync(join(consumer, "package.json"), '{ "type": "module" }');
  });

  const typesOf = (file: string) =>
    run(
      command("tsc"),
      ["--noEmit", "--strict", "--module", "nodenext", "--lib", "esnext,dom", "--types", "", file],
      consumer,
    );

  test.each(overlays)("the overlay %s is imported by name, and composed", (name) => {
    const code = `import { compose } from "@atlas/compose";
import overlay from "@atlas/manifests/overlays/${name}";
console.log(String(compose(overlay).length > 0));`;
    writeFileSync(join(consumer, `${name}.ts`), code);
    expect(run(process.execPath, [`${name}.ts`], consumer)).toEqual({ status: 0, output: "true\n" });
  });

  test("an environment stands on dev, and patches its objects and those of the base", () => {
    const code = `import { compose, overlay, patch } from "@atlas/compose";
import { deployment } from "@atlas/manifests/base";
import dev, { deploymentPatch, namespace, sidecar } from "@atlas/manifests/overlays/dev";

const hosts = [...(sidecar.spec.egress?.[0]?.hosts ?? []), "shop/db.shop.svc.cluster.local"];
const layer = overlay({
  base: dev,
  namespace: "shop",
  patches: [
    patch(namespace, { metadata: { labels: { name: "shop" } } }),
    patch(deployment, { spec: { replicas: 4 } }),
    patch(sidecar, { spec: { egress: [{ hosts }] } }),
  ],
});
console.log(\`\${deploymentPatch.target === deployment} \${compose(layer).map(({ kind }) => kind).includes("Sidecar")}\`);
// @ts-expect-error the namespace of dev has no such label
export const wrong = patch(namespace, { metadata: { labels: 1 } });
`;
    writeFileSync(join(consumer, "shop.ts"), code);
    expect(run(process.execPath, ["shop.ts"], consumer)).toEqual({ status: 0, output: "true true\n" });
    expect(typesOf("shop.ts")).toEqual({ status: 0, output: "" });
  });

  test.skipIf(withoutKubectl)("a Kustomize directory is imported, in it and beside it", () => {
    const files = {
      "kustomization.yaml": "resources: [a.yaml]\nnamespace: shop\n",
      "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    };
    mkdirSync(join(consumer, "deploy"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(consumer, "deploy", name), text);
    const code = `import { importKustomize, problemsOf, verdictsOn } from "@atlas/import-kustomize";

for (const output of ["imported", "../imported"]) {
  const { layers } = await importKustomize({ folder: "deploy", output });
  console.log(layers.flatMap(verdictsOn).join(" "));
}
await importKustomize({ folder: "gone", output: "none" }).catch((error: unknown) => {
  console.log(problemsOf(error)?.map(({ what }) => what).join(" "));
});
`;
    writeFileSync(join(consumer, "import.ts"), code);
    const same = "overlays/consumer: same: 1 objects\n";
    expect(run(process.execPath, ["import.ts"], consumer)).toEqual({
      status: 0,
      output: `${same}${same}there is no such folder\n`,
    });
    expect(typesOf("import.ts")).toEqual({ status: 0, output: "" });
  });
});

const shop = (patch: string) => `import { overlay, patch } from "@atlas/compose";
import dev from "@atlas/manifests/overlays/dev";
import { deployment } from "@atlas/manifests/base";

const changed = { ${patch} } as object;
export default overlay({ base: dev, namespace: "shop", patches: [patch(deployment, { spec: changed })] });
`;

describe.each(["bun", "deno"] as const)("the command, packed, on %s", (runtime) => {
  const repository = join(folder, `on-${runtime}`);
  const programs = {
    node: [process.execPath],
    bun: [command("bun")],
    deno: [command("deno"), "run", "--allow-all"],
  };
  const [program = ""] = programs[runtime];
  const isMissing = spawnSync(program, ["--version"]).status !== 0;
  // What they would keep for the next time.
  const env = {
    ...process.env,
    DENO_DIR: join(folder, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
  };

  /** What a command line prints, and how it ends; in the same words, whichever runtime it is. */
  function printed(by: keyof typeof programs, line: string) {
    const [name = "", ...args] = programs[by];
    const all = [...args, join(repository, "node_modules/@atlas/render/dist/main.js"), ...line.split(" ")];
    const { status, stdout, stderr } = spawnSync(name, all, { cwd: repository, env, maxBuffer: 2 ** 26 });
    return { status, stdout: stdout.toString("latin1"), stderr: stderr.toString("latin1") };
  }

  beforeAll(() => {
    const modules = join(repository, "node_modules");
    for (const room of packages) unpack(room, modules);
    const needed = packages.flatMap((room) =>
      Object.keys(manifest(room).dependencies ?? {})
        .filter((name) => !name.startsWith("@atlas/"))
        .map((name) => ({ name, from: join(root, room, "node_modules", name) })),
    );
    for (const [name, from] of new Map(needed.map((each) => [each.name, each.from]))) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(realpathSync(from), join(modules, name));
    }
    writeFileSync(join(repository, "package.json"), '{ "type": "module" }');
    const environments = { "right/shop": "replicas: 4", "wrong/shop": "replicaz: 4" };
    for (const [name, patch] of Object.entries(environments)) {
      mkdirSync(join(repository, name), { recursive: true });
      writeFileSync(join(repository, name, "index.ts"), shop(patch));
    }
  });

  test
    .skipIf(isMissing)
    .each([
      "render dev --output -",
      "render dev --output - --format json",
      "render shop --output - --environments right",
      "render shop --output - --environments wrong",
      "render dve",
      "list",
      "explain dev Deployment/atlas-operator",
      "explain shop Deployment/atlas-operator spec.replicas --environments right",
      "check dev",
      "report dev",
      "can-reach dev operator 10.0.0.1:443",
      "help render",
      "version",
    ])("%s prints what it prints on Node", (line) => {
    expect(printed(runtime, line)).toEqual(printed("node", line));
  });

  test.skipIf(isMissing)("what one of them has rendered into a folder is fresh to the other", () => {
    const nothing = { status: 0, stdout: "", stderr: "" };
    expect(printed(runtime, "render dev --output out").status).toBe(0);
    expect(printed("node", "render dev --output out --check")).toEqual(nothing);
    expect(printed(runtime, "render dev --output out --check")).toEqual(nothing);
  });
});
