/*
 * Fuzzes what reads foreign text: the committed inputs first, then new ones. Ends with 0, with 1 when an input
 * broke the contract of its reader, with 2 for wrong usage, or where the fuzzer does not run on this machine.
 */
import { parseArgs } from "node:util";
import { fuzzTarget, mergedInputs, targets, type Extent } from "./fuzzing.ts";
import { writeCorpus } from "./inputs.ts";
import type { Outcome } from "./outcome.ts";

const usage = `Usage: node fuzz/main.ts [TARGET...] [--seconds N] [--renew]

  TARGET       ${targets.join(", ")}; all of them without one
  --seconds N  how long each is fuzzed; without it, on 2000 inputs that are the same each time
  --renew      make the committed corpus anew, with what was found to reach further
`;

interface Request {
  readonly names: readonly string[];
  readonly extent: Extent;
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
      options: { seconds: { type: "string" }, renew: { type: "boolean", default: false } },
    });
    const unknown = positionals.filter((name) => !targets.includes(name));
    if (unknown.length > 0) return `there is no target ${unknown.join(", ")}`;
    const extent = extentOf(values.seconds);
    if (extent === undefined) return `--seconds ${values.seconds} is not a number of seconds`;
    return { names: positionals.length > 0 ? positionals : targets, extent, isRenewed: values.renew };
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same inputs each time, so that a commit is judged alike wherever it is, unless somebody searches by the clock. */
function extentOf(text: string | undefined): Extent | undefined {
  if (text === undefined) return { inputs: 2000 };
  const seconds = Number(text);
  return Number.isSafeInteger(seconds) && seconds > 0 ? { seconds } : undefined;
}

function refuse(what: string): number {
  process.stderr.write(`fuzz: ${what}\n${usage}`);
  return 2;
}

async function fuzzAll({ names, extent, isRenewed }: Request): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const outcome = await fuzzTarget(name, { extent });
    process.stderr.write(outcome.report);
    outcomes.push(outcome);
    if (isRenewed && outcome.kind === "passed") writeCorpus(name, await mergedInputs(name, outcome.folder));
  }
  if (outcomes.some(({ kind }) => kind === "not run")) return 2;
  return outcomes.some(({ kind }) => kind === "found") ? 1 : 0;
}
