import type { Place } from "@atlas/compose/places";
import { displayPath, type Finding } from "@atlas/input";
import type { PlaceInText } from "../places/original-place.ts";
import { printableLine } from "../terminal/printable.ts";
import { refinePlace } from "../places/refine-place.ts";

/** A finding as a block of lines: what is wrong, the source lines it is about, what was expected, how to fix it. */
export function formatFinding(finding: Finding<string>): string {
  const {
    code,
    environment,
    object,
    path,
    what,
    said,
    places = [],
    expected,
    fix,
    file,
    line,
    column,
  } = finding;
  const position = [file, line, column].filter((part) => part !== undefined).join(":");
  const where = [environment, object, path, position].filter(Boolean).join(": ");
  const own =
    file === undefined || line === undefined ? undefined : refinePlace({ file, line, column: column ?? 1 });
  return [
    printableLine(`atlas-render: ${where ? `${where}: ` : ""}${what}`),
    ...(said === undefined ? [] : said.split("\n").map((each) => `  ${each}`)),
    ...(own ? sourceLines(own, column !== undefined) : []),
    ...places.flatMap(({ label, ...place }) => placeLines(label, place)),
    ...(expected === undefined ? [] : [findingRow("expected", expected)]),
    ...(fix === undefined ? [] : [findingRow("fix", fix)]),
    findingRow("code", code),
    "",
  ].join("\n");
}

const findingRow = (label: string, text: string): string =>
  printableLine(`  ${`${label}:`.padEnd(9)} ${text}`);

function placeLines(label: string, place: Place): string[] {
  const exact = refinePlace(place);
  return [findingRow(label, displayPlace(exact ?? place)), ...(exact ? sourceLines(exact, true) : [])];
}

/** `file:line:column`, as editors and terminals open it. */
export const displayPlace = ({ file, line, column }: Place): string =>
  `${displayPath(file)}:${line}:${column}`;

/** Wider than any honest line; of a longer one, the part around the place is shown. */
const widest = 120;

/** The line of a place, and below it what is meant. */
function sourceLines({ text, line, column }: PlaceInText, isMarked: boolean): string[] {
  const whole = text.split(/\r?\n/)[line - 1];
  if (whole === undefined || whole.trim() === "") return [];
  const start = whole.length > widest ? Math.max(0, column - 1 - widest / 2) : 0;
  // A line may hold what a terminal obeys.
  const shown = whole.slice(start, start + widest).replaceAll(/[^\P{Cc}\t]/gu, "\ufffd");
  const gutter = `  ${" ".repeat(9)} ${line} | `;
  const margin = `${" ".repeat(gutter.length - 2)}| `;
  const indent = shown.slice(0, column - 1 - start).replaceAll(/[^\t]/g, " ");
  const [token = ""] = /^(?:"(?:[^"\\]|\\.)*"|[\w$./-]+|.)/.exec(shown.slice(column - 1 - start)) ?? [];
  const marks = `${margin}${indent}${"^".repeat(token.length)}`;
  return [`${gutter}${shown}`, ...(isMarked && token !== "" ? [marks] : [])];
}
