import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, TestRunner } from "vitest";

const testedWorkspace = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Holds what a command says when it fails, to the last word, against what is recorded beside the tests: a test asks for
 * what matters to it, and a review sees every text that changes. Outside of a test nothing is recorded.
 *
 * @example
 * recordFailure(2, "atlas-render: there is no environment \"dve\"\n");
 */
export function recordFailure(status: number | null, stderr: string): void {
  // A stack is not text for users, and shows the lines of sources.
  const isStack = /^ {4}at /m.test(stderr);
  if (status === 0 || isStack || TestRunner.getCurrentTest() === undefined) return;
  expect(
    `${status}\n${withoutFolders(stderr).split("\n").slice(0, mostRecorded).join("\n")}`,
  ).toMatchSnapshot();
}

/** As many lines as a review reads; counted in characters, the end would depend on how long a folder's name is. */
const mostRecorded = 50;

/** The folders differ from run to run, and from machine to machine. */
const withoutFolders = (text: string): string =>
  text
    .replaceAll(tmpdir(), "TMP")
    .replaceAll(/(?<=TMP\/(?:[a-z]+-)*)[A-Za-z\d]{6}(?![A-Za-z\d])/g, "XXXXXX")
    .replaceAll(/(?<=\.atlas-)[a-z\d]{20}(?![a-z\d])/g, "X".repeat(20))
    .replaceAll(testedWorkspace, "WORKSPACE/");
