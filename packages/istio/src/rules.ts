/** What an object breaks of its builder's rules, as `withRules` of `@atlas/compose` takes it. */
export interface BrokenRule {
  readonly path: string;
  readonly what: string;
  readonly expected: string;
  readonly mend: string;
}

/** A rule of a builder: what an object breaks of it. A patch may have put anything anywhere. */
export type Rule = (object: unknown) => readonly BrokenRule[];

// What `withRules` of @atlas/compose sets, by the same name: this package stands beside that one, and imports none.
const key: unique symbol = Symbol.for("@atlas/compose/rules");

interface Built {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/**
 * An object that meets its builder's rules, and hands them along: what patches make of it is held against them, too.
 *
 * @throws {TypeError} with all that it breaks.
 */
export function built<O extends Built>(object: O, rules: readonly Rule[]): O {
  const check: Rule = (value) => rules.flatMap((rule) => rule(value));
  const broken = check(object);
  if (broken.length > 0) {
    const name = `${object.kind}/${object.metadata.name}`;
    const lines = broken.map(
      ({ path, what, expected, mend }) => `${name}: ${path}: ${what}: expected ${expected}; ${mend}`,
    );
    throw new TypeError(lines.join("\n"));
  }
  return Object.defineProperty(object, key, { value: check });
}

/** The value at a path of fields; undefined where there is none. */
export function valueAt(value: unknown, ...fields: readonly string[]): unknown {
  let inner = value;
  for (const field of fields)
    inner = isFields(inner) && Object.hasOwn(inner, field) ? inner[field] : undefined;
  return inner;
}

export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The elements of a list; none of what is no list. */
export const elementsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value is one of a few words. */
export function oneOf(words: readonly string[], ...fields: readonly string[]): Rule {
  return (object) => {
    const value = valueAt(object, ...fields);
    if (typeof value === "string" && words.includes(value)) return [];
    return [
      {
        path: fields.join("."),
        what: said(value),
        expected: words.join(" or "),
        mend: "give one of them",
      },
    ];
  };
}

/** A value as a message shows it. */
export function said(value: unknown): string {
  if (value === undefined) return "it is missing";
  return `got ${typeof value === "number" ? value : JSON.stringify(value)}`;
}
