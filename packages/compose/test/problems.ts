import {
  compose,
  ComposeError,
  overlay,
  type KubernetesObject,
  type LayerContent,
  type Patch,
  type Problem,
} from "@atlas/compose";
import { expect } from "vitest";
import { shop } from "./fixtures.ts";

/**
 * The problems that composing the overlay ends with. What they say, to the last word, is recorded beside the tests: a test
 * asks for what matters to it, and a review sees every text that changes.
 */
export function problemsOf(
  content: LayerContent,
  below = shop,
  read?: (source: URL) => KubernetesObject,
): readonly Problem[] {
  const problems = problemsIn(content, below, read);
  if (problems.length > 0) expect(problems.slice(0, 20).map(textOf).join("\n")).toMatchSnapshot();
  return problems;
}

/** The same, of random content, none of which is recorded. */
export function problemsIn(
  content: LayerContent,
  below = shop,
  read?: (source: URL) => KubernetesObject,
): readonly Problem[] {
  try {
    compose(overlay({ base: below, ...content }), read);
  } catch (error) {
    if (error instanceof ComposeError) return error.problems;
    throw error;
  }
  return [];
}

/** All that a problem says but the lines of its places, which are those of the test. */
function textOf({ object, path, what, places = [], expected, fix }: Problem): string {
  const where = [object, path, places.map(({ label }) => label).join(" and ")].filter(Boolean).join(", ");
  const lines = [where && `at: ${where}`, expected && `expected: ${expected}`, fix && `fix: ${fix}`];
  return [what, ...lines.filter(Boolean).map((line) => `  ${line}`)].map(printable).join("\n");
}

/** Half of a character is in no file; of a long text the start says enough. */
const printable = (text: string): string => text.toWellFormed().slice(0, 1000);

/** A patch as plain data, the way it comes from a file: no type has looked at it. */
export const untyped = (target: Patch["target"], body: unknown, override = false): Patch => ({
  target,
  body,
  override,
});
