import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { expect, test } from "vitest";
import { prepare, runAll, runUntilFailure } from "../src/vitest.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.each<[what: string, body: string, outcome: { hasFailed: boolean; isTimedOut: boolean }, limit: number]>([
  ["pass", "expect(1).toBe(1)", { hasFailed: false, isTimedOut: false }, 50_000],
  ["fail", "expect(1).toBe(2)", { hasFailed: true, isTimedOut: false }, 50_000],
  ["never end", "for (;;);", { hasFailed: true, isTimedOut: true }, 3000],
])("tests that %s", async (_, body, outcome, limit) => {
  const copy = temporaryFolder();
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  writeFileSync(join(copy, "vitest.config.ts"), "export default { test: { include: ['test/*.test.ts'] } };");
  mkdirSync(join(copy, "project/test"), { recursive: true });
  writeFileSync(
    join(copy, "project/test/a.test.ts"),
    `import { expect, test } from "vitest"; test("a", () => { ${body} });`,
  );
  prepare(copy, join(copy, "reached"));
  expect(await runUntilFailure(copy, "project", ["test/a.test.ts"], limit)).toEqual(outcome);
  if (outcome.isTimedOut) return;
  expect(await runAll(copy, "project")).toMatchObject([
    { name: "test/a.test.ts", hasFailed: outcome.hasFailed },
  ]);
});
