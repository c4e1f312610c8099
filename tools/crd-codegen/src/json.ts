/** JSON text in which whole numbers beyond 2^53 keep their digits. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === "bigint" ? rawJson(String(inner)) : inner),
    indent,
  );
}

/** `JSON.rawJSON` of ECMAScript 2026, which Node has since 22. */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON: (text: string) => unknown };
