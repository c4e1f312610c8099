/** What YAML and JSON can say. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainObject;
export interface PlainObject {
  [field: string]: Plain | undefined;
}

export function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A deep copy that shares nothing with the original, nor within itself: labels that a selector and a pod template take
 * from one constant become two objects, so that patching one leaves the other. Fields that are undefined are left out.
 */
export function copy<T>(value: T): T {
  return copyPlain(value) as T;
}

function copyPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyPlain);
  if (typeof value !== "object" || value === null) return value;
  const result = {};
  for (const [field, inner] of Object.entries(value))
    if (inner !== undefined) setOwn(result, field, copyPlain(inner));
  return result;
}

/** Sets a field of the object itself, `__proto__` included. */
export function setOwn(target: object, field: string, value: unknown): void {
  if (field === "__proto__") {
    Object.defineProperty(target, field, { value, enumerable: true, configurable: true, writable: true });
  } else Object.assign(target, { [field]: value });
}

/** Whether two values say the same; the order of fields does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([field, value]) => right.has(field) && same(value, right.get(field)))
  );
}
