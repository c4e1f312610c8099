import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

// Packages see each other's sources, as the type check does; nothing needs a build to be tested.
const conditions = ["@atlas/source", ...defaultServerConditions];

/** Leaves a file of what was skipped in a task: Nx shows nothing of one that succeeds, and `pnpm run test` ends with it. */
const notRun: Reporter = {
  onTestRunEnd(modules) {
    const { NX_TASK_TARGET_PROJECT: project, NX_TASK_TARGET_TARGET: target } = process.env;
    if (project === undefined || target === undefined) return;
    const folder = join(import.meta.dirname, "dist/not-run");
    mkdirSync(folder, { recursive: true });
    const lines = modules.flatMap((module) =>
      skippedIn(module).map(
        ({ fullName }) => `${project}:${target}: ${module.relativeModuleId}: ${fullName}\n`,
      ),
    );
    writeFileSync(join(folder, `${project}-${target}.txt`), lines.join(""));
  },
};

/** The tests that were skipped; of a suite that was skipped as a whole, the suite. */
function skippedIn(parent: TestModule | TestSuite): (TestCase | TestSuite)[] {
  return [...parent.children].flatMap((child): (TestCase | TestSuite)[] => {
    const isSkipped = child.type === "suite" ? isSkippedWhole(child) : child.result().state === "skipped";
    if (isSkipped) return [child];
    return child.type === "suite" ? skippedIn(child) : [];
  });
}

const isSkippedWhole = (suite: TestSuite): boolean =>
  [...suite.children.allTests()].every((test) => test.result().state === "skipped");

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    globalSetup: join(import.meta.dirname, "tools/testing/src/global-setup.ts"),
    setupFiles: join(import.meta.dirname, "tools/testing/src/setup-file.ts"),
    reporters: ["default", ...(process.env["GITHUB_ACTIONS"] ? ["github-actions"] : []), notRun],
  },
});
