// What a cold `atlas-render render dev --output -` costs, as a ratio to `kubectl kustomize` on the same objects.
//
//   pnpm run bench
//
// Each round runs every command once, one after the other, so that a slow moment of the machine hits all of them; the
// ratio is taken within a round. CPU time is user and system time of the whole process, as the shell's `times` has it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = 7;
/** Runs in a row for one figure: the system counts CPU in steps of up to 10 ms. */
const runs = 5;
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

const sources = [process.execPath, "--conditions=@atlas/source", path("../bin/atlas-render.js")];
const built = [process.execPath, path("../dist/main.js")];
const reference = `kubectl kustomize ${join(folder, "dev")}`;
const commands: Record<string, string> = {
  "atlas-render, from the sources": quoted([...sources, "render", "dev", "--output", "-"]),
  "atlas-render, built": quoted([...built, "render", "dev", "--output", "-"]),
  "node -e 0": quoted([process.execPath, "-e", "0"]),
};

/** Milliseconds of CPU that a command takes. */
function cpuOf(command: string): number {
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", `set -e; ${`${command} >/dev/null;`.repeat(runs)} times`],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => 60 * Number(minutes) + Number(rest),
  );
  return (1000 / runs) * seconds.reduce((sum, part) => sum + part, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

spawnSync(sources[0] ?? "", [...sources.slice(1), "render", "dev", "--output", folder], { stdio: "inherit" });
const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
if (hasKubectl) commands["kubectl kustomize"] = reference;
else console.log("kubectl is not on the PATH: no ratio to it is measured. Install it to have one.\n");

for (const command of Object.values(commands)) cpuOf(command);
const measured = Array.from({ length: rounds }, () =>
  Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, cpuOf(command)])),
);
rmSync(folder, { recursive: true });

console.log(`CPU of one cold run, median of ${rounds} rounds\n`);
console.log(`${"command".padEnd(32)}${"ms".padStart(8)}${"ratio to kubectl kustomize".padStart(30)}`);
for (const name of Object.keys(commands)) {
  const ratios = measured.map((round) => (round[name] ?? 0) / (round["kubectl kustomize"] ?? Number.NaN));
  const ratio = hasKubectl ? median(ratios).toFixed(2) : "-";
  const cpu = median(measured.map((round) => round[name] ?? 0)).toFixed(0);
  console.log(`${name.padEnd(32)}${cpu.padStart(8)}${ratio.padStart(30)}`);
}
