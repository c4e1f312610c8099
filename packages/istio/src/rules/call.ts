import type { CallPlace } from "./problem.ts";

/** Which argument of a builder has become which part of its object: `["spec.egress[0].hosts", 1, "hosts"]`. */
export type Origin = readonly [path: string, argument: number, ...fields: string[]];

/** A call of a builder: where it is, and what of it has become what. */
export interface BuilderCall {
  /** V8 notes the stack, and makes text of it only when somebody asks. */
  readonly trace: { readonly stack?: string };
  readonly origins: readonly Origin[];
  /** Fields of the object around what the argument holds without them. */
  readonly wrappers: readonly string[];
}

/** Notes from where a builder is called. */
export function callOf(
  builder: (...args: never[]) => unknown,
  origins: readonly Origin[],
  wrappers: readonly string[] = [],
): BuilderCall {
  const trace = {};
  Error.captureStackTrace?.(trace, builder);
  return { trace, origins, wrappers };
}

// What `@atlas/compose/places` keeps, by the same name: this package stands beside that one, and imports none.
const callPlacesKey: unique symbol = Symbol.for("@atlas/compose/places");

/** The part of it that is about calls, and the rest. */
interface Places {
  readonly nodes: WeakMap<object, unknown>;
  readonly calls: WeakMap<
    object,
    { readonly trace: BuilderCall["trace"]; readonly argument: number; readonly content: unknown }
  >;
}

/** Notes which call an object is of, so that `compose` names its place for what patches make of it, and for `explain`. */
export function rememberBuilderCall(object: object, { trace }: BuilderCall): void {
  const shared = globalThis as { [callPlacesKey]?: Places };
  const { calls } = (shared[callPlacesKey] ??= { nodes: new WeakMap(), calls: new WeakMap() });
  calls.set(object, { trace, argument: 1, content: undefined });
}

/** Where in the call the value at a path comes from; none where the runtime does not tell. */
export function placesOf({ trace, origins, wrappers }: BuilderCall, path: string): readonly CallPlace[] {
  const top = firstCallPlace(trace.stack ?? "");
  if (top === undefined) return [];
  const origin = origins.find(([from]) => isWithin(path, from));
  if (origin === undefined) return [{ label: "call", ...top }];
  const [from, argument, ...fields] = origin;
  const inner = callSteps(path.slice(from.length)).filter((step) => !wrappers.includes(step));
  return [{ label: "call", ...top, within: { argument, fields: [...fields, ...inner] } }];
}

const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

/** The fields and elements of a path: of `[0].ports[1].port` these are `0`, `ports`, `1`, `port`. */
const callSteps = (path: string): readonly string[] =>
  [...path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, quoted, name = ""]) =>
    quoted === undefined ? name : String(JSON.parse(quoted)),
  );

/** The first place that a stack names: `    at name (file:///a/b.ts:10:5)`, or without a name and brackets. */
function firstCallPlace(stack: string): Omit<CallPlace, "label" | "within"> | undefined {
  for (const text of stack.split("\n")) {
    const [, file, line, column] = /^ +at (?:.*\()?(.+?):(\d+):(\d+)\)?$/.exec(text) ?? [];
    if (file !== undefined) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}
