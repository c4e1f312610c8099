import { greatestInt, leastInt } from "./conversions.ts";
const nano = 1_000_000_000n;

const decimal: { readonly [suffix: string]: number } = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** The power of two. */
const binaryPowers: { readonly [suffix: string]: number } = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};

const fits = (value: bigint): boolean => value >= leastInt && value <= greatestInt;

/**
 * An amount as Kubernetes writes it (`100m`, `1.5Gi`), in billionths: it keeps no smaller part.
 *
 * How it is kept there shows: `1000m` is no integer, though it is as much as 1 (apimachinery 0.34, `resource.Quantity`).
 */
export class CelQuantity {
  readonly nanos: bigint;
  /** The power of ten of the number's unit where it is kept as an integer; undefined where it is kept as a decimal. */
  readonly scale: number | undefined;

  constructor(nanos: bigint, scale: number | undefined) {
    this.nanos = nanos;
    this.scale = scale;
  }

  equals({ nanos }: CelQuantity): boolean {
    return this.nanos === nanos;
  }

  isInteger(): boolean {
    return this.scale !== undefined && this.scale >= 0 && fits(this.nanos / nano);
  }

  /** @throws Error when the amount is not kept as a whole number. */
  asInteger(): bigint {
    if (!this.isInteger()) throw new Error("the quantity is not a whole number");
    return this.nanos / nano;
  }

  plus(other: CelQuantity): CelQuantity {
    const nanos = this.nanos + other.nanos;
    if (this.scale === undefined || other.scale === undefined) return new CelQuantity(nanos, undefined);
    if (other.nanos === 0n) return this;
    if (this.nanos === 0n) return other;
    const scale = Math.min(this.scale, other.scale);
    return new CelQuantity(nanos, fits(units(nanos, scale)) ? scale : undefined);
  }

  negative(): CelQuantity {
    return new CelQuantity(-this.nanos, this.scale);
  }
}

const units = (nanos: bigint, scale: number): bigint =>
  scale >= -9 ? nanos / 10n ** BigInt(scale + 9) : nanos * 10n ** BigInt(-scale - 9);

/** A whole number as an amount. */
export const wholeQuantity = (value: bigint): CelQuantity => new CelQuantity(value * nano, 0);

const amountPattern = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

export function isQuantity(text: string): boolean {
  return amountPattern.test(text);
}

/**
 * Reads a quantity (`apimachinery/pkg/api/resource`); what is smaller than a billionth is rounded up.
 *
 * @throws Error when the text is none.
 */
export function parseQuantity(text: string): CelQuantity {
  const [, sign, digits = "", exponent, suffix = ""] = amountPattern.exec(text) ?? [];
  if (sign === undefined) throw new Error(`no quantity: ${text}`);
  const [whole = "", part = ""] = digits.split(".");
  const doublings = binaryPowers[suffix];
  const tens = Number(exponent ?? decimal[suffix] ?? 0);
  const power = tens - part.length;
  const scaled =
    BigInt(whole + part) * 2n ** BigInt(doublings ?? 0) * nano * 10n ** BigInt(Math.max(power, 0));
  const divisor = 10n ** BigInt(Math.max(-power, 0));
  const nanos = (scaled + divisor - 1n) / divisor;
  const count = whole.replace(/^0+/, "").length;
  const scale =
    doublings === undefined ? decimalScale(count + part.length, power) : binaryScale(count, part, doublings);
  return new CelQuantity(sign === "-" ? -nanos : nanos, scale);
}

/** The unit of what is short enough to be kept as an integer. */
const decimalScale = (count: number, power: number): number | undefined =>
  count <= 18 && power >= -9 ? power : undefined;

const binaryScale = (count: number, part: string, doublings: number): number | undefined =>
  part === "" && 14 - count - Math.trunc((doublings * 3) / 10) >= 0 ? 0 : undefined;
