import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { reachedVariable } from "./probes.ts";

/** What came of test files. */
export interface TestOutcome {
  readonly hasFailed: boolean;
  readonly isTimedOut: boolean;
}

/** A file of tests that was run. */
export interface TestFile {
  /** Its path in its project. */
  readonly name: string;
  readonly hasFailed: boolean;
  /** How long it took, in milliseconds. */
  readonly took: number;
}

const [config, order, setup, bail, report] = [
  "mutation.vitest.config.ts",
  "mutation-order.json",
  "mutation-setup.ts",
  "mutation-bail.ts",
  "mutation-report.json",
];

/** Writes what vitest is run with into a copy of the workspace: the workspace's own settings, and the shortest files first. */
export function prepare(copy: string, reachedFolder: string): void {
  writeFileSync(
    join(copy, config),
    `import { readFileSync } from "node:fs";
import { mergeConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import workspace from "./vitest.config.ts";

const took: Record<string, number> = JSON.parse(readFileSync(${JSON.stringify(join(copy, order))}, "utf8"));
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return files.toSorted((a, b) => (took[a.moduleId] ?? 0) - (took[b.moduleId] ?? 0));
  }
}
export default mergeConfig(workspace, {
  test: { setupFiles: [${JSON.stringify(join(copy, setup))}], sequence: { sequencer: ShortestFirst } },
});
`,
  );
  writeFileSync(
    join(copy, setup),
    `import { expect } from "vitest";
const { testPath = "unknown" } = expect.getState();
process.env["${reachedVariable}"] = ${JSON.stringify(`${reachedFolder}/`)} + encodeURIComponent(testPath);
`,
  );
  writeFileSync(
    join(copy, bail),
    `// A run that has failed waits for no test: whoever started it ends what is still running.
const end = () => process.exit(1);
export default class {
  onTestCaseResult(test) { if (test.result().state === "failed") end(); }
  onTestModuleEnd(module) { if (module.state() === "failed") end(); }
}
`,
  );
  orderBy(copy, new Map());
}

/** Has the files, by their paths in the copy, run in the order of how long they took. */
export const orderBy = (copy: string, took: ReadonlyMap<string, number>): void =>
  writeFileSync(
    join(copy, order),
    JSON.stringify(Object.fromEntries([...took].map(([file, time]) => [join(copy, file), time]))),
  );

/**
 * Runs all tests of a project of the copy, or those of some files.
 *
 * @throws Error when they take longer than half an hour.
 */
export async function runAll(
  copy: string,
  project: string,
  names: readonly string[] = [],
): Promise<TestFile[]> {
  rmSync(join(copy, report), { force: true });
  const args = ["--reporter=json", `--outputFile=${join(copy, report)}`, ...names];
  const { isTimedOut } = await vitest(copy, project, args, 1_800_000);
  if (isTimedOut) throw new Error(`the tests of ${project} take longer than half an hour`);
  const { testResults }: Report = JSON.parse(readFileSync(join(copy, report), "utf8"));
  return testResults.map(({ name, status, startTime, endTime }) => ({
    name: relative(join(copy, project), name),
    hasFailed: status !== "passed",
    took: endTime - startTime,
  }));
}

/**
 * Runs test files of a project of the copy until a test fails.
 *
 * @param limit in milliseconds; what runs longer is ended with all that it has started.
 */
export const runUntilFailure = (
  copy: string,
  project: string,
  names: readonly string[],
  limit: number,
): Promise<TestOutcome> => vitest(copy, project, [`--reporter=${join(copy, bail)}`, ...names], limit);

async function vitest(
  copy: string,
  project: string,
  args: readonly string[],
  limit: number,
): Promise<TestOutcome> {
  const child = spawn(
    process.execPath,
    [join(copy, "node_modules/vitest/vitest.mjs"), "run", "--config", join(copy, config), ...args],
    { cwd: join(copy, project), detached: true, stdio: "ignore", env: testEnvironment(copy) },
  );
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    endGroup(child.pid);
  }, limit);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  clearTimeout(timer);
  // What a test that was cut short has left running.
  endGroup(child.pid);
  return { hasFailed: status !== 0, isTimedOut };
}

/** With CI set, a snapshot that is not there is a failure, as it is wherever nobody looks. */
function testEnvironment(copy: string): NodeJS.ProcessEnv {
  const temporary = join(copy, "t");
  mkdirSync(temporary, { recursive: true });
  return { ...process.env, NO_COLOR: "1", CI: "true", TMPDIR: temporary };
}

/** Ends a group of processes, if any of them is left. */
function endGroup(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly startTime: number;
    readonly endTime: number;
  }[];
}
