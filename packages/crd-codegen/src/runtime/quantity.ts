const nano = 1_000_000_000n;

const suffixes: { readonly [suffix: string]: bigint } = {
  n: 1n,
  u: 1000n,
  m: 1_000_000n,
  "": nano,
  k: 10n ** 3n * nano,
  M: 10n ** 6n * nano,
  G: 10n ** 9n * nano,
  T: 10n ** 12n * nano,
  P: 10n ** 15n * nano,
  E: 10n ** 18n * nano,
  Ki: 2n ** 10n * nano,
  Mi: 2n ** 20n * nano,
  Gi: 2n ** 30n * nano,
  Ti: 2n ** 40n * nano,
  Pi: 2n ** 50n * nano,
  Ei: 2n ** 60n * nano,
};

/** An amount as Kubernetes writes it (`100m`, `1.5Gi`), in billionths: it keeps no smaller part. */
export class Quantity {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  isInteger(): boolean {
    return this.nanos % nano === 0n;
  }

  /** @throws Error when the amount is not a whole number. */
  asInteger(): bigint {
    if (!this.isInteger()) throw new Error("the quantity is not a whole number");
    return this.nanos / nano;
  }
}

const pattern = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

export function isQuantity(text: string): boolean {
  return pattern.test(text);
}

/**
 * Reads a quantity (`apimachinery/pkg/api/resource`); what is smaller than a billionth is rounded up.
 *
 * @throws Error when the text is none.
 */
export function parseQuantity(text: string): Quantity {
  const [, sign, digits = "", exponent = "0", suffix = ""] = pattern.exec(text) ?? [];
  if (sign === undefined) throw new Error(`no quantity: ${text}`);
  const [whole = "", part = ""] = digits.split(".");
  const power = Number(exponent) - part.length;
  const scaled = BigInt(whole + part) * (suffixes[suffix] ?? nano) * 10n ** BigInt(Math.max(power, 0));
  const divisor = 10n ** BigInt(Math.max(-power, 0));
  const nanos = (scaled + divisor - 1n) / divisor;
  return new Quantity(sign === "-" ? -nanos : nanos);
}
