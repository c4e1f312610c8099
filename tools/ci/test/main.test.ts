import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../src/main.ts", import.meta.url));

test.each<[string, string[], number, string]>([
  ["help", ["--help"], 0, "Usage:"],
  ["no command", [], 2, "ci: no command\n\nUsage:"],
  ["an unknown command", ["paln"], 2, 'ci: unknown command "paln"'],
  ["an unknown option", ["plan", "--shards"], 2, "Unknown option '--shards'"],
  ["a word too many", ["plan", "now"], 2, 'ci: plan takes no "now"'],
  ["no machine", ["plan", "--machines", "0"], 2, '--machines: "0" is not a number'],
  ["an unknown access", ["cache-probe", "--access", "raed"], 2, "expected: one of: read, write"],
  ["nothing to run", ["run", ""], 0, ""],
  ["no cache", ["cache-probe"], 0, "NX_SELF_HOSTED_REMOTE_CACHE_SERVER=\n"],
])("%s", (_name, args, status, said) => {
  const env = { ...process.env, NX_SELF_HOSTED_REMOTE_CACHE_SERVER: "" };
  const result = spawnSync("node", [program, ...args], { encoding: "utf8", env });
  expect(result.stdout + result.stderr).toContain(said);
  expect(result.status).toBe(status);
  expect(result.stdout === "").toBe(status !== 0 || said === "");
});
