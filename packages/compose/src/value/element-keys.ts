import type { PlainObject } from "./plain.ts";

/** What an element may be called: by its first key, by the first two and so on, by all (`8080` and `8080/UDP`). */
export function keysOf(element: PlainObject, keys: readonly string[]): string[] {
  const parts = keys.map((key) => {
    const part = element[key] ?? (key === "protocol" ? "TCP" : "");
    return typeof part === "object" ? JSON.stringify(part) : String(part);
  });
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
