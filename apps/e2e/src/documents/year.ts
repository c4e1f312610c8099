/*
 * A year of a platform team: two scopes, a new release with a new kind, a rollback, a second operator, an alert, an audit, and
 * the hand-over to Argo CD and to Flux, against a control plane of its own. Prints each command with what it printed, and
 * leaves the same in `dist/year.json`, which the README's quotations are held against.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runFolder } from "../control-plane/control-plane-folder.ts";
import { startControlPlane } from "../control-plane/control-plane.ts";
import { commandPath } from "../workspace/commands.ts";
import { go } from "../workspace/go-modules.ts";
import { copyWorkspace } from "../workspace/workspace-copy.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { takeYear } from "./year-steps.ts";

const yearResult = fileURLToPath(new URL("../../dist/year.json", import.meta.url));
const prometheus = fileURLToPath(new URL("../../prometheus", import.meta.url));
const promtool = "github.com/prometheus/prometheus/cmd/promtool";
/** Who commits. */
const author = {
  GIT_AUTHOR_NAME: "platform",
  GIT_AUTHOR_EMAIL: "platform@example.com",
  GIT_COMMITTER_NAME: "platform",
  GIT_COMMITTER_EMAIL: "platform@example.com",
};
const sayOfYear = (line: string): void => void process.stderr.write(`year: ${line}\n`);

// In CI it has to run.
const isYearRunnable = commandPath("go") !== undefined || process.env["CI"] !== undefined;

const yearInterruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => yearInterruption.abort(new Error(`ended by ${signal}`)));

const yearFolder = runFolder();
// What the steps and their commands make for a while goes with it.
process.env["TMPDIR"] = yearFolder.path;
// A cluster that is there is not touched: the steps make and delete what is cluster-wide.
delete process.env["USE_EXISTING_CLUSTER"];
try {
  const transcript = isYearRunnable ? await year(yearFolder.path) : null;
  if (!transcript) sayOfYear("NOT RUN: Go is not installed, which promtool is built with");
  mkdirSync(dirname(yearResult), { recursive: true });
  writeFileSync(yearResult, `${JSON.stringify(transcript, undefined, 2)}\n`);
} catch (error) {
  sayOfYear(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  yearFolder.remove();
}

async function year(home: string): Promise<Terminal["transcript"]> {
  const tools = join(home, "tools");
  mkdirSync(tools);
  await go(["build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-o", tools, promtool], {
    cwd: prometheus,
  });
  const workspace = copyWorkspace({ pnpm_config_verify_deps_before_run: "false" });
  const cluster = await startControlPlane(home, sayOfYear);
  try {
    const folders = [tools, ...(cluster.kubectl.includes("/") ? [dirname(cluster.kubectl)] : [])];
    const terminal = openTerminal({
      folder: workspace.root,
      env: {
        ...workspace.env,
        KUBECONFIG: cluster.kubeconfig,
        PATH: [...folders, workspace.env["PATH"]].join(delimiter),
        ...author,
        NO_COLOR: "1",
      },
      shown: { [workspace.root]: "~/atlas-manifests", [home]: "~" },
      print: (text) => process.stdout.write(text),
      signal: yearInterruption.signal,
    });
    await takeYear({ terminal, home, workspace: workspace.root });
    return terminal.transcript;
  } finally {
    await cluster.stop();
  }
}
