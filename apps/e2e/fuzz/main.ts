/*
 * Fuzzes what reads foreign text: the committed inputs first, then new ones, for a time. Ends with 0, with 1 when an input
 * broke the contract of its reader, with 2 for wrong usage, or where the fuzzer does not run on this machine.
 */
import { parseArgs } from "node:util";
import { fuzzTarget, mergedInputs, targets } from "./fuzzing.ts";
import { writeCorpus } from "./inputs.ts";
import type { Outcome } from "./outcome.ts";

const usage = `Usage: node fuzz/main.ts [TARGET...] [--seconds N] [--renew]

  TARGET       ${targets.join(", ")}; all of them without one
  --seconds N  how long each is fuzzed, its committed inputs apart (default: 10)
  --renew      make the committed corpus anew, with what was found to reach further
`;

interface Request {
  readonly names: readonly string[];
  readonly seconds: number;
  readonly isRenewed: boolean;
}

const request = requestOf(process.argv.slice(2));
process.exitCode = typeof request === "string" ? refuse(request) : await fuzzAll(request);

/** What is asked for, or what is wrong with it. */
function requestOf(args: string[]): Request | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { seconds: { type: "string", default: "10" }, renew: { type: "boolean", default: false } },
    });
    const unknown = positionals.filter((name) => !targets.includes(name));
    if (unknown.length > 0) return `there is no target ${unknown.join(", ")}`;
    const seconds = Number(values.seconds);
    if (!Number.isSafeInteger(seconds) || seconds < 1)
      return `--seconds ${values.seconds} is not a number of seconds`;
    return { names: positionals.length > 0 ? positionals : targets, seconds, isRenewed: values.renew };
  } catch (error) {
    return (error as Error).message;
  }
}

function refuse(what: string): number {
  process.stderr.write(`fuzz: ${what}\n${usage}`);
  return 2;
}

async function fuzzAll({ names, seconds, isRenewed }: Request): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const outcome = await fuzzTarget(name, { seconds });
    process.stderr.write(outcome.report);
    outcomes.push(outcome);
    if (isRenewed && outcome.kind === "passed") writeCorpus(name, await mergedInputs(name, outcome.folder));
  }
  if (outcomes.some(({ kind }) => kind === "not run")) return 2;
  return outcomes.some(({ kind }) => kind === "found") ? 1 : 0;
}
