/** What compares itself with another of its own sort. */
interface Comparable {
  readonly equals: (other: never) => boolean;
}

const isComparable = (value: object): value is Comparable =>
  "equals" in value && typeof value.equals === "function";

/** Whether two values are equal to CEL: numbers by what they amount to, lists and maps by what is in them. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (typeof left === "bigint" || typeof left === "number")
    // oxlint-disable-next-line eqeqeq -- 1n and 1 are equal, and nothing else is converted
    return (typeof right === "bigint" || typeof right === "number") && left == right;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null)
    return left === right;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right) && !(isMap(left) && isMap(right)))
    return false;
  if (isComparable(left)) return left.equals(right as never);
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((element, index) => isEqual(element, right[index]));
  if (isMap(left)) return areEqualMaps(left, right as { readonly [key: string]: unknown });
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return left.length === right.length && left.every((byte, index) => byte === right[index]);
  // A time is as many milliseconds; a duration of the library is, too.
  return Number(left) === Number(right);
}

function isMap(value: object): value is { readonly [key: string]: unknown } {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function areEqualMaps(
  left: { readonly [key: string]: unknown },
  right: { readonly [key: string]: unknown },
): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
  );
}
