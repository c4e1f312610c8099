import { compose, ComposeError } from "@atlas/compose";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { layerOf, folderOf } from "./cases.ts";
import type { Difference } from "./difference.ts";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { inOrder, kustomizeAll } from "./kubectl.ts";
import { layerDifferences } from "./layer-differences.ts";
import { mergeDifferences } from "./merge-differences.ts";

const differences = [...mergeDifferences, ...layerDifferences];

/** What the README says of the two, row by row. */
const rows = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  .split("## Kustomize")[1]
  ?.split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(2)
  .map((line) => line.split("|")[1]?.trim());

/** What we make of it: the value that is looked at, or the first problem. */
function ours({ given, layer = layerOf(given), at }: Difference): unknown {
  try {
    return at(inOrder(compose(layer)));
  } catch (error) {
    if (error instanceof ComposeError) return { problem: error.problems[0]?.what };
    throw error;
  }
}

test("each row of the README has a test", () => {
  expect(differences.map(({ what }) => what)).toEqual(rows);
});

describe.skipIf(withoutKubectl)("other than in Kustomize, on purpose:", () => {
  const theirs = withoutKubectl ? [] : kustomizeAll(differences.map(({ given }) => folderOf(given)));

  test.each(differences.map((difference, index) => [difference.what, difference, index] as const))(
    "%s",
    (_what, { at, Kustomize, here, ...difference }, index) => {
      const rendered = theirs[index];
      if (!rendered || rendered instanceof Error) throw rendered ?? new Error("nothing was rendered");
      expect(at(inOrder(rendered))).toEqual(Kustomize);
      expect(ours({ ...difference, at, Kustomize, here })).toEqual(here);
    },
  );
});
