import type { PropertyKey } from "oxc-parser";

/** The name that a key states; undefined where it has to be computed. */
export function keyName({ key, computed }: { key: PropertyKey; computed: boolean }): string | undefined {
  if (key.type === "Literal") return String(key.value);
  return !computed && key.type === "Identifier" ? key.name : undefined;
}
