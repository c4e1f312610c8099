/**
 * A single value as text. An object or a list, which stands here by mistake, is told by its brackets: it may have a field
 * that is called `toString`.
 */
export const plainText = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? "[]" : "{}";
};

/** A value with all that it holds as text, to compare it or to look for something in it. */
export const wholeText = (value: unknown): string =>
  JSON.stringify(value, (_name, each: unknown) => (typeof each === "bigint" ? String(each) : each)) ?? "";
