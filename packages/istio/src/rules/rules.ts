import { placesOf, rememberBuilderCall, type BuilderCall } from "./call.ts";
import type { IstioCode } from "../codes.ts";
import { IstioError } from "./problem.ts";

/** What an object breaks of its builder's rules, as `withRules` of `@atlas/compose` takes it. */
export interface BrokenBuilderRule {
  readonly code: IstioCode;
  readonly path: string;
  readonly what: string;
  readonly expected: string;
  readonly fix: string;
}

/** A rule of a builder: what an object breaks of it. A patch may have put anything anywhere. */
export type BuilderRule = (object: unknown) => readonly BrokenBuilderRule[];

// What `withRules` of @atlas/compose sets, by the same name: this package stands beside that one, and imports none.
const builderRulesKey: unique symbol = Symbol.for("@atlas/compose/rules");

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
  rules: readonly BuilderRule[],
  call: BuilderCall,
  fixed: readonly string[] = [],
): O {
  const all = [...rules, ...fixed.map((path) => staysAsBuilt(object, path))];
  const check: BuilderRule = (value) => all.flatMap((rule) => rule(value));
  refuseBroken(check(object), call, `${object.kind}/${object.metadata.name}`);
  rememberBuilderCall(object, call);
  return Object.defineProperty(object, builderRulesKey, { value: check });
}

/** @throws {IstioError} with all that is broken, if anything is. */
export function refuseBroken(broken: readonly BrokenBuilderRule[], call: BuilderCall, object?: string): void {
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
function staysAsBuilt(object: object, path: string): BuilderRule {
  const fields = path.split(".");
  const before = structuredClone(valueAtPath(object, ...fields));
  return (value) => {
    const now = valueAtPath(value, ...fields);
    if (sameJson(now, before)) return [];
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
function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => sameJson(each, b[index]));
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const [own, others] = [a, b].map((each) => Object.keys(each).filter((name) => each[name] !== undefined));
  return own?.length === others?.length && own?.every((name) => sameJson(a[name], b[name])) === true;
}

/** The value at a path of fields; undefined where there is none. */
export function valueAtPath(value: unknown, ...fields: readonly string[]): unknown {
  let inner = value;
  for (const field of fields)
    inner = isRecord(inner) && Object.hasOwn(inner, field) ? inner[field] : undefined;
  return inner;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The elements of a list; none of what is not a list. */
export const elementsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as a message shows it. */
export function saidValue(value: unknown): string {
  if (value === undefined) return "it is missing";
  return `got ${typeof value === "number" ? value : JSON.stringify(value)}`;
}

/** A value that is not what it has to be. */
export const wrong = (path: string, value: unknown, expected: string, fix: string): BrokenBuilderRule => ({
  path,
  code: "istio/value-unexpected",
  what: saidValue(value),
  expected,
  fix,
});
