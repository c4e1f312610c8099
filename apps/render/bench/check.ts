// What it costs to check 500 objects, beyond starting and loading, as plain objects and from YAML with reading it, beside
// kube-score on the same objects.
//
//   pnpm exec nx run render:build && node apps/render/bench/check.ts
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, median, shellWords, ratioTable } from "@atlas/measure";
import { toYaml } from "@atlas/compose/yaml";
import { applications } from "./applications.ts";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
const peer = "github.com/zegl/kube-score/cmd/kube-score@v1.20.0";

/** The program, built where Go is there; undefined without it. */
function kubeScore(): string | undefined {
  if (spawnSync("go", ["version"]).status !== 0) {
    console.log("go is not on the PATH: nothing is measured beside it.");
    return undefined;
  }
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "-mod=mod", GOWORK: "off", CGO_ENABLED: "0" };
  execFileSync("go", ["install", peer], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  return join(folder, "kube-score");
}

try {
  const objects = applications(50);
  const file = join(folder, "objects.yaml");
  writeFileSync(file, objects.map((object) => toYaml(object)).join("---\n"));
  writeFileSync(join(folder, "objects.json"), JSON.stringify(objects));
  const own = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, [path("check-once.js"), join(folder, "objects.json")])),
  );
  console.log(
    `\n${objects.length} objects are checked in ${median(own).toFixed(0)} ms of CPU, cold, beyond start-up\n`,
  );
  const score = kubeScore();
  const little = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "little", namespace: "team-0" } };
  const one = join(folder, "one.yaml");
  writeFileSync(one, toYaml(little));
  const args = [path("../dist/main.js"), "check", "--file", file];
  const { stdout: report } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (!report.startsWith(`${file}: `)) throw new Error("the command is not built, or does not run");
  // It ends with 1 where it finds something.
  const checkOf = (given: string): string =>
    `${shellWords(process.execPath, path("../dist/main.js"), "check", "--file", given)} || test $? = 1`;
  const commands = {
    "atlas-render check": checkOf(file),
    "atlas-render check, of one object": checkOf(one),
    ...(score !== undefined && { "kube-score": `${shellWords(score, "score", file)} || test $? = 1` }),
  };
  const measured = measure(commands, 7);
  const beyond = measured["atlas-render check"]?.map(
    (cpu, round) => cpu - (measured["atlas-render check, of one object"]?.[round] ?? Number.NaN),
  );
  console.log(
    `as files of YAML, with reading them and their schemas, in ${median(beyond ?? []).toFixed(0)} ms beyond those of one object\n`,
  );
  console.log(`CPU of one cold run\n\n${ratioTable(measured, "kube-score")}`);
} finally {
  rmSync(folder, { recursive: true });
}
