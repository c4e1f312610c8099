import { plainText } from "../../objects/text.ts";
import { all, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";

/*
 * Quantities: "100m", "1Gi", "1e3", 0.5.
 *
 * Source: k8s.io/apimachinery/pkg/api/resource, and
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const quantityForm = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binarySuffixes: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};

/** Objects name few quantities again and again. */
const parsedQuantities = new Map<string, bigint | undefined>();

/** A quantity in billionths, to which finer ones are rounded up, as Kubernetes does; undefined for what is none. */
export function quantityOf(value: unknown): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return undefined;
  const text = plainText(value);
  if (parsedQuantities.has(text)) return parsedQuantities.get(text);
  const amount = parsedQuantity(text);
  if (parsedQuantities.size < 1000) parsedQuantities.set(text, amount);
  return amount;
}

function parsedQuantity(text: string): bigint | undefined {
  const [, sign, digits = "", suffix = ""] = quantityForm.exec(text) ?? [];
  if (sign === undefined || text.length > 200) return undefined;
  const [whole = "", fraction = ""] = digits.split(".");
  const mantissa = BigInt(whole + fraction);
  const exponent = /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : (decimalSuffixes[suffix] ?? 0);
  if (Math.abs(exponent) > 1000) return undefined;
  const power = exponent + 9 - fraction.length;
  const scaled = mantissa * (binarySuffixes[suffix] ?? 1n);
  const divisor = power < 0 ? 10n ** BigInt(-power) : 1n;
  const amount = power < 0 ? (scaled + divisor - 1n) / divisor : scaled * 10n ** BigInt(power);
  return sign === "-" ? -amount : amount;
}

/** What a whole is in billionths. */
export const oneWhole = 1_000_000_000n;

/** A quantity that is one: the API server reads no other. */
export const readQuantity: Rule = (place, { report }) => {
  const { value } = place;
  if ((typeof value === "string" || typeof value === "number") && quantityOf(value) === undefined)
    report(
      place,
      "quantity-malformed",
      `${quoted(value)} is not a quantity`,
      'write one as "500m", "2" or "1Gi"',
    );
};

/** A quantity that is one, and is not below zero. */
export const quantity: Rule = all(readQuantity, (place, { report }) => {
  const { value } = place;
  if ((quantityOf(value) ?? 0n) < 0n)
    report(
      place,
      "quantity-out-of-range",
      `${place.step} is ${plainText(value)}`,
      "write a quantity of zero or more",
    );
});

/** A quantity above zero. */
export const positiveQuantity: Rule = (place, look) => {
  if (quantityOf(place.value) === 0n)
    look.report(place, "quantity-out-of-range", `${place.step} is zero`, "write a quantity above zero");
  else quantity(place, look);
};
