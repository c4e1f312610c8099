import { expect, test } from "vitest";
import { InputError } from "../src/problem.ts";
import { readCrds } from "../src/read/crds.ts";
import { brokenCrds } from "./broken-crds.ts";

/** The paths of what is wrong with a CRD. */
function pathsRefused(crd: object): readonly (string | undefined)[] {
  try {
    readCrds([{ file: "crds.json", text: JSON.stringify(crd) }], undefined);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

test.each(brokenCrds)("$name", ({ crd, path }) => {
  expect(pathsRefused(crd)).toEqual(path === undefined ? [] : [path]);
});
