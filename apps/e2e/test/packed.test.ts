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
afterAll(() => rmSync(folder, { recursive: true }));

const run = (program: string, args: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
};

const packages = [
  "packages/crd-types",
  "packages/compose",
  "packages/istio",
  "packages/checks",
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

describe("a repository that has the packages, packed", () => {
  const consumer = join(folder, "consumer");
  const overlays = readdirSync(join(root, "packages/manifests/src/overlays"));

  /** A repository that has the tarballs, and beside them what they depend on in this workspace. */
  beforeAll(() => {
    const modules = join(consumer, "node_modules");
    for (const room of packages.filter((other) => other !== "apps/render")) {
      const target = join(modules, "@atlas", room.split("/")[1] ?? "");
      mkdirSync(target, { recursive: true });
      run("tar", ["-xzf", tarball(room), "-C", target, "--strip-components=1"]);
    }
    mkdirSync(join(modules, "@kubernetes-models"));
    const istio = join(root, "packages/istio/node_modules/@kubernetes-models/istio");
    symlinkSync(realpathSync(istio), join(modules, "@kubernetes-models/istio"));
    const types = join(root, "packages/manifests/node_modules/kubernetes-types");
    symlinkSync(realpathSync(types), join(modules, "kubernetes-types"));
    const yaml = join(root, "packages/import-kustomize/node_modules/yaml");
    symlinkSync(realpathSync(yaml), join(modules, "yaml"));
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
