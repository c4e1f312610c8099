import { parseCommandLine } from "./cli/command-line.ts";
import { exitCodeOf } from "@atlas/input";
import { reportFailure } from "./report/report.ts";
import { printable } from "./terminal/printable.ts";
import { writeToStdout } from "./terminal/stdout.ts";

// Wherever a cold render passes, node:fs comes by process.getBuiltinModule: an import reads all that it offers, and with
// it loads Node's streams.

async function run(args: readonly string[]): Promise<void> {
  try {
    const command = parseCommandLine(args);
    const output = await command();
    const parts = typeof output === "string" ? [printable(output)] : output;
    // One after the other: a thousand environments are more than fits into the memory at once.
    for (const part of parts) writeToStdout(part);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    await reportFailure(error);
  }
}

// Not awaited: what is loaded on demand imports what this is bundled with, and would wait for it.
void run(process.argv.slice(2));
