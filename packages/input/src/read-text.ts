import { InputError } from "./finding.ts";

/**
 * The bytes of a file as text, without a byte order mark.
 *
 * @throws {InputError} with line and column where the bytes are no UTF-8.
 */
export function readText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const place = bytes[0] === 0xfe || bytes[0] === 0xff ? { line: 1, column: 1 } : firstBroken(bytes);
    throw new InputError([
      {
        file,
        ...place,
        code: "file-not-utf8",
        what: "the file is not UTF-8",
        expected: "text in UTF-8",
        fix: "save it as UTF-8",
      },
    ]);
  }
}

/** Where the first bytes stand that are no character; a line break is never part of one. */
function firstBroken(bytes: Uint8Array): { line: number; column: number } {
  const lines = new TextDecoder("utf-8").decode(bytes).split("\n");
  let start = 0;
  for (const [index, text] of lines.entries()) {
    const next = bytes.indexOf(0x0a, start);
    const end = next < 0 ? bytes.length : next;
    // A replacement character may be the file's own; the bytes tell.
    if (!Buffer.from(text).equals(bytes.subarray(end - Buffer.byteLength(text), end)))
      return { line: index + 1, column: text.indexOf("\ufffd") + 1 };
    start = end + 1;
  }
  return { line: 1, column: 1 };
}
