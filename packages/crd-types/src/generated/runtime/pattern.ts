// Generated from crds/ by `nx run crd-types:generate`. Do not edit.

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

/** One piece of a pattern that may read differently in the two syntaxes, outside of a character class. */
const outside =
  /\\Q(?<quoted>[^]*?)(?:\\E|$)|\\x\{(?<hex>[0-9A-Fa-f]+)\}|\\(?<property>[pP](?:[A-Z]|\{\^?\w+\}))|\\(?<escaped>[^])|\[(?<negated>\^?)(?<members>\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*)\]|\(\?(?<flags>[ims]+)\)|\(\?P<|[()|]|\{(?!\d+(?:,\d*)?\})|(?<!\{\d+(?:,\d*)?)\}|\./g;

function translate(pattern: string, dotAll: boolean): string {
  // Flags in the middle hold to the end of their group: for each open group, the groups that stand for them.
  const open: string[] = [""];
  const close = (): string => ")".repeat((open.at(-1) ?? "").split("(").length - 1);
  const text = pattern.replaceAll(outside, (piece: string, ...rest: unknown[]) => {
    const found = rest.at(-1) as Groups;
    if (found["flags"] !== undefined) {
      const group = `(?${found["flags"]}:`;
      open.push(`${open.pop() ?? ""}${group}`);
      return group;
    }
    if (piece === "|") return `${close()}|${open.at(-1) ?? ""}`;
    if (piece === ")") {
      const closed = close();
      open.pop();
      return `${closed})`;
    }
    if (piece === "(" || piece === "(?P<") open.push("");
    return translatePiece(piece, found, dotAll);
  });
  return text + close();
}

type Groups = { readonly [name: string]: string | undefined };

function translatePiece(piece: string, groups: Groups, dotAll: boolean): string {
  const { quoted, hex, property, escaped, negated, members } = groups;
  if (quoted !== undefined) return quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  if (hex !== undefined) return `\\u{${hex}}`;
  if (property !== undefined) return propertyOf(property);
  if (escaped !== undefined) return anchors[escaped] ?? escape(escaped, false);
  if (members !== undefined) return `[${negated ?? ""}${translateClass(members)}]`;
  if (piece === "(?P<") return "(?<";
  if (piece === "(") return piece;
  if (piece === ".") return dotAll ? "." : String.raw`[^\n]`;
  return `\\${piece}`;
}

/** `pL`, `p{Greek}`, `P{^Lu}`: Go knows a script by its bare name. */
function propertyOf(property: string): string {
  const [, letter = "p", not, name = ""] = /^([pP])\{?(\^?)(\w+)/.exec(property) ?? [];
  const isNegated = (letter === "P") !== (not === "^");
  return `\\${isNegated ? "P" : "p"}{${name.length > 2 ? "Script=" : ""}${name}}`;
}

/** Escapes of another meaning: the text's ends, and the white space that Go knows. */
const anchors: { readonly [letter: string]: string } = {
  A: "(?<![^])",
  z: "(?![^])",
  s: String.raw`[ \t\n\f\r]`,
  S: String.raw`[^ \t\n\f\r]`,
};

const inside = /\[:(\^?)(\w+):\]|\\x\{([0-9A-Fa-f]+)\}|\\([pP](?:[A-Z]|\{\^?\w+\}))|\\([^])|\[|\]/g;

function translateClass(members: string): string {
  return members.replaceAll(
    inside,
    (piece: string, not?: string, name?: string, hex?: string, property?: string, escaped?: string) => {
      const known = name === undefined ? undefined : classes[name];
      if (name !== undefined && (known === undefined || not === "^"))
        throw new Error(`no such class: ${piece}`);
      if (known !== undefined) return known;
      if (hex !== undefined) return `\\u{${hex}}`;
      if (property !== undefined) return propertyOf(property);
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
