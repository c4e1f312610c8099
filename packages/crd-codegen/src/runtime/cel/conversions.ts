import { standIn } from "./expression.ts";
import type { Library } from "./functions.ts";

const timestampType = "google.protobuf.Timestamp";
const durationType = "google.protobuf.Duration";

/** A value of CEL as `string()` makes a text of it. */
export function textOfCel(value: unknown): string {
  if (typeof value === "number") return double(value);
  if (value instanceof Uint8Array) return new TextDecoder("utf-8", { fatal: true }).decode(value);
  if (value instanceof Date) return value.toISOString().replace(/\.?0*Z$/, "Z");
  return String(value);
}

/** As Go's `strconv.FormatFloat(value, 'g', -1, 64)`. */
function double(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  if (Number.isNaN(value)) return "NaN";
  if (Object.is(value, -0)) return "-0";
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e21)) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
}

export const leastInt: bigint = -(2n ** 63n);
export const greatestInt: bigint = 2n ** 63n - 1n;

function integer(value: bigint): bigint {
  if (value < leastInt || value > greatestInt) throw new Error("integer overflow");
  return value;
}

function integerOfText(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`not an integer: ${text}`);
  return integer(BigInt(text.replace(/^\+/, "")));
}

/** The doubles at the ends of what fits are refused as well, as in cel-go. */
function integerOfDouble(value: number): bigint {
  if (!(value > Number(leastInt) && value < Number(greatestInt))) throw new Error("integer overflow");
  return BigInt(Math.trunc(value));
}

function doubleOfText(text: string): number {
  const [, sign = "", word = ""] = /^([+-]?)(inf|infinity|nan)$/i.exec(text) ?? [];
  if (word !== "") return word.toLowerCase() === "nan" ? Number.NaN : sign === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) throw new Error(`not a number: ${text}`);
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`not a number that fits: ${text}`);
  return value;
}

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-](?:[01]\d|2[0-4]):[0-5]\d)$/;

function timestampOfText(text: string): Date {
  const [, year, month, day] = rfc3339.exec(text) ?? [];
  // A day that its month has not is moved to the next one by JavaScript.
  const isDay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  const date = new Date(text.replace(",", "."));
  if (!isDay || Number.isNaN(date.getTime())) throw new Error(`not a time: ${text}`);
  return date;
}

const epochSeconds = (date: Date): bigint => BigInt(Math.floor(date.getTime() / 1000));

function boolOfText(text: string): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/.test(text)) return false;
  throw new Error(`neither true nor false: ${text}`);
}

const dayOfYear = (date: Date): bigint =>
  BigInt(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000));

const unchanged = (value: unknown): unknown => value;

/** What CEL makes of a value of one type as one of another (cel-go 0.26, `common/types`). */
export const conversions: Library = {
  [`${standIn("int")}(int): int`]: unchanged,
  [`${standIn("int")}(uint): int`]: (value: { valueOf: () => bigint }) => integer(value.valueOf()),
  [`${standIn("int")}(double): int`]: integerOfDouble,
  [`${standIn("int")}(string): int`]: integerOfText,
  [`${standIn("int")}(${timestampType}): int`]: epochSeconds,
  [`${standIn("double")}(double): double`]: unchanged,
  [`${standIn("double")}(int): double`]: Number,
  [`${standIn("double")}(uint): double`]: Number,
  [`${standIn("double")}(string): double`]: doubleOfText,
  [`${standIn("bool")}(bool): bool`]: unchanged,
  [`${standIn("bool")}(string): bool`]: boolOfText,
  ...Object.fromEntries(
    [
      "string",
      "bool",
      "int",
      "uint",
      "double",
      "bytes",
      timestampType,
      durationType,
      "IpAddress",
      "Network",
    ].map((type) => [`${standIn("string")}(${type}): string`, textOfCel]),
  ),
  [`${standIn("timestamp")}(string): ${timestampType}`]: timestampOfText,
  [`${standIn("timestamp")}(int): ${timestampType}`]: (seconds: bigint) => new Date(Number(seconds) * 1000),
  [`${standIn("timestamp")}(${timestampType}): ${timestampType}`]: unchanged,
  [`duration(${durationType}): ${durationType}`]: unchanged,
  [`${timestampType}.${standIn("getDayOfYear")}(): int`]: dayOfYear,
};
