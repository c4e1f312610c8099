import { textOfCel } from "./conversions.ts";

/**
 * What `"%s".format([…])` makes of values (cel-go 0.26, `ext/formatting.go`).
 *
 * @throws Error where a clause is none, or not for its value.
 */
export function formatted(template: string, values: readonly unknown[]): string {
  let count = 0;
  return template.replaceAll(
    /%%|%(?:\.(\d+))?(.?)/gsu,
    (clause, precision: string | undefined, letter: string) => {
      if (clause === "%%") return "%";
      if (count >= values.length) throw new Error(`index ${count} out of range`);
      const format = clauses[letter];
      if (!format) throw new Error(`unrecognized formatting clause "${letter}"`);
      return format(values[count++], Number(precision ?? 6));
    },
  );
}

type Clause = (value: unknown, precision: number) => string;

const clauses: { readonly [letter: string]: Clause } = {
  s: (value) => (typeof value === "object" && value !== null ? listed(value) : textOfCel(value)),
  d: (value) => inBase(value, 10),
  b: (value) => inBase(typeof value === "boolean" ? BigInt(value) : value, 2),
  o: (value) => inBase(value, 8),
  x: hexadecimal,
  X: (value) => hexadecimal(value).toUpperCase(),
  f: (value, precision) => {
    const options = { minimumFractionDigits: precision, maximumFractionDigits: precision };
    return spelled(value, (number) => number.toLocaleString("en-US", options));
  },
  e: (value, precision) => spelled(value, (number) => scientific(number, precision)),
};

function inBase(value: unknown, base: number): string {
  // An unsigned number is an object of the library, whose value is a bigint.
  const number: unknown = typeof value === "object" ? value?.valueOf() : value;
  if (typeof number !== "bigint") throw new Error("only integers can be formatted so");
  return number.toString(base);
}

function hexadecimal(value: unknown): string {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  if (!(bytes instanceof Uint8Array)) return inBase(value, 16);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function spelled(value: unknown, show: (number: number) => string): string {
  const number = value === "NaN" || value === "Infinity" || value === "-Infinity" ? Number(value) : value;
  if (typeof number !== "number") throw new Error("only doubles can be formatted so");
  if (Number.isNaN(number)) return "NaN";
  return Number.isFinite(number) ? show(number) : number > 0 ? "∞" : "-∞";
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** What is meant for the precision is taken for the width. */
function scientific(number: number, width: number): string {
  const [digits = "", exponent = "0"] = number.toExponential(6).split("e");
  const power = exponent.replace(/^[+-]/, "").padStart(2, "0");
  const raised = Array.from(power, (digit) => superscripts[Number(digit)]).join("");
  return `${digits}×10${exponent.startsWith("-") ? "⁻" : ""}${raised}`.padStart(width);
}

/** A list or a map as CEL writes it; anything else as its text. */
function listed(value: object): string {
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`;
  if (Object.getPrototypeOf(value) !== null && value.constructor !== Object) return textOfCel(value);
  const entries = Object.entries(value).map(([key, field]) => `${quotedLiteral(key)}:${inner(field)}`);
  return `{${entries.toSorted().join(", ")}}`;
}

function inner(value: unknown): string {
  if (typeof value === "string") return quotedLiteral(value);
  if (typeof value === "number")
    return Number.isFinite(value) ? value.toFixed(6) : quotedLiteral(textOfCel(value));
  if (value instanceof Uint8Array) return `b${quotedLiteral(textOfCel(value))}`;
  if (value instanceof Date) return `timestamp(${quotedLiteral(textOfCel(value))})`;
  return typeof value === "object" && value !== null ? listed(value) : textOfCel(value);
}

const named: { readonly [character: string]: string } = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\u000b": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

/** A text as a literal, as `strings.quote` writes it. */
export function quotedLiteral(text: string): string {
  return `"${Array.from(text, (character) => named[character] ?? character).join("")}"`;
}
