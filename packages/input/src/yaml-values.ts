import { placesOfNode, rememberNode, type Position } from "@atlas/compose/places";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Dialect } from "@atlas/yaml";
import type { Finding } from "./finding.ts";

/** What YAML can say of a Kubernetes object. */
export type YamlValue = string | number | boolean | null | YamlValue[] | YamlObject;
interface YamlObject {
  [field: string]: YamlValue;
}

/** Deeper than any manifest, and far from where a recursive walk would run out of stack. */
export const deepestManifest = 500;
/** What aliases may repeat in one file: enough for labels and probes, far from what fills the memory. */
const mostAliased = 10_000;

/** A file on its way into plain values. */
export interface Reading {
  readonly file: string;
  readonly dialect: Dialect;
  readonly lines: LineCounter;
  readonly findings: Finding[];
  /** The anchored nodes of the document that are complete. */
  readonly anchors: Map<string, Node>;
  /** How many values stand for something that stands elsewhere, and whether what is read now does. */
  aliased: number;
  isAliased: boolean;
  /** Where the part of the file begins that is read now: offsets in it count from there. */
  start: number;
}

type RefusalReason = Pick<Finding, "code" | "what" | "expected" | "fix" | "places">;

export const deepNesting: RefusalReason = {
  code: "yaml-too-deep",
  what: `the file nests more than ${deepestManifest} levels`,
  expected: "a manifest",
  fix: "take levels out",
};

/** Reports what is wrong at an offset of the file. */
export function reportAt(offset: number, reading: Reading, reason: RefusalReason): void {
  reading.findings.push({ file: reading.file, ...positionAt(offset, reading), ...reason });
}

function positionAt(offset: number, { lines, start }: Reading): Position {
  const { line, col } = lines.linePos(start + offset);
  return { line, column: col };
}

const nodeOffset = (node: Node): number => node.range?.[0] ?? 0;

function refuseNode(node: Node, reading: Reading, reason: RefusalReason): null {
  reportAt(nodeOffset(node), reading, reason);
  return null;
}

/** A node as plain data that remembers its places. What cannot be data is reported, and null. */
export function valueOf(node: Node | null, reading: Reading, depth: number): YamlValue {
  if (!node) return null;
  if (depth > deepestManifest) return refuseNode(node, reading, deepNesting);
  if (reading.isAliased && ++reading.aliased > mostAliased) return null;
  const value = isAlias(node)
    ? aliasedValue(node, reading, depth)
    : isMap(node)
      ? objectOf(node, reading, depth)
      : isSeq(node)
        ? listValue(node, reading, depth)
        : scalarOf(node, reading);
  // Only now: an alias within would stand for what it lies in.
  if (!isAlias(node) && node.anchor) reading.anchors.set(node.anchor, node);
  return value;
}

function aliasedValue(alias: Node & { source: string }, reading: Reading, depth: number): YamlValue {
  const target = reading.anchors.get(alias.source);
  if (!target) {
    return refuseNode(alias, reading, {
      code: "yaml-alias-malformed",
      what: `the alias *${alias.source} has no anchor that is complete before it`,
      expected: `&${alias.source} before the alias, and not around it`,
      fix: "write out what is meant",
    });
  }
  const { isAliased, aliased } = reading;
  reading.isAliased = true;
  const value = valueOf(target, reading, depth + 1);
  reading.isAliased = isAliased;
  const isTooMuch = aliased <= mostAliased && reading.aliased > mostAliased;
  if (isAliased || !isTooMuch) return value;
  return refuseNode(alias, reading, {
    code: "yaml-alias-malformed",
    what: `aliases repeat more than ${mostAliased.toLocaleString("en")} values`,
    expected: "a file that does not grow when it is read",
    fix: "write out what is meant",
  });
}

function listValue(node: YAMLSeq, reading: Reading, depth: number): YamlValue[] {
  const items = node.items as Node[];
  const list = items.map((item) => valueOf(item, reading, depth + 1));
  const fields = items.map((item, index): [string, Position] => [
    String(index),
    positionAt(nodeOffset(item), reading),
  ]);
  remember(list, node, new Map(fields), reading);
  return list;
}

function objectOf(map: YAMLMap, reading: Reading, depth: number): YamlObject {
  const object: YamlObject = {};
  const fields = new Map<string, Position>();
  const merged: YamlValue[] = [];
  for (const { key, value } of map.items as { key: Node; value: Node | null }[]) {
    const name = fieldName(key, reading);
    const first = name === undefined ? undefined : fields.get(name);
    if (name === undefined) continue;
    const inner = valueOf(value, reading, depth + 1);
    if (name === "<<" && isScalar(key) && key.type === "PLAIN") merged.push(...mergedIn(inner, key, reading));
    else if (first) refuseNode(key, reading, keyTwice(name, { file: reading.file, ...first }));
    else {
      setField(object, name, inner);
      fields.set(name, positionAt(nodeOffset(key), reading));
    }
  }
  for (const source of merged) addMissing(object, fields, source);
  remember(object, map, fields, reading);
  return object;
}

function remember(value: object, node: Node, fields: ReadonlyMap<string, Position>, reading: Reading): void {
  rememberNode(value, { file: reading.file, start: positionAt(nodeOffset(node), reading), fields });
}

const keyTwice = (name: string, first: Position & { file: string }): RefusalReason => ({
  code: "yaml-key-repeated",
  what: `the key "${name}" is there twice`,
  expected: "each key once",
  fix: "drop one of them",
  places: [{ label: "first", ...first }],
});

/** The name of a field: JSON has text only, so `80:` is the field "80", and to kubectl `0x10:` is "16" and `y:` is "true". */
function fieldName(key: Node, reading: Reading): string | undefined {
  const { value, source } = isScalar(key) ? key : { value: null };
  if (typeof value === "string") return value;
  const isWord = typeof value === "number" || typeof value === "boolean";
  if (isWord) return reading.dialect === "kubectl" ? String(value) : (source ?? String(value));
  refuseNode(key, reading, {
    code: "yaml-key-malformed",
    what: "the key is not text",
    expected: "the name of a field",
    fix: "name the field",
  });
  return undefined;
}

/** The objects that a merge key names, one or a list of them. */
function mergedIn(value: YamlValue, key: Node, reading: Reading): YamlValue[] {
  const sources = Array.isArray(value) ? value : [value];
  if (sources.every(isYamlObject)) return sources;
  refuseNode(key, reading, {
    code: "yaml-merge-malformed",
    what: "<< merges what is not an object",
    expected: "an object, or a list of objects",
    fix: "name an anchor of an object",
  });
  return [];
}

const isYamlObject = (value: YamlValue): value is YamlObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Adds the fields that an object does not have itself, each with the place where it stands. */
function addMissing(object: YamlObject, fields: Map<string, Position>, source: YamlValue): void {
  if (!isYamlObject(source)) return;
  for (const [name, value] of Object.entries(source)) {
    const position = placesOfNode(source)?.fields.get(name);
    if (Object.hasOwn(object, name) || !position) continue;
    setField(object, name, value);
    fields.set(name, position);
  }
}

/** Sets a field of the object itself, `__proto__` included. */
function setField(object: YamlObject, name: string, value: YamlValue): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function scalarOf(scalar: Scalar, reading: Reading): YamlValue {
  const { value } = scalar;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  const isExact =
    typeof value === "number" &&
    (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value));
  if (isExact) return value;
  return refuseNode(scalar, reading, {
    code: "yaml-number-inexact",
    what: `${scalar.source ?? "this"} is not a number that is read exactly everywhere`,
    expected: `a number up to ${Number.MAX_SAFE_INTEGER}`,
    fix: "quote it where text is meant",
  });
}
