// What a cold `atlas-render render dev --output -` costs, as a ratio to `kubectl kustomize` on the same objects, beside the
// peers that are on the PATH; and what our own printer spares, which prints the objects that are not CRDs.
//
//   pnpm run bench
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, shellWords, ratio, ratioTable, type Commands } from "@atlas/measure";
import { peerCommands } from "./peers.ts";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
const [source, built] = ["../bin/atlas-render.js", "../dist/main.js"].map(path) as [string, string];
const fromSources = "--conditions=@atlas/source";
const node = (...args: readonly string[]): string => shellWords(process.execPath, ...args);
const render = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [built, "render", "dev", ...args], { encoding: "utf8", maxBuffer: 2 ** 26 });

/** The same on Bun, which the workspace has. */
function onBun(file: string): Commands {
  const bun = path("../node_modules/bun/bin/bun.exe");
  return {
    "atlas-render, built, on Bun": shellWords(bun, file, "render", "dev", "--output", "-"),
    "bun -e 0": shellWords(bun, "-e", "0"),
  };
}

try {
  render("--output", folder);
  const objects = render("--output", "-", "--format", "json")
    .trimEnd()
    .split("\n")
    .filter((line) => JSON.parse(line).kind !== "CustomResourceDefinition");
  const file = join(folder, "objects.json");
  writeFileSync(file, `[${objects.join(",")}]`);

  const commands: Commands = {
    "atlas-render, from the sources": node(fromSources, source, "render", "dev", "--output", "-"),
    "atlas-render, built": node(built, "render", "dev", "--output", "-"),
    "atlas-render, built, --no-validate": node(built, "render", "dev", "--output", "-", "--no-validate"),
    "node -e 0": node("-e", "0"),
    ...onBun(built),
    "printing alone, with ours": node(path("print.js"), "ours", file),
    "printing alone, with yaml": node(path("print.js"), "yaml", file),
    ...peerCommands(join(folder, "dev")),
  };
  const measured = measure(commands, 7, 5);
  console.log(`\nCPU of one cold run\n\n${ratioTable(measured, "kubectl kustomize")}`);
  const validating = ratio(measured, "atlas-render, built", "atlas-render, built, --no-validate");
  const starting = ratio(measured, "atlas-render, built, --no-validate", "node -e 0");
  console.log(
    `\nThe built command, to itself without validation: ${validating.toFixed(2)} (the aim: at most 1.25)`,
  );
  console.log(`Without validation, to the start of Node: ${starting.toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
