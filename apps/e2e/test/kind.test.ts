import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/operator/kind.ts", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atlas-kind-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command where a folder is the whole PATH. */
async function kind() {
  const { exitCode, stdout, stderr } = await execa(process.execPath, ["--conditions=@atlas/source", main], {
    env: { PATH: folder },
    reject: false,
  });
  return { exitCode, stdout, stderr };
}

test("everything that is missing is named at once, with where to get it", async () => {
  const { exitCode, stdout, stderr } = await kind();
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(
    /docker: install Docker \(https:.*\n.*kind: install kind \(https:.*\n.*kubectl: install kubectl \(https:/,
  );
});

test("a Docker that is not running is said to be that, before anything is made", async () => {
  const failing = join(folder, "docker");
  writeFileSync(failing, "#!/bin/sh\necho Cannot connect to the Docker daemon. >&2\nexit 1\n", {
    mode: 0o755,
  });
  for (const name of ["kind", "kubectl"]) symlinkSync(failing, join(folder, name));
  const { exitCode, stderr } = await kind();
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /Docker does not answer:\n {2}Cannot connect to the Docker daemon\.\n {2}fix: start Docker/,
  );
});
