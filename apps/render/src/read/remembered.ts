import { toJson } from "@atlas/compose/yaml";

/** How much text may be remembered, in characters, before all of it is forgotten. */
const mostRemembered = 1 << 21;

/**
 * The same function, that does its work once for each content: what it is given is told apart by its JSON. It costs a
 * tenth of printing or validating an object, and the objects of a thousand environments are mostly the same.
 *
 * @param keyOf what tells it apart, where that is not all of it.
 */
export function rememberedByContent<T, V>(
  work: (given: T) => V,
  keyOf: (given: T) => string = toJson,
): (given: T) => V {
  const known = new Map<string, V>();
  let size = 0;
  return (given) => {
    const key = keyOf(given);
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(given);
    size += key.length;
    if (size > mostRemembered) {
      known.clear();
      size = key.length;
    }
    known.set(key, value);
    return value;
  };
}
