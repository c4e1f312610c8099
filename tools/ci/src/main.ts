import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { affectedTasks } from "./affected-tasks.ts";
import { baseCommit, changedFiles } from "./base-commit.ts";
import { exportsFor, probeCache, type CacheAccess } from "./cache-probe.ts";
import { secondsOf, setUp } from "./costs.ts";
import { UnusableInput } from "./input-error.ts";
import { notRun } from "./not-run.ts";
import { runTasks } from "./run-tasks.ts";
import { matrixOf, shareOut, type Shard } from "./shards.ts";
import { documents, targets } from "./targets.ts";
import { readTaskGraph } from "./task-graph.ts";

const ciUsage = `Usage:
  ci plan [--machines N]           the tasks that the change affects, shared by at most N machines: a JSON matrix
  ci run TASK…                     runs these tasks, each as project:target, and nothing else that is not needed for them
  ci affected                      plan and run on this machine, documents included
  ci not-run                       which tests were not run, as something that they need is missing here
  ci cache-probe [--access read|write] [--timeout SECONDS]
                                   what to export, so that Nx takes the remote cache if it works, else the local one;
                                   with --access read, a token that can write is not taken

The change is what differs from the base: NX_BASE; on GitHub the pull request's merge base, or the commit of the last
successful run; elsewhere the merge base with main. Where none is known, everything runs.
`;

const options = {
  machines: { type: "string", default: "4" },
  access: { type: "string", default: "write" },
  timeout: { type: "string", default: "5" },
  help: { type: "boolean", default: false },
} as const;

// Wherever it is called from, it is about this workspace.
process.chdir(fileURLToPath(new URL("../../..", import.meta.url)));
try {
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  const wrong = error instanceof UnusableInput;
  process.exitCode = wrong ? 2 : 3;
  const text = error instanceof Error ? (wrong ? error.message : error.stack) : String(error);
  process.stderr.write(`ci: ${text}\n`);
}

async function runCommand(args: string[]): Promise<number> {
  const { values, positionals } = ciArguments(args);
  const [command, ...words] = positionals;
  if (values.help) return printOut(ciUsage);
  if (command === "run") return runAllTasks(words.flatMap((word) => word.split(/\s+/)).filter(Boolean));
  if (words.length > 0) throw new UnusableInput(`${command} takes no "${words.join(" ")}"\n\n${ciUsage}`);
  if (command === "plan")
    return printOut(`${matrixOf(plan(targets, wholeNumber(values.machines, "--machines")))}\n`);
  if (command === "affected")
    return runAllTasks(plan([...targets, documents], 1).flatMap(({ tasks }) => tasks));
  if (command === "not-run") return sayWhatWasNotRun();
  if (command === "cache-probe") {
    const access = accessOf(values.access);
    const timeout = 1000 * wholeNumber(values.timeout, "--timeout");
    return printOut(exportsFor(await probeCache(process.env, { access, timeout })));
  }
  throw new UnusableInput(
    `${command === undefined ? "no command" : `unknown command "${command}"`}\n\n${ciUsage}`,
  );
}

function ciArguments(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new UnusableInput(`${error instanceof Error ? error.message : String(error)}\n\n${ciUsage}`);
  }
}

function wholeNumber(text: string, option: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UnusableInput(`${option}: "${text}" is not a number\n  expected: a whole number from 1 on`);
}

function accessOf(text: string): CacheAccess {
  if (text === "read" || text === "write") return text;
  throw new UnusableInput(`--access: there is no access "${text}"\n  expected: one of: read, write`);
}

function plan(wanted: readonly string[], machines: number): Shard[] {
  const base = baseCommit(process.env, process.cwd());
  process.stderr.write(`base: ${base.commit ?? "none"}, ${base.why}\n`);
  const graph = readTaskGraph(wanted, base.commit);
  const tasks = affectedTasks(
    graph,
    wanted,
    base.commit === undefined ? undefined : changedFiles(base.commit, process.cwd()),
  );
  const dependenciesOf = (task: string): readonly string[] => graph.dependencies.get(task) ?? [];
  const shards = shareOut(tasks, { machines, setUp, secondsOf, dependenciesOf });
  process.stderr.write(shards.length === 0 ? "affected: nothing\n" : shards.map(shardLine).join(""));
  return shards;
}

function shardLine({ name, tasks, seconds }: Shard): string {
  return `machine ${name}, about ${Math.round(seconds)} s: ${tasks.join(" ")}\n`;
}

async function runAllTasks(tasks: readonly string[]): Promise<number> {
  const exitCode = await runTasks(tasks);
  sayWhatWasNotRun();
  return exitCode;
}

function sayWhatWasNotRun(): number {
  process.stderr.write(notRun(process.cwd()));
  return 0;
}

function printOut(text: string): number {
  process.stdout.write(text);
  return 0;
}
