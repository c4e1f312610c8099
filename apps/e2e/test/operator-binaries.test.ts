import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@atlas/testing";
import { afterEach, expect, test, vi } from "vitest";
import { operatorRoot } from "../src/operator/operator.ts";
import type { PodProcess } from "../src/operator/pod-process.ts";

afterEach(() => vi.unstubAllEnvs());

/** A program that prints its usage, whatever it is asked, as Atlas does for a command that it does not have. */
function program(file: string, usage: string): string {
  writeFileSync(file, `#!/bin/sh\necho 'Usage:\n  ${usage}'\n`, { mode: 0o755 });
  return file;
}
const pod = { argv: ["/manager"], image: "localhost/none:1" } as unknown as PodProcess;

/** Where the operator comes from, or why not, with the variables set to files in a folder. */
async function rootWith(atlas: (folder: string) => string) {
  const folder = temporaryFolder("operator-");
  vi.stubEnv("ATLAS_OPERATOR_BIN", program(join(folder, "manager"), "manager"));
  vi.stubEnv("ATLAS_BIN", atlas(folder));
  // No container tool is there.
  vi.stubEnv("PATH", folder);
  return operatorRoot(pod, folder, () => {});
}

test("the official build of Atlas is taken, as a program and in a folder", async () => {
  const file = await rootWith((folder) => program(join(folder, "atlas-1"), "atlas whoami [flags]"));
  expect(file.binds).toContainEqual({ source: expect.stringMatching(/\/atlas-1$/), path: "/atlas/atlas" });
  const whole = await rootWith((folder) => {
    mkdirSync(join(folder, "official"));
    program(join(folder, "official/atlas"), "atlas whoami [flags]");
    return join(folder, "official");
  });
  expect(whole.binds).toContainEqual({ source: expect.stringMatching(/\/official$/), path: "/atlas" });
});

test.each<[string, (folder: string) => string, RegExp]>([
  [
    "the community build",
    (folder) => program(join(folder, "atlas-1"), "atlas [command]"),
    /ATLAS_BIN: .*atlas-1 has no command whoami/,
  ],
  ["a folder without it", (folder) => folder, /ENOENT.*\/atlas'/],
  ["nothing", (folder) => join(folder, "none"), /ENOENT.*none/],
])("%s is refused at once", async (_name, atlas, says) => {
  await expect(rootWith(atlas)).rejects.toThrow(says);
});
