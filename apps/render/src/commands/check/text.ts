import { printedPath, type Finding, type ObjectReference } from "@atlas/checks";
import { oneLine } from "../../terminal/printable.ts";
import type { PlacedFinding } from "./checked.ts";

/** What there is to know of each subject: its name, and what was found in it. */
export type Checked = ReadonlyMap<string, readonly PlacedFinding[]>;

/** Findings for a person: by subject and object, each with its place, why it will not work, and how to fix it. */
export const checkedText = (checked: Checked): string =>
  [...checked].map(([name, findings]) => sectionOf(name, findings)).join("\n");

function sectionOf(name: string, findings: readonly PlacedFinding[]): string {
  const objects = Map.groupBy(findings, ({ object }) => objectText(object));
  const groups = [...objects].map(([object, group]) => [object, ...codeBlocks(group), ""]);
  return [...groups.flat(), `${name}: ${summaryOf(findings)}`, ""].map(oneLine).join("\n");
}

const objectText = ({ kind, namespace, name }: ObjectReference): string =>
  namespace === undefined ? `${kind}/${name}` : `${kind}/${name} in ${namespace}`;

/** A block for what an object has of one code, of which the reason is the same. */
function codeBlocks(findings: readonly PlacedFinding[]): string[] {
  const codes = Map.groupBy(findings, ({ severity, code, fix }) => [severity, code, fix].join(" "));
  return [...codes.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { severity, code, why, fix, link } = first;
    return [
      `  ${severity} ${code}`,
      ...group.flatMap(findingLines),
      `    why: ${why}`,
      ...(fix === undefined ? [] : [`    fix: ${fix}`]),
      ...(link === undefined ? [] : [`    see: ${link}`]),
    ];
  });
}

function findingLines({ path, what, file, line, column }: PlacedFinding): string[] {
  const place = file === undefined ? [] : [`      ${file}:${line}:${column}`];
  return [`    ${[printedPath(path), what].filter(Boolean).join(": ")}`, ...place];
}

/** As `2 errors, 1 warning`; `nothing found` where there is none. */
export function summaryOf(findings: readonly Pick<Finding, "severity">[]): string {
  const counts = (["error", "warning"] as const).flatMap((severity) => {
    const { length } = findings.filter((each) => each.severity === severity);
    return length === 0 ? [] : [`${length} ${severity}${length === 1 ? "" : "s"}`];
  });
  return counts.join(", ") || "nothing found";
}
