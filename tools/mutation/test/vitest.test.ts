import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { expect, test } from "vitest";
import { prepare, runTests } from "../src/vitest.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.each<
  [
    what: string,
    body: string,
    outcome: { hasFailed: boolean; isTimedOut: boolean },
    files: number,
    limit: number,
  ]
>([
  ["pass", "expect(1).toBe(1)", { hasFailed: false, isTimedOut: false }, 1, 50_000],
  ["fail", "expect(1).toBe(2)", { hasFailed: true, isTimedOut: false }, 1, 50_000],
  ["never end", "for (;;);", { hasFailed: true, isTimedOut: true }, 0, 3000],
])("tests that %s", async (_, body, outcome, files, limit) => {
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
  const result = await runTests(copy, "project", ["test/a.test.ts"], { limit, bail: true });
  expect(result).toMatchObject(outcome);
  expect(result.files).toHaveLength(files);
});
