/**
 * Patterns of CRDs are written in Go's syntax (RE2). This is the same pattern in JavaScript's, or undefined for the rare
 * one that JavaScript cannot say, which only the API server checks then.
 */
export function matcher(pattern: string): RegExp | undefined {
  if (!matchers.has(pattern)) matchers.set(pattern, compile(pattern));
  return matchers.get(pattern);
}

const matchers = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  const [, flags = "", body = ""] = /^(?:\(\?([ims]+)\))?([^]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(translate(body, flags.includes("s")), `u${flags}`);
  } catch {
    return undefined;
  }
}

/** One piece of a pattern that reads differently in the two syntaxes, outside of a character class. */
const outside =
  /\\Q([^]*?)(?:\\E|$)|\\x\{([0-9A-Fa-f]+)\}|\\p([A-Z])|\\([^])|\[(\^?)(\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*)\]|\(\?P<|\{(?!\d+(?:,\d*)?\})|(?<!\{\d+(?:,\d*)?)\}|\./g;

function translate(pattern: string, dotAll: boolean): string {
  return pattern.replaceAll(
    outside,
    (
      piece: string,
      quoted?: string,
      hex?: string,
      property?: string,
      escaped?: string,
      negated?: string,
      members?: string,
    ) => {
      if (quoted !== undefined) return quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
      if (hex !== undefined) return `\\u{${hex}}`;
      if (property !== undefined) return `\\p{${property}}`;
      if (escaped !== undefined) return anchors[escaped] ?? escape(escaped, false);
      if (members !== undefined) return `[${negated ?? ""}${translateClass(members)}]`;
      if (piece === "(?P<") return "(?<";
      if (piece === ".") return dotAll ? "." : String.raw`[^\n]`;
      return `\\${piece}`;
    },
  );
}

/** Escapes of another meaning: the text's ends, and the white space that Go knows. */
const anchors: { readonly [letter: string]: string } = {
  A: "(?<![^])",
  z: "(?![^])",
  s: String.raw`[ \t\n\f\r]`,
  S: String.raw`[^ \t\n\f\r]`,
};

const inside = /\[:(\^?)(\w+):\]|\\x\{([0-9A-Fa-f]+)\}|\\p([A-Z])|\\([^])|\[|\]/g;

function translateClass(members: string): string {
  return members.replaceAll(
    inside,
    (piece: string, not?: string, name?: string, hex?: string, property?: string, escaped?: string) => {
      const known = name === undefined ? undefined : classes[name];
      if (name !== undefined && (known === undefined || not === "^"))
        throw new Error(`no such class: ${piece}`);
      if (known !== undefined) return known;
      if (hex !== undefined) return `\\u{${hex}}`;
      if (property !== undefined) return `\\p{${property}}`;
      if (escaped === "s") return String.raw` \t\n\f\r`;
      return escaped === undefined ? `\\${piece}` : escape(escaped, true);
    },
  );
}

/** JavaScript takes a backslash only before letters that mean something and before its own syntax. */
function escape(character: string, isInClass: boolean): string {
  if (character === "a") return String.raw`\x07`;
  if (/[\^$\\.*+?()[\]{}|/]/.test(character) || (character === "-" && isInClass)) return `\\${character}`;
  return /\w/.test(character) && character !== "_" ? `\\${character}` : character;
}

/** POSIX classes, as Go's syntax has them. */
const classes: { readonly [name: string]: string } = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: String.raw`\x00-\x7F`,
  blank: String.raw`\t `,
  cntrl: String.raw`\x00-\x1F\x7F`,
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: String.raw`!-\/:-@\[-\`{-~`,
  space: String.raw`\t\n\v\f\r `,
  upper: "A-Z",
  word: String.raw`\w`,
  xdigit: "0-9A-Fa-f",
};
