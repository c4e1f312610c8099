/**
 * Whether a text is as it is quoted. `…` stands for what is left out: alone on a line for any lines, in a line for any
 * characters.
 */
export const isQuoted = (quotation: string, text: string): boolean =>
  new RegExp(`^${pattern(quotation)}$`).test(text);

/** Whether the quoted lines stand somewhere in a text, one after the other but for those left out. */
export const isExcerpt = (quotation: string, text: string): boolean =>
  new RegExp(`^${pattern(quotation)}`, "m").test(text);

const pattern = (quotation: string): string =>
  quotation
    .split(/(?<=\n)/)
    .map((line) => (line === "…\n" ? String.raw`(?:[^\n]*\n)*?` : partsOf(line).join(String.raw`[^\n]*`)))
    .join("");

const partsOf = (line: string): string[] =>
  line.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
