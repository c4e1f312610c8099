import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { documents, targets } from "../src/targets.ts";

test("CI tests what pnpm run test does", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  const words = scripts.test.replaceAll(/nx run-many -t|nx run crd-types:|&&/g, " ").split(/\s+/);
  expect([...targets, documents].toSorted()).toEqual(words.filter(Boolean).toSorted());
});
