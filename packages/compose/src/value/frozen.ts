import { deepest } from "./plain.ts";

/**
 * Makes a value and all plain data in it unchangeable, and gives it back. What is no plain data, such as a URL, stays as it
 * is, and so does what somebody has frozen before.
 *
 * Many layers share what one of them states. Changed in place by one of them, it would be another in all of them, or only in
 * those that are composed later: what is rendered would depend on what else is.
 */
export function deepFrozen<V>(value: V): V {
  freezeWithin(value, 0);
  return value;
}

function freezeWithin(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null || depth > deepest || Object.isFrozen(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return;
  Object.freeze(value);
  for (const field of Object.keys(value))
    freezeWithin((value as Readonly<Record<string, unknown>>)[field], depth + 1);
}
