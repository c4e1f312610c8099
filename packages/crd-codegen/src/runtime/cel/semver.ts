/** A semantic version as a rule sees it (https://semver.org, version 2, as `github.com/blang/semver/v4` reads it). */
export class SemanticVersion {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  readonly preRelease: readonly (bigint | string)[];

  constructor(numbers: readonly [bigint, bigint, bigint], preRelease: readonly (bigint | string)[]) {
    this.numbers = numbers;
    this.preRelease = preRelease;
  }

  equals(other: SemanticVersion): boolean {
    return this.compareTo(other) === 0;
  }

  /** Less than 0 where this one comes before the other, 0 where neither does; what it was built from does not count. */
  compareTo({ numbers, preRelease }: SemanticVersion): number {
    const byNumbers = compareLists(this.numbers, numbers);
    if (byNumbers !== 0) return byNumbers;
    // A release comes after all that lead to it.
    const isRelease = Number(this.preRelease.length === 0) - Number(preRelease.length === 0);
    return isRelease === 0 ? compareLists(this.preRelease, preRelease) : isRelease;
  }
}

function compareLists(left: readonly (bigint | string)[], right: readonly (bigint | string)[]): number {
  for (const [index, a] of left.entries()) {
    const b = right[index];
    if (b === undefined) return 1;
    if (a === b) continue;
    // A number comes before any word.
    if (typeof a !== typeof b) return typeof a === "bigint" ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return Math.sign(left.length - right.length);
}

const number = "(0|[1-9]\\d*)";
const word = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
const versionPattern = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-(${word}(?:\\.${word})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);
const greatestUnsigned = 2n ** 64n - 1n;

/**
 * Reads a semantic version; undefined where the text is none.
 *
 * @param isLenient whether a `v` before it, leading zeros, and missing minor and patch numbers are overlooked.
 */
export function readVersion(text: string, isLenient = false): SemanticVersion | undefined {
  const normal = isLenient ? normalized(text) : text;
  const [, major, minor, patch, rest] = versionPattern.exec(normal ?? "") ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  const preRelease = (rest?.split(".") ?? []).map((part) => (/^\d+$/.test(part) ? BigInt(part) : part));
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const;
  const isTooLarge = [...numbers, ...preRelease].some(
    (part) => typeof part === "bigint" && part > greatestUnsigned,
  );
  return isTooLarge ? undefined : new SemanticVersion(numbers, preRelease);
}

function normalized(text: string): string | undefined {
  const [major = "", minor, ...others] = text.replace(/^v/, "").split(".");
  const parts = [
    major,
    ...(minor === undefined ? [] : [minor]),
    ...(others.length > 0 ? [others.join(".")] : []),
  ];
  const plain = parts.map((part) =>
    part.length > 1
      ? part.replace(/^0+(?=\d)|^0+(?=\D|$)/, (zeros) => (/^0+\d/.test(part) ? "" : zeros.slice(0, 1)))
      : part,
  );
  if (plain.length < 3 && /[+-]/.test(plain.at(-1) ?? "")) return undefined;
  return [...plain, "0", "0"].slice(0, Math.max(3, plain.length)).join(".");
}
