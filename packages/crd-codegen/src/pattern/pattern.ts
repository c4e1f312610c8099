import { classes, complement, dot, setOf, type CharacterSet } from "./character-set.ts";

/** A pattern as a tree: one character of a set, one after the other, one of several, or one several times. */
export type PatternPiece =
  | { readonly set: CharacterSet }
  | { readonly all: readonly PatternPiece[] }
  | { readonly any: readonly PatternPiece[] }
  | { readonly piece: PatternPiece; readonly least: number; readonly most: number };

/** What a pattern takes, and whether it does so at the start and the end of the text alone. */
export interface Pattern {
  readonly piece: PatternPiece;
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

/** Go takes no count beyond it. */
const mostRepeated = 1000;

class UnreadPattern extends Error {}

/**
 * Reads the part of Go's syntax (https://pkg.go.dev/regexp/syntax) that nearly all patterns keep to: characters, classes,
 * groups, alternatives, repetition, and anchors around the whole.
 *
 * @returns undefined for any other pattern, one that Go refuses among them.
 */
export function parsePattern(text: string): Pattern | undefined {
  try {
    return new PatternReader(text).pattern();
  } catch (error) {
    if (error instanceof UnreadPattern) return undefined;
    throw error;
  }
}

class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#characters = Array.from(text);
  }

  pattern(): Pattern {
    const fromStart = this.#take("^");
    const alternatives = this.#alternatives();
    const toEnd = this.#take("$");
    // An anchor of one alternative says nothing of the others.
    const isAnchored = fromStart || toEnd;
    if (this.#at < this.#characters.length || (isAnchored && alternatives.length > 1))
      throw new UnreadPattern();
    return { piece: alternation(alternatives), fromStart, toEnd };
  }

  #take(text: string): boolean {
    const isThere = Array.from(text).every((character, index) => this.#peek(index) === character);
    if (isThere) this.#at += text.length;
    return isThere;
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  #next(): string {
    const character = this.#peek();
    if (character === undefined) throw new UnreadPattern();
    this.#at++;
    return character;
  }

  #alternatives(): PatternPiece[] {
    const found = [this.#sequence()];
    while (this.#take("|")) found.push(this.#sequence());
    return found;
  }

  #sequence(): PatternPiece {
    const all: PatternPiece[] = [];
    for (let next = this.#peek(); next !== undefined && !"|)$".includes(next); next = this.#peek())
      all.push(this.#repeated(this.#atom()));
    return { all };
  }

  #repeated(piece: PatternPiece): PatternPiece {
    const count = this.#count();
    if (!count) return piece;
    // Whether as much or as little as possible is tried first changes no verdict.
    this.#take("?");
    if ("*+?{".includes(this.#peek() ?? ".")) throw new UnreadPattern();
    return { piece, ...count };
  }

  #count(): { least: number; most: number } | undefined {
    if (this.#take("*")) return { least: 0, most: Infinity };
    if (this.#take("+")) return { least: 1, most: Infinity };
    if (this.#take("?")) return { least: 0, most: 1 };
    if (!this.#take("{")) return undefined;
    const end = this.#characters.indexOf("}", this.#at);
    const text = this.#characters.slice(this.#at, Math.max(end, this.#at)).join("");
    const [, least = "", comma, most = ""] = /^(\d{1,4})(?:(,)(\d{0,4}))?$/.exec(text) ?? [];
    if (least === "") throw new UnreadPattern();
    this.#at = end + 1;
    const upper = comma === undefined ? Number(least) : most === "" ? Infinity : Number(most);
    const isTooMuch = Number(least) > mostRepeated || (upper > mostRepeated && upper !== Infinity);
    if (isTooMuch || upper < Number(least)) throw new UnreadPattern();
    return { least: Number(least), most: upper };
  }

  #atom(): PatternPiece {
    const character = this.#next();
    if (character === "(") return this.#group();
    if (character === "[") return { set: this.#class() };
    if (character === ".") return { set: dot };
    if (character === "\\") return { set: this.#escape() };
    if ("*+?{^".includes(character)) throw new UnreadPattern();
    return { set: singleCharacter(character) };
  }

  #group(): PatternPiece {
    if (this.#peek() === "?" && !this.#take("?:")) throw new UnreadPattern();
    const alternatives = this.#alternatives();
    if (!this.#take(")")) throw new UnreadPattern();
    return alternation(alternatives);
  }

  #class(): CharacterSet {
    const isNegated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || this.#peek() !== "]"; isFirst = false)
      ranges.push(...this.#member(isFirst));
    this.#take("]");
    const set = isNegated ? complement(setOf(ranges)) : setOf(ranges);
    if (set.length === 0) throw new UnreadPattern();
    return set;
  }

  #member(isFirst: boolean): CharacterSet {
    const character = this.#next();
    if (character === "[" && this.#peek() === ":") throw new UnreadPattern();
    // Go takes a dash for itself at either end alone.
    if (character === "-" && !isFirst && this.#peek() !== "]") throw new UnreadPattern();
    const low = character === "\\" ? this.#escape() : singleCharacter(character);
    if (this.#peek() !== "-" || this.#peek(1) === "]") return low;
    this.#next();
    const end = this.#next();
    const high = end === "\\" ? this.#escape() : singleCharacter(end);
    const [from, to] = [onlyOne(low), onlyOne(high)];
    if (from > to) throw new UnreadPattern();
    return [[from, to]];
  }

  #escape(): CharacterSet {
    const character = this.#next();
    const known = Object.hasOwn(classes, character) ? classes[character] : undefined;
    if (known) return known;
    const control = Object.hasOwn(controls, character) ? controls[character] : undefined;
    if (control !== undefined) return singleCharacter(control);
    if (/[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/.test(character)) return singleCharacter(character);
    throw new UnreadPattern();
  }
}

const controls: { readonly [escape: string]: string } = {
  a: "\x07",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const alternation = (alternatives: readonly PatternPiece[]): PatternPiece =>
  alternatives.length === 1 && alternatives[0] ? alternatives[0] : { any: alternatives };

function singleCharacter(character: string): CharacterSet {
  const code = character.codePointAt(0) ?? 0;
  return [[code, code]];
}

function onlyOne(set: CharacterSet): number {
  const [range] = set;
  if (set.length !== 1 || !range || range[0] !== range[1]) throw new UnreadPattern();
  return range[0];
}
