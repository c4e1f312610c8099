import { isEqual } from "./equality.ts";
import { standIn } from "./expression.ts";
import { formatted, quotedLiteral } from "./formatted.ts";
import type { Library } from "./functions.ts";

/*
 * Texts as cel-go has them: of characters, where JavaScript's are of UTF-16 units, and with letters of ASCII alone where a
 * name says so (cel-go 0.26, `ext/strings.go`).
 */

const characters = (text: string): string[] => Array.from(text);

function charAt(text: string, index: bigint): string {
  const all = characters(text);
  if (index < 0n || index > BigInt(all.length)) throw new Error(`index out of range: ${index}`);
  return all[Number(index)] ?? "";
}

function indexOf(text: string, part: string, from = 0n): bigint {
  const [all, sought] = [characters(text), characters(part)];
  if (sought.length === 0) return from;
  if (from < 0n) throw new Error(`index out of range: ${from}`);
  const last = all.length - sought.length;
  for (let start = Number(from); start <= last; start++)
    if (isEqual(all.slice(start, start + sought.length), sought)) return BigInt(start);
  return -1n;
}

function lastIndexOf(text: string, part: string, from?: bigint): bigint {
  const [all, sought] = [characters(text), characters(part)];
  if (sought.length === 0) return from ?? BigInt(all.length);
  if (from !== undefined && from < 0n) throw new Error(`index out of range: ${from}`);
  if (from !== undefined && from >= BigInt(all.length)) return -1n;
  const last = all.length - sought.length;
  for (let start = Math.min(Number(from ?? last), last); start >= 0; start--)
    if (isEqual(all.slice(start, start + sought.length), sought)) return BigInt(start);
  return -1n;
}

function substring(text: string, start: bigint, end?: bigint): string {
  const all = characters(text);
  const length = BigInt(all.length);
  const last = end ?? length;
  if (start < 0n || start > length || last < start || last > length)
    throw new Error(`index out of range: ${start}, ${last}`);
  return all.slice(Number(start), Number(last)).join("");
}

/** As `strings.SplitN` of Go. */
function split(text: string, separator: string, limit = -1n): string[] {
  if (limit === 0n) return [];
  const parts = separator === "" ? characters(text) : text.split(separator);
  if (limit < 0n || BigInt(parts.length) <= limit) return parts;
  const kept = Number(limit) - 1;
  return [...parts.slice(0, kept), parts.slice(kept).join(separator)];
}

/** As `strings.Replace` of Go: nothing is found before each character and at the end. */
function replace(text: string, from: string, to: string, count = -1n): string {
  const parts = from === "" ? ["", ...characters(text), ""] : text.split(from);
  const limit = count < 0n ? parts.length - 1 : Number(count);
  return parts.reduce((done, part, index) => `${done}${index <= limit ? to : from}${part}`);
}

/** A Unicode space, as Go has them. */
const space = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const surroundingSpace = new RegExp(`^${space}+|${space}+$`, "g");

/** The functions on texts that the library lacks, or has otherwise. */
export const strings: Library = {
  [`string.${standIn("charAt")}(int): string`]: charAt,
  [`string.${standIn("indexOf")}(string): int`]: indexOf,
  [`string.${standIn("indexOf")}(string, int): int`]: indexOf,
  [`string.${standIn("lastIndexOf")}(string): int`]: lastIndexOf,
  [`string.${standIn("lastIndexOf")}(string, int): int`]: lastIndexOf,
  [`string.${standIn("lowerAscii")}(): string`]: (text: string) =>
    text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  [`string.${standIn("upperAscii")}(): string`]: (text: string) =>
    text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  [`string.${standIn("trim")}(): string`]: (text: string) => text.replaceAll(surroundingSpace, ""),
  [`string.${standIn("replace")}(string, string): string`]: replace,
  [`string.${standIn("replace")}(string, string, int): string`]: replace,
  [`string.${standIn("split")}(string): list<string>`]: split,
  [`string.${standIn("split")}(string, int): list<string>`]: split,
  [`string.${standIn("substring")}(int): string`]: substring,
  [`string.${standIn("substring")}(int, int): string`]: substring,
  "string.reverse(): string": (text: string) => characters(text).toReversed().join(""),
  "StringsNamespace.quote(string): string": (_: unknown, text: string) => quotedLiteral(text),
  "string.format(list<dyn>): string": formatted,
};
