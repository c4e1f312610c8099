/*
 * The first hour of somebody new: clones the workspace, and does with it, and with what it publishes, what the README
 * says, as its reader types it. Prints each command with what it printed, and leaves the same in `dist/first-hour.json`,
 * which the README's quotations are held against.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runFolder } from "../control-plane/control-plane-folder.ts";
import { repository, takeSteps } from "./first-hour-steps.ts";
import { personEnvironment } from "./person-environment.ts";
import { startRegistry } from "./registry.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { copyWorkspace } from "../workspace/workspace-copy.ts";

const resultFile = fileURLToPath(new URL("../../dist/first-hour.json", import.meta.url));
/** Where verdaccio listens when it is not told where. */
const usualRegistry = "http://localhost:4873/";

const firstHourInterruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => firstHourInterruption.abort(new Error(`ended by ${signal}`)));

const firstHourFolder = runFolder();
// What the steps and their commands make for a while goes with it.
process.env["TMPDIR"] = firstHourFolder.path;
try {
  const transcript = await firstHour(firstHourFolder.path);
  mkdirSync(dirname(resultFile), { recursive: true });
  writeFileSync(resultFile, `${JSON.stringify(transcript, undefined, 2)}\n`);
} catch (error) {
  process.stderr.write(`first-hour: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  firstHourFolder.remove();
}

async function firstHour(home: string): Promise<Terminal["transcript"]> {
  const origin = copyWorkspace();
  const registry = await startRegistry();
  try {
    const terminal = openTerminal({
      folder: home,
      env: {
        ...personEnvironment(registry.home, "node-22"),
        // As at home: in CI some commands print and decide otherwise.
        ...Object.fromEntries(["NO_COLOR", "CI", "GITHUB_ACTIONS"].map((name) => [name, undefined])),
        // The published address is the workspace as it is here, changes that are not committed included.
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: `url.${origin.root}.insteadOf`,
        GIT_CONFIG_VALUE_0: repository,
      },
      shown: { [registry.url]: usualRegistry, [home]: "~" },
      print: (text) => process.stdout.write(text),
      signal: firstHourInterruption.signal,
    });
    await takeSteps({ terminal, home, registry: registry.url });
    return terminal.transcript;
  } finally {
    await registry.stop();
  }
}
