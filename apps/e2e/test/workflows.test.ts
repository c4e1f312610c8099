import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { commandOf, readWorkflow, workflows } from "../src/workspace/workflow.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const files = globSync("*.{yml,yaml}", { cwd: workflows }).toSorted();

const withoutGo = spawnSync("go", ["version"]).error !== undefined;

/** actionlint is a Go program; its go.mod states the version, its go.sum holds it and all it is made of. */
function actionlint(...args: string[]): { status: number | null; output: string } {
  const cwd = fileURLToPath(new URL("../actionlint", import.meta.url));
  // Without shellcheck: whether it is installed must not decide what is found.
  const { status, stdout, stderr } = spawnSync("go", ["tool", "actionlint", "-shellcheck=", ...args], {
    cwd,
    encoding: "utf8",
  });
  // Findings stand on stdout, with 1; on stderr Go says what it downloads, and actionlint why it could not run at all.
  return { status, output: status === 0 || status === 1 ? stdout : stderr };
}

// In CI it has to run.
describe.skipIf(withoutGo && !process.env["CI"])("actionlint, which needs Go", () => {
  test("finds nothing", () => {
    const { status, output } = actionlint(...files.map((file) => join(workflows, file)));
    expect(output).toBe("");
    expect(status).toBe(0);
  }, 300_000);

  test("finds what is wrong", () => {
    const folder = mkdtempSync(join(tmpdir(), "workflow-"));
    const text = readFileSync(join(workflows, "ci.yml"), "utf8").replace(
      "needs.plan.outputs",
      "needs.plann.outputs",
    );
    writeFileSync(join(folder, "ci.yml"), text);
    expect(actionlint(join(folder, "ci.yml")).output).toContain('property "plann" is not defined');
    rmSync(folder, { recursive: true });
  }, 300_000);
});

describe.each(files)("%s", (file) => {
  const { permissions, jobs } = readWorkflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("pins every action by commit, with its version beside it", () => {
    const used = readFileSync(join(workflows, file), "utf8").match(/uses: .*/g) ?? [];
    expect(used.length).toBeGreaterThan(0);
    for (const line of used) expect(line).toMatch(/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("gives no permission to all jobs, and to each what it states", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeTypeOf("object");
  });

  test("installs what the lockfile says", () => {
    const installs = steps.flatMap(({ run }) => run?.match(/\bpnpm\S* (?:install|i|add)\b.*/g) ?? []);
    expect(installs.length).toBeGreaterThan(0);
    for (const line of installs) expect(line).toContain("--frozen-lockfile");
  });

  test("runs the pnpm whose hash package.json states", () => {
    for (const { run = "" } of steps) {
      expect(run).not.toMatch(/\b(?:npx|bunx|dlx)\b|\bnpm (?:exec|install|ci)\b/);
      if (/\bpnpm install\b/.test(run)) expect(run).toMatch(/^corepack enable pnpm\npnpm install /);
    }
  });

  test("installs no package where it may write, or prove who it is", () => {
    const strong = Object.values(jobs).filter((job) =>
      Object.values(job.permissions ?? {}).some((access) => access !== "read"),
    );
    for (const { run = "" } of strong.flatMap((job) => job.steps))
      expect(run).not.toMatch(/\b(?:corepack|pnpm|npm|npx|yarn|bun|go|pip)\b/);
  });

  test("puts nothing into a script that others write", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });
});

test("package.json states the pnpm of the lockfile, by version and hash", () => {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [, version = "", hash = ""] = /^pnpm@(.+)\+sha512\.([0-9a-f]{128})$/.exec(packageManager) ?? [];
  const { packages } = parse(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  const integrity = `sha512-${Buffer.from(hash, "hex").toString("base64")}`;
  expect(packages[`pnpm@${version}`]?.resolution).toEqual({ integrity });
});

test("CI writes nothing anywhere", () => {
  const granted = Object.values(readWorkflow("ci.yml").jobs).flatMap((job) =>
    Object.values(job.permissions ?? {}),
  );
  expect(new Set(granted)).toEqual(new Set(["read"]));
});

describe("the required check of CI", () => {
  const [shell = "", ...args] = commandOf(
    readWorkflow("ci.yml"),
    "required",
    "All that was planned went well",
  );
  test.each([
    ["success", "success", "success", 0],
    ["success", "skipped", "success", 0],
    ["success", "failure", "success", 1],
    ["success", "cancelled", "success", 1],
    ["success", "skipped", "failure", 1],
    ["failure", "skipped", "success", 1],
    ["cancelled", "skipped", "success", 1],
  ])("plan %s, build %s, documents %s: ends with %d", (plan, build, documents, want) => {
    const results = { PLAN: plan, BUILD: build, DOCUMENTS: documents };
    const { status } = spawnSync(shell, args, { env: { ...process.env, ...results } });
    expect(status).toBe(want);
  });
});
