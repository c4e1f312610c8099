/**
 * What a terminal would obey and no eye sees: control characters, line separators, and what turns the direction of text
 * around.
 *
 * Source: Unicode's categories Cc, Zl and Zp, and the characters of UAX #9 (Bidi_Control).
 */
// Spelt out: V8 takes as long to look the categories up as to render an environment's objects.
// oxlint-disable-next-line no-control-regex -- these are what is escaped
const unprintable = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text with what a terminal obeys written as an escape, `\u001b`; in JSON it means the same. Lines and tabs stay.
 *
 * @example
 * printable("a\u001b[2Jb"); // a\u001b[2Jb, as written here
 */
export const printable = (text: string): string =>
  text.replaceAll(unprintable, (character) => (/[\n\t]/.test(character) ? character : escapeOf(character)));

/** A text in one line, and all of it: a row of what a command prints. */
export const oneLine = (text: string): string => text.replaceAll(unprintable, escapeOf);

/** A text in one line, whatever it holds; a name that is longer than that of any file is cut in its middle. */
export const printableLine = (text: string): string =>
  oneLine(text.replaceAll(/[^\s/]{256,}/gu, (name) => `${name.slice(0, 100)}…${name.slice(-50)}`));

const escapeOf = (character: string): string =>
  character === "\n" ? "\\n" : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
