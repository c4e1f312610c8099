/**
 * Whether a text is as it is quoted. `…` stands for what is left out: alone on a line for any lines, in a line for any
 * characters.
 */
export const isQuoted = (quotation: string, text: string): boolean =>
  new RegExp(`^${quotationPattern(quotation)}$`).test(text);

/** Whether the quoted lines stand somewhere in a text, one after the other but for those left out. */
export const isExcerpt = (quotation: string, text: string): boolean =>
  new RegExp(`^${quotationPattern(quotation)}`, "m").test(text);

const quotationPattern = (quotation: string): string =>
  quotation
    .split(/(?<=\n)/)
    .map((line) => (line === "…\n" ? String.raw`(?:[^\n]*\n)*?` : quotedParts(line).join(String.raw`[^\n]*`)))
    .join("");

const quotedParts = (line: string): string[] =>
  line.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
