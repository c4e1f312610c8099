import { placesOf, rememberCall, type Call } from "./call.ts";
import type { IstioCode } from "../codes.ts";
import { IstioError } from "./problem.ts";

/** What an object breaks of its builder's rules, as `withRules` of `@atlas/compose` takes it. */
export interface BrokenRule {
  readonly code: IstioCode;
  readonly path: string;
  readonly what: string;
  readonly expected: string;
  readonly fix: string;
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
 * @param fixed the paths of what stays as it is, since other objects are made of the same.
 * @throws {IstioError} with all that it breaks.
 */
export function built<O extends Built>(
  object: O,
  rules: readonly Rule[],
  call: Call,
  fixed: readonly string[] = [],
): O {
  const all = [...rules, ...fixed.map((path) => staysAsBuilt(object, path))];
  const check: Rule = (value) => all.flatMap((rule) => rule(value));
  refuse(check(object), call, `${object.kind}/${object.metadata.name}`);
  rememberCall(object, call);
  return Object.defineProperty(object, key, { value: check });
}

/** @throws {IstioError} with all that is broken, if anything is. */
export function refuse(broken: readonly BrokenRule[], call: Call, object?: string): void {
  if (broken.length === 0) return;
  throw new IstioError(
    broken.map((each) => ({
      ...(object !== undefined && { object }),
      ...each,
      places: placesOf(call, each.path),
    })),
  );
}

/** The value at a path is what it was in the object that a list was made into. */
function staysAsBuilt(object: object, path: string): Rule {
  const fields = path.split(".");
  const before = structuredClone(valueAt(object, ...fields));
  return (value) => {
    const now = valueAt(value, ...fields);
    if (same(now, before)) return [];
    return [
      {
        path,
        code: "istio/list-disagrees",
        what: "it differs from the list of destinations, of which other objects are made as well",
        expected: JSON.stringify(before),
        fix: "change the list where outbound() is called, or remove the object here and declare one of your own",
      },
    ];
  };
}

/** Whether two values are the same as JSON, whatever the order of their fields. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (!isFields(a) || !isFields(b)) return a === b;
  const [own, others] = [a, b].map((each) => Object.keys(each).filter((name) => each[name] !== undefined));
  return own?.length === others?.length && own?.every((name) => same(a[name], b[name])) === true;
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

/** The elements of a list; none of what is not a list. */
export const elementsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as a message shows it. */
export function said(value: unknown): string {
  if (value === undefined) return "it is missing";
  return `got ${typeof value === "number" ? value : JSON.stringify(value)}`;
}

/** A value that is not what it has to be. */
export const wrong = (path: string, value: unknown, expected: string, fix: string): BrokenRule => ({
  path,
  code: "istio/value-unexpected",
  what: said(value),
  expected,
  fix,
});
