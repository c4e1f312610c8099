import { toJson } from "@atlas/compose/yaml";
import { displayPath, findingsOf, type Finding } from "@atlas/input";
import { ownVersion } from "../environments/own-version.ts";
import { refinePlace } from "../places/refine-place.ts";
import { githubOf } from "./github.ts";
import { sarifOf } from "./sarif.ts";
import type { WrittenFinding } from "./written-finding.ts";

/** For a program, for code scanning, or for the log of a GitHub workflow. */
export type FindingsFormat = "json" | "sarif" | "github";

/**
 * Renders, and returns what was found in a format for programs. With an error among it the exit code is 2, as without.
 *
 * @param render renders, and hands over what is only worth knowing.
 * @throws whatever is no problem of the user's.
 */
export async function findingsReport(
  format: FindingsFormat,
  render: (onNotes: (notes: readonly Finding<string>[]) => void) => Promise<unknown>,
): Promise<string> {
  const found: WrittenFinding[] = [];
  try {
    await render((notes) => void found.push(...notes.map((note) => writtenFinding(note, "warning"))));
  } catch (error) {
    const findings = findingsOf(error);
    if (!findings) throw error;
    process.exitCode = 2;
    found.push(...findings.map((finding) => writtenFinding(finding, "error")));
  }
  if (format === "github") return githubOf(found);
  return `${toJson(format === "json" ? found : await sarif(found), 2)}\n`;
}

async function sarif(found: readonly WrittenFinding[]): Promise<object> {
  const { codeLists } = await import("../problems/known-codes.ts");
  const rules = codeLists.flatMap(({ codes }) => codes);
  return sarifOf(found, { name: "atlas-render render", version: ownVersion(), rules });
}

function writtenFinding(finding: Finding<string>, severity: "error" | "warning"): WrittenFinding {
  const { code, environment, object, path = "", what, expected, fix, places = [] } = finding;
  const [place] = places;
  const [kind = "", ...name] = object?.split("/") ?? [];
  return {
    code,
    severity,
    ...(environment !== undefined && { subject: environment }),
    ...(object !== undefined && { object: { kind, name: name.join("/") } }),
    path,
    what,
    ...(expected !== undefined && { expected }),
    ...(fix !== undefined && { fix }),
    ...(finding.file === undefined && place ? positionOf(refinePlace(place) ?? place) : positionOf(finding)),
  };
}

type FindingPosition = Pick<WrittenFinding, "file" | "line" | "column">;

const positionOf = ({ file, line, column }: FindingPosition): FindingPosition => ({
  ...(file !== undefined && { file: displayPath(file) }),
  ...(line !== undefined && { line }),
  ...(column !== undefined && { column }),
});
