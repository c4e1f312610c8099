/**
 * JSON text in which whole numbers beyond 2^53, which come as bigint, keep their digits.
 *
 * @throws {TypeError} when the value holds itself, or nests so deep that the stack does not suffice.
 * @example
 *   toJson({ maximum: 9223372036854775807n }); // '{"maximum":9223372036854775807}'
 */
export function toJson(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    if (error instanceof RangeError) throw new TypeError("the value nests too deep", { cause: error });
    // Hardly any object holds a bigint, and asking of every value costs several times as much.
    return JSON.stringify(value, asDigits, indent);
  }
}

const asDigits = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? rawJson(String(value)) : value;

/** `JSON.rawJSON` of ECMAScript 2026, which Node has since 22. */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON: (text: string) => unknown };
