import { deepest, inheritedField, whyNotPlain } from "./plain.ts";

export { listItems } from "./list.ts";
export { toJson } from "./json.ts";

/** Whether an object or a list within a document is written on one line: `{ type: string }`. */
export type FitsOneLine = (value: object) => boolean;

/**
 * An object as one YAML document, fields in the order in which they were written.
 *
 * Text is quoted wherever a YAML 1.1 reader, which Kubernetes is, or a YAML 1.2 reader could take it for something else
 * (`yes`, `0o17`, `1e3`, `2024-01-01`). Nothing is folded and no anchor stands for what two places share. A whole number
 * that is too large for JavaScript's own comes as bigint, and keeps its digits.
 *
 * This writes plain data only and so needs no library: loading one costs as much as rendering an environment does.
 *
 * @param fitsOneLine is asked of each value but the document itself; without it, only what is empty stands on one line.
 * @throws {TypeError} when a value is none that YAML and JSON can both say: a function, NaN, an object that inherits
 * fields, more than 500 levels.
 * @example
 *   toYaml({ kind: "ConfigMap", data: { enabled: "yes" } }); // 'kind: ConfigMap\ndata:\n  enabled: "yes"\n'
 */
export function toYaml(object: object, fitsOneLine: FitsOneLine = () => false): string {
  const document: Document = { object, fitsOneLine, pieces: [] };
  // Untyped data may be a document of one word, or of lines, which are indented lest one be taken for a document's mark.
  if (isCollection(object)) writeCollection(object, "", document);
  else writeValue(object, "  ", document);
  return `${document.pieces.join("")}\n`;
}

const isCollection = (value: unknown): value is object => typeof value === "object" && value !== null;

/** One list of pieces spares the strings of every level. */
interface Document {
  readonly object: object;
  readonly fitsOneLine: FitsOneLine;
  readonly pieces: string[];
}

/** Writes a value in block style, as it stands after `key:` or `-`; its first line is not indented. */
function writeValue(value: unknown, indent: string, document: Document): void {
  const { pieces } = document;
  if (typeof value === "string") pieces.push(textScalar(value, indent));
  else if (typeof value !== "object" || value === null) pieces.push(wordScalar(value, document));
  else if (document.fitsOneLine(value)) pieces.push(inline(value, document));
  else writeCollection(value, indent, document);
}

function writeCollection(value: object, indent: string, document: Document): void {
  // Each level stands two further in.
  if (indent.length > 2 * deepest) throw unprintableValue(document);
  if (Array.isArray(value)) writeList(value, indent, document);
  else if (inheritedField(value) === undefined) writeObject(value, indent, document);
  else throw unprintableValue(document);
}

/** A number, true, false or null. */
function wordScalar(value: unknown, document: Document): string {
  // A float has a point, or YAML 1.1 takes it for text.
  if (Number.isFinite(value)) {
    const digits = String(value);
    return digits.includes("e") ? digits.replace(/^(-?\d+)e/, "$1.0e") : digits;
  }
  if (value === null || typeof value === "boolean" || typeof value === "bigint") return String(value);
  throw unprintableValue(document);
}

/** A value on one line, in which a colon ends a plain key. */
function inline(value: unknown, document: Document): string {
  if (typeof value === "string") return value.includes(":") ? quotedScalar(value) : scalar(value);
  if (typeof value !== "object" || value === null) return wordScalar(value, document);
  if (Array.isArray(value)) {
    const elements = value.map((element: unknown) => inline(element, document));
    return elements.length === 0 ? "[]" : `[ ${elements.join(", ")} ]`;
  }
  const fields = writtenKeys(value).map(
    (key) => `${inline(key, document)}: ${inline(value[key as never], document)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function writeList(list: readonly unknown[], indent: string, document: Document): void {
  const inner = `${indent}  `;
  if (list.length === 0) document.pieces.push("[]");
  for (let index = 0; index < list.length; index++) {
    document.pieces.push(index === 0 ? "- " : `\n${indent}- `);
    writeValue(list[index], inner, document);
  }
}

function writeObject(object: object, indent: string, document: Document): void {
  const { pieces } = document;
  const inner = `${indent}  `;
  const keys = Object.keys(object);
  let isFirst = true;
  for (const key of keys) {
    const value: unknown = object[key as never];
    if (value === undefined) continue;
    // A list stands below its key, two further in, and so does an object.
    if (!isFirst) pieces.push(`\n${indent}`);
    isFirst = false;
    pieces.push(printedKey(key, indent), standsBelow(value, document) ? `:\n${inner}` : ": ");
    writeValue(value, inner, document);
  }
  if (isFirst) pieces.push("{}");
}

/** The fields that are written. */
const writtenKeys = (object: object): string[] =>
  Object.keys(object).filter((key) => object[key as never] !== undefined);

/** Most keys stand in many objects: each is looked at once, as long as they are not too many to remember. */
const writtenOfKeys = new Map<string, string>();

function writtenKey(key: string): string {
  const known = writtenOfKeys.get(key);
  if (known !== undefined) return known;
  const written = scalar(key);
  if (writtenOfKeys.size < 1000) writtenOfKeys.set(key, written);
  return written;
}

/** Readers look for the colon within 1024 characters, unless the key is marked as one. */
function printedKey(key: string, indent: string): string {
  const written = writtenKey(key);
  return written.length > 1000 ? `? ${written}\n${indent}` : written;
}

/** Whether a value stands on the lines below its key. */
const standsBelow = (value: unknown, { fitsOneLine }: Document): boolean =>
  typeof value === "object" &&
  value !== null &&
  (Array.isArray(value)
    ? value.length > 0
    : Object.keys(value).some((key) => value[key as never] !== undefined)) &&
  !fitsOneLine(value);

function unprintableValue({ object }: Document): TypeError {
  const { path = "", got = "a value of another kind" } = whyNotPlain(object, 0, true) ?? {};
  const expected = "text, a number, true, false, null, a list or an object";
  return new TypeError(`${path || "the document"}: expected ${expected}, got ${got}`);
}

/** Lines that end in a newline read best as they are; whatever they can't say exactly is quoted. */
function textScalar(value: string, indent: string): string {
  // Most texts are no lines, and no pattern has to be asked.
  if (!value.endsWith("\n")) return scalar(value);
  const isLines =
    /^[\t\n\x20-\x7e\xa0-\ud7ff]*$/.test(value) && /^[^\s]/.test(value) && !/[ \t]\n/.test(value);
  if (!isLines || value.endsWith("\n\n") || /[\u2028\u2029]/.test(value)) return scalar(value);
  return `|\n${value.slice(0, -1).replaceAll(/^(?=.)/gm, indent)}`;
}

/** Words that some YAML reader takes for a boolean, for null or for a number, however they are written. */
const reservedWords = new Set(["y", "yes", "n", "no", "true", "false", "on", "off", "null", "nan", "inf"]);
const exponent = /^e[-+]?\d+$/i;
/** Text that no reader takes for anything else: it starts with a letter or a slash and holds no mark of YAML's. */
const unquotedText = /^[A-Za-z/](?:[\w./@+()*!=<>|-]|:(?=[\w/])| (?=[\w/(!=<>|*+]))*$/;

function scalar(value: string): string {
  return unquotedText.test(value) && !isReserved(value) ? value : quotedScalar(value);
}

// A pattern of all of them without regard to case would take V8 as long to compile as everything else to print.
function isReserved(value: string): boolean {
  const first = value.charCodeAt(0);
  return (
    ((first === 0x45 || first === 0x65) && exponent.test(value)) ||
    (value.length <= 5 && reservedWords.has(value.toLowerCase()))
  );
}

function quotedScalar(value: string): string {
  // A JSON string is a double-quoted YAML scalar, but for characters that YAML does not print.
  return JSON.stringify(value).replaceAll(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
