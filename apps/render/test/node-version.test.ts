import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("../bin/atlas-render.js", import.meta.url));
const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Runs the command on this Node, which says that it is another. */
function runOn(version: string): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const versions = `{ value: { ...process.versions, node: ${JSON.stringify(version)} } }`;
  const disguise = `data:text/javascript,Object.defineProperty(process, "versions", ${versions})`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@atlas/source", "--import", disguise, command, "--version"],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("on a Node that is too old, the command says which it needs", () => {
  test.each(["12.22.0", "18.20.8", "20.20.2", "22.17.1"])("%s", (version) => {
    const { status, stdout, stderr } = runOn(version);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`atlas-render: this is Node ${version}, which cannot run it
  expected: Node ${engines.node.replace(">=", "")} or later
  fix:      install a newer Node, or put it first on the PATH
`);
  });

  test.each(["22.18.0", "22.19.0", "23.0.0", "24.21.0", "100.0.0"])("%s runs it", (version) => {
    expect(runOn(version)).toMatchObject({ status: 0, stderr: "" });
  });
});
