import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyWorkspace, type WorkspaceCopy } from "../src/workspace/workspace-copy.ts";

// The real nx in a copy of this workspace, one step after the other as a person would take them.
let workspace: WorkspaceCopy;
beforeAll(() => {
  workspace = copyWorkspace();
});
afterAll(() => workspace.remove());

const path = (...parts: string[]): string => join(workspace.root, ...parts);
const edit = (file: string, change: (text: string) => string): void => {
  const text = readFileSync(path(file), "utf8");
  const changed = change(text);
  expect(changed, `${file}: the edit must change something`).not.toBe(text);
  writeFileSync(path(file), changed);
};

/** Runs nx and returns all that it printed; the exit code must be the one expected. */
function nx(status: number, ...args: string[]): string {
  const result = workspace.run("nx", ...args);
  const output = result.stdout + result.stderr;
  expect(result.status, output).toBe(status);
  return output;
}
const fromCache = /existing outputs match the cache|local cache/;
/** The line on which nx says what it did for one task. */
const taskLine = (output: string, task: string): string =>
  output.split("\n").find((line) => line.includes(`nx run ${task}`)) ?? "";

test("render:dev renders, a second run restores the files from the cache", () => {
  expect(taskLine(nx(0, "run", "render:dev"), "render:dev")).not.toMatch(fromCache);
  const files = readdirSync(path("dist/manifests/dev")).toSorted();
  expect(files).toContain("kustomization.yaml");
  rmSync(path("dist"), { recursive: true });
  expect(taskLine(nx(0, "run", "render:dev"), "render:dev")).toMatch(fromCache);
  expect(readdirSync(path("dist/manifests/dev")).toSorted()).toEqual(files);
});

test("an environment that does not exist is answered with those that do", () => {
  const output = nx(1, "run", "render:production");
  expect(output).toContain('there is no environment "production"');
  expect(output).toMatch(/expected: one of: .*\bdev\b/);
});

test("a new environment is a target, type-checks and is formatted, with no other edit", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const facts = [
    "--namespace",
    "atlas-staging",
    "--kubernetes-version",
    "1.34",
    "--replicas",
    "3",
    "--version",
    "v0.7.12",
    "--digest",
    digest,
  ];
  const made = workspace.run("atlas-render", "new", "staging", "--from", "dev", ...facts);
  expect(made).toEqual({
    status: 0,
    stdout: "packages/manifests/src/overlays/staging/index.ts\n",
    stderr: expect.stringMatching(/^staging: for a cluster that has dev as well, .*\n$/),
  });
  nx(0, "run", "render:staging");
  expect(readdirSync(path("dist/manifests/staging"))).toHaveLength(
    readdirSync(path("dist/manifests/dev")).length,
  );
  const namespace = readFileSync(path("dist/manifests/staging/namespace_atlas-staging.yaml"), "utf8");
  expect(namespace).toMatch(/^ {4}name: "?atlas-staging"?$/m);
  nx(0, "run-many", "-t", "lint", "unit", "-p", "manifests");
  // As tools/ci says: a new target changes the project's configuration, and with it the key of every environment.
  expect(taskLine(nx(0, "run", "render:render"), "render:dev")).not.toMatch(fromCache);
  expect(readdirSync(path("dist/manifests"))).toEqual(expect.arrayContaining(["base", "dev", "staging"]));
});

test("what names a task cannot name an environment", () => {
  const { targetDefaults } = JSON.parse(readFileSync(path("nx.json"), "utf8"));
  for (const name of ["render", "t", "b", ...Object.keys(targetDefaults)]) {
    const { status, stderr } = workspace.run("atlas-render", "new", name);
    expect([name, status]).toEqual([name, 2]);
    expect(stderr).toContain("the name means something else already");
  }
});

test("an edited overlay renders that environment, and those that are made of it", () => {
  edit("packages/manifests/src/overlays/staging/index.ts", (text) => `${text}// edited\n`);
  const one = nx(0, "run", "render:render");
  expect(taskLine(one, "render:staging")).not.toMatch(fromCache);
  for (const other of ["base", "dev"]) expect(taskLine(one, `render:${other}`)).toMatch(fromCache);
  edit("packages/manifests/src/overlays/dev/index.ts", (text) => `${text}// edited\n`);
  const two = nx(0, "run", "render:render");
  for (const name of ["staging", "dev"]) expect(taskLine(two, `render:${name}`)).not.toMatch(fromCache);
  expect(taskLine(two, "render:base")).toMatch(fromCache);
});

test("an environment that will not work fails, and says why", () => {
  const file = "packages/manifests/src/overlays/staging/index.ts";
  const before = readFileSync(path(file), "utf8");
  const pod = `{
    apiVersion: "v1", kind: "Pod", metadata: { name: "node" },
    spec: { hostNetwork: true, containers: [{ name: "a", image: "a:1" }] },
  }`;
  edit(file, (text) =>
    text
      .replace("const namespace", `const node = ${pod};\n$&`)
      .replace("patches: [", "resources: [node],\n  patches: ["),
  );
  expect(nx(1, "run", "render:staging")).toContain("error pod-not-admitted");
  edit(file, () => before);
});

test("an overlay whose name a task has taken is refused, not skipped", () => {
  cpSync(path("packages/manifests/src/overlays/dev"), path("packages/manifests/src/overlays/unit"), {
    recursive: true,
  });
  expect(nx(1, "run", "render:render")).toContain("overlays/unit: the name is taken by a target");
  rmSync(path("packages/manifests/src/overlays/unit"), { recursive: true });
});

test("an edited CRD regenerates the types and renders anew", () => {
  edit("packages/crd-types/crds/atlasschemas.yaml", (text) =>
    text.replace(/backoffLimit:\n/, "$&                  maximum: 9999\n"),
  );
  const output = nx(0, "run", "render:dev");
  expect(taskLine(output, "crd-types:generate")).not.toMatch(fromCache);
  expect(taskLine(output, "render:dev")).not.toMatch(fromCache);
  const rendered = readdirSync(path("dist/manifests/dev")).find((name) => name.includes("atlasschemas"));
  expect(readFileSync(path("dist/manifests/dev", rendered ?? "no CRD file"), "utf8")).toContain(
    "maximum: 9999",
  );
  expect(taskLine(nx(0, "run", "render:dev"), "render:dev")).toMatch(fromCache);
});

test("an edited generator runs again", () => {
  edit("packages/crd-codegen/src/main.ts", (text) => `${text}// edited\n`);
  expect(taskLine(nx(0, "run", "render:dev"), "crd-types:generate")).not.toMatch(fromCache);
});

test("sources that do not type-check are not rendered", () => {
  const sidecar = "packages/manifests/src/overlays/dev/sidecar.ts";
  const before = readFileSync(path(sidecar), "utf8");
  rmSync(path("dist"), { recursive: true });
  edit(sidecar, (text) => text.replace("ALLOW_ANY", "ALLOW_ALL"));
  expect(nx(1, "run", "render:dev")).toContain("ALLOW_ALL");
  expect(existsSync(path("dist/manifests/dev"))).toBe(false);
  writeFileSync(path(sidecar), before);
});

test("touching istio leaves crd-types alone", () => {
  workspace.run("git", "checkout", "--quiet", "--", ".");
  edit("packages/istio/src/injection.ts", (text) => `${text}// edited\n`);
  const affected = nx(0, "show", "projects", "--affected", "--base=main").split("\n");
  expect(affected).toEqual(expect.arrayContaining(["istio", "manifests", "render"]));
  expect(affected).not.toContain("crd-types");
});
