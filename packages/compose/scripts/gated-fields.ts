import { readFileSync } from "node:fs";

/** The gates that fields of a group and version are behind, by field: `core.v1.VolumeSource.image`. */
export type GatedFields = ReadonlyMap<string, readonly string[]>;

/** Says in a sentence that a field is for those who turn a gate on, as `+featureGate` says beside. */
const sentence =
  /(?:[Rr]equires?|[Ee]nabl(?:e|es|ing)|set when|used when|honored by servers that enable)\b[^.]*?\b([A-Z]\w+) feature[ -]?(?:gate|toggle)?/g;

/**
 * Reads a `types.go`: a comment before a field names its gates, by `+featureGate=Name` or in a sentence. What a struct takes
 * in of another has the gates that it has there.
 *
 * @param definition the group and version, as `core.v1`.
 * @param isGate whether a word of a sentence is the name of a gate.
 */
export function gatedFields(
  file: string,
  definition: string,
  isGate: (name: string) => boolean,
): GatedFields {
  const gates = new Map<string, readonly string[]>();
  const inlined: (readonly [into: string, of: string])[] = [];
  let struct = "";
  let comment = "";
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, opened] = /^type (\w+) struct \{/.exec(line) ?? [];
    if (opened !== undefined) struct = opened;
    const [, said] = /^\s*\/\/(.*)$/.exec(line) ?? [];
    if (said !== undefined) {
      comment += `${said}\n`;
      continue;
    }
    const [, type = "", name, inline] =
      /^\t(?:\w+ +)?([\w.*[\]]+) +`json:"([\w$-]*),?(inline)?/.exec(line) ?? [];
    if (inline !== undefined && struct !== "") inlined.push([struct, type]);
    const found = name === undefined || name === "" ? [] : gatesIn(comment, isGate);
    if (found.length > 0) gates.set(`${definition}.${struct}.${name}`, found);
    comment = "";
    if (line.startsWith("}")) struct = "";
  }
  for (const [into, of] of inlined)
    for (const [field, found] of gates)
      if (field.startsWith(`${definition}.${of}.`)) gates.set(field.replace(`.${of}.`, `.${into}.`), found);
  return gates;
}

function gatesIn(comment: string, isGate: (name: string) => boolean): readonly string[] {
  const marked = [...comment.matchAll(/\+featureGate=(\w+)/g)].map(([, name = ""]) => name);
  const prose = comment.replaceAll(/^ ?\+.*$/gm, "").replaceAll(/\s+/g, " ");
  const told = [...prose.matchAll(sentence)].map(([, name = ""]) => name);
  return [...new Set([...marked, ...told])].filter(isGate);
}
