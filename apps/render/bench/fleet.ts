// What an environment of a fleet costs, as a ratio to `kubectl kustomize` on one, how much memory a fleet needs, and whether
// the time grows with the number of environments alone.
//
//   pnpm exec nx run render:build && node apps/render/bench/fleet.ts
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, median, shellWords, ratio, type Commands } from "@atlas/measure";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "atlas-bench-fleet-"));
const sizes = [10, 100, 1000];
const tools = { "kubectl kustomize": ["kubectl", "kustomize"], kustomize: ["kustomize", "build"] };

/** Node and its arguments that render the fleet; what it has used at most is the last line on stderr. */
const render = (...args: string[]): string[] => [
  process.execPath,
  "--import=data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))",
  path("../dist/main.js"),
  "render",
  "production",
  "--environments",
  path("fleet"),
  ...args,
];

const peaks = sizes.map((size) => {
  const { status, stderr } = spawnSync(
    "env",
    [`ENVIRONMENTS=${size}`, ...render("--output", join(folder, `${size}`))],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stderr.trim().split("\n").at(-1)) / 1024;
});

// A folder of its own for each run: what is measured is writing, not finding that all is there.
const fresh = (size: number): string =>
  `ENVIRONMENTS=${size} ${shellWords(...render("--output"))} "$(mktemp -d ${shellWords(join(folder, "XXXXXX"))})"`;
const again = (size: number, ...args: string[]): string =>
  `ENVIRONMENTS=${size} ${shellWords(...render("--output", join(folder, `${size}`), ...args))}`;
const isThere = ([command = ""]: readonly string[]): boolean =>
  spawnSync(command, ["version"]).error === undefined;
const peers = Object.entries(tools).filter(([, words]) => isThere(words));
const ours = {
  ...Object.fromEntries(sizes.map((size) => [`${size} environments`, fresh(size)])),
  "1000, nothing has changed": again(1000),
  "1000, --check": again(1000, "--check"),
};
const commands: Commands = {
  ...ours,
  ...Object.fromEntries(
    peers.map(([name, words]) => [name, shellWords(...words, join(folder, "10/production/cluster-0"))]),
  ),
};
const measured = measure(commands, 3);
const cpuOf = (name: string): number => median(measured[name] ?? []);

console.log(
  "CPU of an environment, in ms, and its ratio to one environment of the peers (the aim: at most 0.01)\n",
);
console.log(`${"".padEnd(28)}${"ms".padStart(8)}${peers.map(([name]) => name.padStart(20)).join("")}`);
for (const name of Object.keys(ours)) {
  const count = Number.parseInt(name, 10);
  const ratios = peers.map(([peer]) => (ratio(measured, name, peer) / count).toFixed(4).padStart(20));
  console.log(`${name.padEnd(28)}${(cpuOf(name) / count).toFixed(2).padStart(8)}${ratios.join("")}`);
}
for (const [name] of peers) console.log(`${name.padEnd(28)}${cpuOf(name).toFixed(0).padStart(8)}`);
for (const name of Object.keys(tools))
  if (!peers.some(([peer]) => peer === name))
    console.log(`${name}: not on the PATH, so no ratio to it is measured`);

const [ten, hundred, thousand] = sizes.map((size) => cpuOf(`${size} environments`));
const each = (more = 0, fewer = 0, count = 1): string => ((more - fewer) / count).toFixed(2);
console.log(
  `\nCPU of one environment more: ${each(hundred, ten, 90)} ms up to 100, ${each(thousand, hundred, 900)} ms up to 1000`,
);
console.log(
  `Memory at most: ${sizes.map((size, index) => `${peaks[index]?.toFixed(0)} MiB for ${size}`).join(", ")} (the aim: below 256 MiB)`,
);
rmSync(folder, { recursive: true });
