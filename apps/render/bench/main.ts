// What a cold `atlas-render render dev --output -` costs, as a ratio to `kubectl kustomize` on the same objects.
//
//   pnpm run bench
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, quoted, table, type Commands } from "@atlas/measure";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
const sources = [process.execPath, "--conditions=@atlas/source", path("../bin/atlas-render.js")];
const built = [process.execPath, path("../dist/main.js")];
spawnSync(process.execPath, [...sources.slice(1), "render", "dev", "--output", folder], { stdio: "inherit" });

const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
if (!hasKubectl)
  console.log("kubectl is not on the PATH: no ratio to it is measured. Install it to have one.\n");
const commands: Commands = {
  "atlas-render, from the sources": quoted(...sources, "render", "dev", "--output", "-"),
  "atlas-render, built": quoted(...built, "render", "dev", "--output", "-"),
  "node -e 0": quoted(process.execPath, "-e", "0"),
  ...(hasKubectl && { "kubectl kustomize": quoted("kubectl", "kustomize", join(folder, "dev")) }),
};
console.log(`CPU of one cold run\n\n${table(measure(commands, 7, 5), "kubectl kustomize")}`);
rmSync(folder, { recursive: true });
