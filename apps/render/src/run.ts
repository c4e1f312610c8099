import { askedOf } from "./cli/asked.ts";
import { displayPath, exitCodeOf, type FindingCode } from "@atlas/input";
import { reportFailure } from "./report/report.ts";
import { printable } from "./terminal/printable.ts";
import { writeToStdout } from "./terminal/stdout.ts";
import { writeDescriptor } from "./terminal/write-descriptor.ts";
import { loadingNow } from "./environments/loading-now.ts";

// An overlay that awaits what never comes, or that ends the process, would end it as if all were well.
let isDone = false;
process.on("exit", (status) => {
  if (isDone || status !== 0) return;
  process.exitCode = 2;
  const code: FindingCode = "overlay-unfinished";
  const where = [...loadingNow].map(({ module }) => `${printable(displayPath(module))}: `).join("");
  const text = `atlas-render: ${where}ended before it was loaded
  expected: a module that finishes loading
  fix:      look for an await that never settles, and for process.exit
  code:     ${code}
`;
  writeDescriptor(2, new TextEncoder().encode(text));
});

async function run(args: readonly string[]): Promise<void> {
  try {
    const command = await askedOf(args);
    const output = await command();
    const parts = typeof output === "string" ? [printable(output)] : output;
    // One after the other: a thousand environments are more than fits into the memory at once.
    for (const part of parts) writeToStdout(part);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    await reportFailure(error);
  }
  isDone = true;
  // All is written by now, and Node would clear up a memory that ends with it.
  process.exit();
}

// Not awaited: what is loaded on demand imports what this is bundled with, and would wait for it.
void run(process.argv.slice(2));
