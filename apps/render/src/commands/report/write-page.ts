import { lstatSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { changeFiles, replaceFiles } from "@atlas/files";
import { displayPath, fileErrorOf, InputError } from "@atlas/input";
import { refuseRendered } from "../../output/rendered-folder.ts";
import { say } from "../../terminal/say.ts";
import { generatorName } from "./page/page.ts";

/**
 * Writes the page as a whole or not at all, in the place of an earlier one, if there is one.
 *
 * @throws {InputError} when it cannot be written, the file is something else, or the folder a rendered one.
 */
export async function writePage(output: string, markup: string): Promise<void> {
  const target = resolve(output);
  try {
    refuseRendered([dirname(target)]);
    refuseNonReport(target);
    const path = basename(target);
    await changeFiles(dirname(target), (changes) => replaceFiles(changes, [{ path, content: markup }]), {
      isTarget: (other) => other === path,
    });
  } catch (error) {
    throw fileErrorOf(error, target, "the report cannot be written");
  }
  say(`wrote ${displayPath(target)}\n`);
}

/** @throws {InputError} when there is a folder, a file that is not a report, or a symbolic link. */
function refuseNonReport(target: string): void {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (!stats) return;
  // What it leads to is not what was named.
  if (stats.isSymbolicLink())
    throw new InputError([
      {
        file: displayPath(target),
        code: "output-foreign",
        what: "the report cannot be written: this is a symbolic link",
        expected: "an earlier report, or no file",
        fix: "name the file that it leads to, or remove it",
      },
    ]);
  if (stats.isDirectory())
    throw new InputError([
      {
        file: displayPath(target),
        code: "output-foreign",
        what: "the report cannot be written: this is a folder",
        expected: "the name of a file",
        fix: `name one in it: -o ${displayPath(join(target, "report.html"))}`,
      },
    ]);
  if (readFileSync(target, "utf8").includes(`content="${generatorName}"`)) return;
  throw new InputError([
    {
      file: displayPath(target),
      code: "output-foreign",
      what: "there is a file that is not a report of atlas-render",
      expected: "an earlier report, or no file",
      fix: "name another, or remove it",
    },
  ]);
}
