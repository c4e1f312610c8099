import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const text = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}
const workflow: { readonly permissions: object; readonly jobs: Readonly<Record<string, Job>> } = parse(text);
const jobs = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([, job]) => job.steps);

test("each job has the permissions that it needs, and only the one that publishes has an identity", () => {
  expect(workflow.permissions).toEqual({});
  expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    version: { contents: "read" },
    propose: { contents: "write", "pull-requests": "write" },
    pack: { contents: "read" },
    publish: { contents: "read", "id-token": "write" },
    tag: { contents: "write" },
  });
});

test("publishing takes no token, and installs nothing", () => {
  expect(text).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/);
  expect(steps.filter((step) => Object.keys(step.with ?? {}).includes("registry-url"))).toEqual([]);
  const { publish } = workflow.jobs;
  expect(publish?.environment).toBe("npm");
  const runs = publish?.steps.flatMap(({ run }) => run ?? []);
  expect(runs).toEqual(["node tools/release/src/main.ts dist/release"]);
  expect(existsSync(join(root, "tools/release/src/main.ts"))).toBe(true);
});

/** The pins of the actions that both workflows use. */
const pins = (source: string): string[] => source.match(/actions\/(?:checkout|setup-node)@[^\n]+/g) ?? [];

test("actions are pinned by commit, the same ones as in ci.yml", () => {
  const uses = steps.flatMap((step) => step.uses ?? []);
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  const known = new Set(pins(readFileSync(join(root, ".github/workflows/ci.yml"), "utf8")));
  expect(pins(text).filter((pin) => !known.has(pin))).toEqual([]);
});
