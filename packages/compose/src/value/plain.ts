/** What YAML and JSON can say. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainObject;
export interface PlainObject {
  [field: string]: Plain | undefined;
}

export function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deeper than any manifest, and far from where a recursive walk would run out of stack. */
export const deepest = 500;

/** What is not plain data, and where it lies. */
interface NotPlain {
  readonly path: string;
  readonly got: string;
}

/**
 * Why a value is none that YAML and JSON can say, and where; undefined when it is one. A value that contains itself is
 * too deep as well, and then the place would say nothing.
 *
 * A field that is there and undefined is none, too, unless such are skipped: most often it is a variable of the
 * environment that is not set, and left out it would be missed by nobody.
 */
export function whyNotPlain(value: unknown, depth = 0, skipsUndefined = false): NotPlain | undefined {
  if (depth > deepest) return { path: "", got: tooDeep };
  if (typeof value === "string") return whyNotText(value);
  if (typeof value !== "object" || value === null) return whyNotScalar(value);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const why = whyNotPlain(value[index], depth + 1, skipsUndefined);
      if (why) return atStep(`[${index}]`, why);
    }
    return undefined;
  }
  const why = Object.getPrototypeOf(value) === Object.prototype ? undefined : whyNotObject(value);
  if (why) return why;
  for (const field of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[field];
    if (inner === undefined && skipsUndefined) continue;
    const name = whyNotText(field);
    if (name) return name;
    const found = whyNotPlain(inner, depth + 1, skipsUndefined);
    if (found) return atStep(field, found);
  }
  return undefined;
}

/** What is wrong with an object that is not just one of JavaScript's own. */
function whyNotObject(value: object): NotPlain | undefined {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== "Object") return { path: "", got: `a ${tag}` };
  const inherited = inheritedField(value);
  if (inherited === undefined) return undefined;
  return { path: "", got: `an object that inherits its field ${JSON.stringify(inherited)}` };
}

/** A field that an object has from its prototype, be it a value there or a getter; YAML and JSON leave it out. */
export function inheritedField(value: object): string | undefined {
  for (
    let prototype: unknown = Object.getPrototypeOf(value);
    typeof prototype === "object" && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    // The last in the line is Object.prototype of another realm, or an object without one.
    const isLast = Object.getPrototypeOf(prototype) === null;
    const found = Object.entries(Object.getOwnPropertyDescriptors(prototype)).find(
      ([, field]) =>
        (field.get !== undefined && !isLast) ||
        (field.enumerable === true && typeof field.value !== "function"),
    );
    if (found) return found[0];
  }
  return undefined;
}

const tooDeep = `more than ${deepest} levels, or a value that contains itself`;

/** The path is put together from the inside out: nearly every value is plain, and then none is needed. */
function atStep(step: string, { path, got }: NotPlain): NotPlain {
  if (got === tooDeep) return { path: "", got };
  return { path: path === "" || path.startsWith("[") ? step + path : `${step}.${path}`, got };
}

function whyNotScalar(value: unknown): NotPlain | undefined {
  if (typeof value === "boolean" || value === null || Number.isFinite(value)) return undefined;
  const got = typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
  return { path: "", got };
}

/** Half of a character outside of the first plane: no UTF-8 file can hold it. */
function whyNotText(text: string): NotPlain | undefined {
  return text.isWellFormed()
    ? undefined
    : { path: "", got: `half of a character in ${JSON.stringify(text)}` };
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
  if (!isObject(value)) return value;
  // V8 spreads an object at once, and makes one of its fields step by step.
  const result = { ...value };
  for (const field of Object.keys(result)) {
    const inner = result[field];
    if (inner === undefined) delete result[field];
    else if (typeof inner === "object") setOwn(result, field, copyPlain(inner));
  }
  return result;
}

/** Sets a field of the object itself, `__proto__` included. */
export function setOwn(target: object, field: string, value: unknown): void {
  if (field === "__proto__") {
    Object.defineProperty(target, field, { value, enumerable: true, configurable: true, writable: true });
  } else (target as Record<string, unknown>)[field] = value;
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

/** Values by a key that several may have, in their order. */
export function grouped<V, K = string>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
