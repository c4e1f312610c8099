/**
 * An object as one YAML document, fields in the order in which they were written.
 *
 * Text is quoted wherever a YAML 1.1 reader, which Kubernetes is, or a YAML 1.2 reader could take it for something else
 * (`yes`, `0o17`, `1e3`, `2024-01-01`). Nothing is folded and no anchor stands for what two places share.
 *
 * This writes plain data only and so needs no library: loading one costs as much as rendering an environment does.
 *
 * @throws {TypeError} when a value is none that YAML and JSON can both say: a function, a bigint, NaN.
 */
export function toYaml(object: object): string {
  return `${block(object, "", "")}\n`;
}

/** A value in block style, as it stands after `key:` or `-`; its first line is not indented. */
function block(value: unknown, indent: string, path: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return value
      .map((item, index) => `- ${block(item, `${indent}  `, `${path}[${index}]`)}`)
      .join(`\n${indent}`);
  }
  if (typeof value === "object" && value !== null) {
    const lines = Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [`${scalar(key)}:${field(inner, indent, path ? `${path}.${key}` : key)}`],
    );
    return lines.length === 0 ? "{}" : lines.join(`\n${indent}`);
  }
  if (typeof value === "string") return text(value, indent);
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return String(value);
  throw new TypeError(
    `${path}: expected text, a number, true, false, null, a list or an object, got ${typeof value}`,
  );
}

/** What follows `key:`; a list stands below it, two further in, and so does an object. */
function field(value: unknown, indent: string, path: string): string {
  const inner = `${indent}  `;
  const written = block(value, inner, path);
  const isNested = typeof value === "object" && value !== null && written !== "[]" && written !== "{}";
  return isNested ? `\n${inner}${written}` : ` ${written}`;
}

/** Lines that end in a newline read best as they are; whatever they can't say exactly is quoted. */
function text(value: string, indent: string): string {
  const isLines =
    /^[\t\n\x20-\x7e\xa0-\ud7ff]*\n$/.test(value) && /^[^\s]/.test(value) && !/[ \t]\n/.test(value);
  if (!isLines || value.endsWith("\n\n") || /[\u2028\u2029]/.test(value)) return scalar(value);
  return `|\n${value.slice(0, -1).replaceAll(/^(?=.)/gm, indent)}`;
}

/** Words that some YAML reader takes for a boolean, for null or for a merge. */
const reserved = /^(?:y|yes|n|no|true|false|on|off|null|nan|inf|e[-+]?\d+)$/i;
/** Text that no reader takes for anything else: it starts with a letter or a slash and holds no mark of YAML's. */
const plain = /^[A-Za-z/](?:[\w./@+()*!=<>|-]|:(?=[\w/])| (?=[\w/(!=<>|*+]))*$/;

function scalar(value: string): string {
  if (plain.test(value) && !reserved.test(value)) return value;
  // A JSON string is a double-quoted YAML scalar, but for characters that YAML does not print.
  return JSON.stringify(value).replaceAll(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
