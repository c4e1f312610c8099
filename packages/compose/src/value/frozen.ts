const frozen = new WeakSet<object>();

/**
 * Makes a value and all plain data in it unchangeable, and gives it back. What is no plain data, such as a URL, stays as it
 * is, and no getter is asked.
 *
 * Many layers share what one of them states. Changed in place by one of them, it would be another in all of them, or only in
 * those that are composed later: what is rendered would depend on what else is.
 */
export function deepFrozen<V>(value: V): V {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (!isPlainContainer(each) || frozen.has(each)) continue;
    frozen.add(each);
    Object.freeze(each);
    for (const field of Object.values(Object.getOwnPropertyDescriptors(each)))
      if (typeof field.value === "object") left.push(field.value);
  }
  return value;
}

function isPlainContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
