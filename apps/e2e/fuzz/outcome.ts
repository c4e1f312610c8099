import { readdirSync } from "node:fs";
import { join } from "node:path";

/** What fuzzing a target came to, and what is said of it. */
export interface Outcome {
  readonly kind: "passed" | "found" | "not run";
  readonly report: string;
  /** Where the inputs lie that it was given, that are new, and that broke it: `inputs`, `new`, `findings`. */
  readonly folder: string;
}

interface Run {
  readonly name: string;
  readonly folder: string;
  readonly exitCode: number;
  /** How many inputs it was given. */
  readonly committed: number;
  readonly log: string;
}

export function outcomeOf(run: Run): Outcome {
  const { name, folder, exitCode, committed, log } = run;
  const [, runs, edges, features] = [...log.matchAll(/^#(\d+)\t.*cov: (\d+) ft: (\d+) /gm)].at(-1) ?? [];
  const reached = `${runs} inputs, ${committed} of them committed; ${edges} edges, ${features} features`;
  if (exitCode === 0 && edges !== undefined)
    return { kind: "passed", folder, report: `fuzz: ${name}: ${reached}\n` };
  const [finding] = readdirSync(join(folder, "findings"));
  if (finding !== undefined)
    return { kind: "found", folder, report: findingReport(run, join(folder, "findings", finding)) };
  const end = log.slice(-2000);
  if (!log.includes("INFO: Running with")) {
    const machine = `${process.platform}-${process.arch}`;
    const fix = "fuzz on Linux with glibc 2.36 or later (x64, arm64), macOS, or Windows (x64)";
    const what = `NOT RUN: Jazzer.js' fuzzer does not start on ${machine}`;
    return { kind: "not run", folder, report: `${end}fuzz: ${name}: ${what}\n  fix:      ${fix}\n` };
  }
  const what =
    exitCode === 0 ? "no code of ours was run, so nothing was proved" : `it ended with ${exitCode}`;
  return { kind: "found", folder, report: `${end}fuzz: ${name}: ${what}\n  log:      ${folder}/log\n` };
}

function findingReport({ name, log }: Run, file: string): string {
  // What libFuzzer and Jazzer.js say of it, without the inputs before.
  const reason = log.slice(Math.max(0, log.search(/^==\d+==/m))).slice(0, 4000);
  const fix = `fix the reader, and keep the input: mv ${file} apps/e2e/fuzz/found/${name}/`;
  return `${reason}fuzz: ${name}: FOUND ${file}\n  fix:      ${fix}\n`;
}
