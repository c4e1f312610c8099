/** Code points as ranges with both ends, in their order, apart from each other. */
export type CharacterSet = readonly (readonly [number, number])[];

const last = 0x10ffff;

/** Whatever the ranges hold, put in order. */
export function setOf(ranges: CharacterSet): CharacterSet {
  const merged: [number, number][] = [];
  for (const [low, high] of ranges.toSorted(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && low <= before[1] + 1) before[1] = Math.max(before[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

export function complement(set: CharacterSet): CharacterSet {
  const starts = [0, ...set.map(([, high]) => high + 1)];
  const ends = [...set.map(([low]) => low - 1), last];
  return starts.flatMap((low, index) => {
    const high = ends[index] ?? last;
    return low <= high ? [[low, high] as const] : [];
  });
}

export function overlap(a: CharacterSet, b: CharacterSet): boolean {
  let [i, j] = [0, 0];
  for (;;) {
    const [left, right] = [a[i], b[j]];
    if (!left || !right) return false;
    if (left[0] <= right[1] && right[0] <= left[1]) return true;
    if (left[1] < right[1]) i++;
    else j++;
  }
}

const one = (character: string): CharacterSet => [
  [character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0],
];
const digit: CharacterSet = [[0x30, 0x39]];
const wordSet = setOf([...digit, [0x41, 0x5a], ...one("_"), [0x61, 0x7a]]);
const spaceSet = setOf(["\t", "\n", "\f", "\r", " "].flatMap(one));

/** What stands for several characters in Go's syntax; the white space lacks `\v`. */
export const classes: { readonly [escape: string]: CharacterSet } = {
  d: digit,
  D: complement(digit),
  w: wordSet,
  W: complement(wordSet),
  s: spaceSet,
  S: complement(spaceSet),
};

/** The dot, which takes all but the end of a line. */
export const dot: CharacterSet = complement(one("\n"));

/** The set as JavaScript writes it, with the flag `u`. */
export function characterClass(set: CharacterSet): string {
  const [first] = set;
  if (set.length === 1 && first?.[0] === first?.[1]) return characterOf(first?.[0] ?? 0);
  const ranges = set.map(([low, high]) =>
    low === high ? characterOf(low) : `${characterOf(low)}-${characterOf(high)}`,
  );
  return `[${ranges.join("")}]`;
}

function characterOf(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[A-Za-z0-9_:/,@ ]/.test(character)) return character;
  // Everything that means something to JavaScript may be escaped, within a class and outside of one.
  if (/[\^$\\.*+?()[\]{}|-]/.test(character) && character !== "-") return `\\${character}`;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
