/** The next byte of an input; 0 for ever when it is used up. */
export type Next = () => number;

/** Makes a value of bytes, so that a fuzzer that changes bytes changes the value in its structure. */
export type Grammar<T = unknown> = (next: Next) => T;

export function bytesOf(input: Uint8Array): Next {
  let at = 0;
  return () => input[at++] ?? 0;
}

export const constant =
  <T>(value: T): Grammar<T> =>
  () =>
    // A value of its own: what is made may be edited.
    structuredClone(value);

export const oneOf =
  <T>(...values: readonly [T, ...T[]]): Grammar<T> =>
  (next) =>
    values[next() % values.length] ?? values[0];

export const either =
  <T>(...grammars: readonly [Grammar<T>, ...Grammar<T>[]]): Grammar<T> =>
  (next) =>
    (grammars[next() % grammars.length] ?? grammars[0])(next);

export const list =
  <T>(element: Grammar<T>, most = 4): Grammar<T[]> =>
  (next) =>
    Array.from({ length: next() % (most + 1) }, () => element(next));

/** An object with all of the fields. */
export const record =
  (fields: Readonly<Record<string, Grammar>>): Grammar<Record<string, unknown>> =>
  (next) =>
    Object.fromEntries(Object.entries(fields).map(([name, grammar]) => [name, grammar(next)]));

/** An object with up to six of the fields, in any order. */
export const some =
  (fields: Readonly<Record<string, Grammar>>): Grammar<Record<string, unknown>> =>
  (next) =>
    Object.fromEntries(
      Array.from({ length: next() % 7 }, () => {
        const [name, grammar] = oneOf(...(Object.entries(fields) as [[string, Grammar]]))(next);
        return [name, grammar(next)];
      }),
    );

/** An object of some names, each with a value of the kind. */
export const entries =
  (name: Grammar<string>, value: Grammar, most = 4): Grammar<Record<string, unknown>> =>
  (next) =>
    Object.fromEntries(Array.from({ length: next() % (most + 1) }, () => [name(next), value(next)]));

/** Names and texts that readers have stumbled over, here or elsewhere. */
export const oddText: Grammar<string> = oneOf(
  "",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "a",
  "a.b/c",
  "../x",
  "/",
  "\u0000",
  "\ud800",
  "é\u0301",
  "*/",
  "${x}",
  "`",
  "\n- a: b",
  '"',
  "x".repeat(300),
  "[",
  "(a+)+$",
  "$(A)",
  "true",
  "<<",
);

export const odd: Grammar = either<unknown>(
  oddText,
  oneOf<unknown>(null, true, 0, -1, 1.5, -0),
  constant([]),
  constant({}),
  (next) => [odd(next)],
  (next) => ({ [oddText(next)]: odd(next) }),
);

/** Something else than usual, once in sixteen times. */
export const rarely =
  <T>(usual: Grammar<T>, unusual: Grammar<T>): Grammar<T> =>
  (next) =>
    (next() % 16 === 15 ? unusual : usual)(next);

/** What a grammar makes; one in four has up to two fields or elements of it dropped or made odd. */
export const edited =
  (grammar: Grammar): Grammar =>
  (next) => {
    const value = grammar(next);
    for (let edits = (next() % 8) - 5; edits > 0; edits--) edit(value, next);
    return value;
  };

function edit(value: unknown, next: Next): void {
  if (typeof value !== "object" || value === null) return;
  const keys = Object.keys(value);
  const key = keys[next() % keys.length] ?? "a";
  const how = next() % 8;
  if (how === 0) Reflect.deleteProperty(value, key);
  else if (how === 1) define(value, key, odd(next));
  else if (how === 2) define(value, oddText(next), odd(next));
  else edit(Object.getOwnPropertyDescriptor(value, key)?.value, next);
}

/** Sets a field of the object itself, `__proto__` included. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
