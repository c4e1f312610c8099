import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandOf, readWorkflow } from "../src/workspace/workflow.ts";
import { copyWorkspace, type WorkspaceCopy } from "../src/workspace/workspace-copy.ts";

// The commands of ci.yml, as they stand there, in a clone that they install: the plan for a change, and its render tasks.
const workflow = readWorkflow("ci.yml");
let origin: WorkspaceCopy;
let clone = "";
let base = "";

beforeAll(() => {
  origin = copyWorkspace();
  const overlays = join(origin.root, "packages/manifests/src/overlays");
  cpSync(join(overlays, "dev"), join(overlays, "staging"), { recursive: true });
  git(origin.root, "add", "--all");
  git(origin.root, "commit", "--quiet", "--message=Add staging");
  clone = `${origin.root}-clone`;
  git(origin.root, "clone", "--quiet", origin.root, clone);
  base = git(clone, "rev-parse", "HEAD");
  runStep("plan", "Install");
}, 300_000);
afterAll(() => {
  rmSync(clone, { recursive: true, force: true });
  origin.remove();
}, 60_000);

const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8", env: origin.env }).trim();
}

/** Runs a step in the clone, as GitHub would after a push on top of the base, and returns what it printed. */
function runStep(job: string, step: string, variables: NodeJS.ProcessEnv = {}): string {
  const event = join(origin.root, "event.json");
  writeFileSync(event, JSON.stringify({ before: base, repository: { default_branch: "main" } }));
  const [shell = "", ...args] = commandOf(workflow, job, step);
  const { status, stdout, stderr } = spawnSync(shell, args, {
    cwd: clone,
    encoding: "utf8",
    env: {
      ...origin.env,
      PATH: process.env["PATH"],
      GITHUB_EVENT_NAME: "push",
      GITHUB_EVENT_PATH: event,
      GITHUB_REF_NAME: "main",
      ...variables,
    },
  });
  expect(status, stdout + stderr).toBe(0);
  return stdout + stderr;
}

/** Commits a change and returns the tasks that the plan gives to machines. */
function planOf(change: () => void): string[] {
  git(clone, "reset", "--quiet", "--hard", base);
  change();
  git(clone, "add", "--all");
  git(clone, "commit", "--quiet", "--message=Change");
  const outputs = join(origin.root, "outputs");
  rmSync(outputs, { force: true });
  runStep("plan", "Plan", { GITHUB_OUTPUT: outputs });
  const [, matrix = ""] = /^matrix=(.*)\n$/.exec(readFileSync(outputs, "utf8")) ?? [];
  const shards: { name: string; tasks: string }[] = JSON.parse(matrix);
  return shards.flatMap(({ tasks }) => tasks.split(" ")).toSorted();
}

function append(file: string, text: string): void {
  writeFileSync(join(clone, file), readFileSync(join(clone, file), "utf8") + text);
}

const rendering = (tasks: readonly string[]): string[] =>
  tasks.filter((task) => /^render:(?:base|dev|staging|production)$/.test(task));
const rendered = (name: string): boolean =>
  existsSync(join(clone, "dist/manifests", name, "kustomization.yaml"));

test("a change of the README plans nothing", () => {
  expect(planOf(() => append("README.md", "\nMore.\n"))).toEqual([]);
});

test("a change of an overlay renders that environment", () => {
  const tasks = planOf(() => append("packages/manifests/src/overlays/staging/index.ts", "// changed\n"));
  expect(rendering(tasks)).toEqual(["render:staging"]);
  expect(tasks).toEqual(expect.arrayContaining(["manifests:typecheck", "manifests:unit", "render:unit"]));
  expect(tasks.filter((task) => /^(?:compose|crd-types|istio|crd-codegen):/.test(task))).toEqual([]);
  runStep("build", "Run", { TASKS: rendering(tasks).join(" ") });
  expect([rendered("staging"), rendered("dev"), rendered("base")]).toEqual([true, false, false]);
}, 120_000);

test("a new overlay folder renders the new environment alone, and is type-checked, tested and linted", () => {
  const tasks = planOf(() => {
    const folder = join(clone, "packages/manifests/src/overlays/production");
    mkdirSync(folder);
    writeFileSync(join(folder, "index.ts"), 'export { default } from "../dev/index.ts";\n');
  });
  expect(rendering(tasks)).toEqual(["render:production"]);
  const checks = ["manifests:typecheck", "manifests:unit", "manifests:lint", "workspace:unused", "e2e:e2e"];
  expect(tasks).toEqual(expect.arrayContaining(checks));
  expect(tasks.filter((task) => /^(?:compose|crd-types|istio|crd-codegen):/.test(task))).toEqual([]);
  runStep("build", "Run", { TASKS: rendering(tasks).join(" ") });
  expect([rendered("production"), rendered("dev"), rendered("base")]).toEqual([true, false, false]);
}, 120_000);

test("a change of a CRD generates types and renders everything", () => {
  const tasks = planOf(() => {
    const file = join(clone, "packages/crd-types/crds/atlasschemas.yaml");
    const text = readFileSync(file, "utf8").replace(/backoffLimit:\n/, "$&                  maximum: 9999\n");
    writeFileSync(file, text);
  });
  expect(rendering(tasks)).toEqual(["render:base", "render:dev", "render:staging"]);
  expect(tasks).toEqual(expect.arrayContaining(["crd-types:check", "crd-types:unit", "manifests:typecheck"]));
  const output = runStep("build", "Run", { TASKS: rendering(tasks).join(" ") });
  expect(output).toContain("nx run crd-types:generate");
  for (const name of ["base", "dev", "staging"]) {
    const [crd = "none"] = globSync(`dist/manifests/${name}/*atlasschemas*`, { cwd: clone });
    expect(readFileSync(join(clone, crd), "utf8")).toContain("maximum: 9999");
  }
}, 120_000);

test("a change of the generator checks and tests what it generates, and renders everything", () => {
  const tasks = planOf(() => append("packages/crd-codegen/src/emit/types.ts", "// changed\n"));
  expect(rendering(tasks)).toEqual(["render:base", "render:dev", "render:staging"]);
  expect(tasks).toEqual(expect.arrayContaining(["crd-codegen:unit", "crd-types:check", "crd-types:unit"]));
});

test("what is committed as generated but is not what the sources give fails", () => {
  planOf(() => append("packages/crd-types/src/generated/types.ts", "// by hand\n"));
  const [shell = "", ...args] = commandOf(workflow, "build", "Run");
  const TASKS = "crd-types:check crd-types:typecheck";
  const { status, stdout } = spawnSync(shell, args, {
    cwd: clone,
    encoding: "utf8",
    env: { ...origin.env, TASKS },
  });
  expect(stdout).toContain("stale: packages/crd-types/src/generated/types.ts");
  expect(status).toBe(1);
}, 120_000);
