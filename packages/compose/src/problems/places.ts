export { fieldPath, follow, namesIn, printedSteps, reach, stepsIn, type Step } from "../value/path.ts";

/** A position in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in a file. */
export interface Place extends Position {
  /** As whoever read the file named it; of what code has made, the URL or path of its module. */
  readonly file: string;
  /** Where the value itself was looked for, when the place is only that of the call or of the file that it is part of. */
  readonly within?: Within;
}

/** The way to a value: an argument of the call at a place (or a whole file, if there is none), and the fields in it. */
export interface Within {
  readonly argument?: number;
  readonly fields: readonly string[];
}

/** Where an object or a list, and what is in it, stands in the file that it was read from. */
export interface NodePlaces {
  readonly file: string;
  readonly start: Position;
  /** Of the fields by name, of the elements by index. */
  readonly fields: ReadonlyMap<string, Position>;
}

/** A call that has made a value: V8 notes the stack, and makes text of it only when somebody asks. */
interface Call {
  readonly trace: { readonly stack?: string };
  readonly argument: number;
  readonly content: unknown;
}

/** What is remembered beside the values, so that nothing of it can be seen in them, and it is gone when they are. */
interface PlaceRegistry {
  readonly nodes: WeakMap<object, NodePlaces>;
  readonly calls: WeakMap<object, Call>;
}

// One for all copies of this package: a command may bundle one, and the overlays that it loads may bring another.
const placesKey: unique symbol = Symbol.for("@atlas/compose/places");
const placeRegistry = globalThis as { [placesKey]?: PlaceRegistry };
const { nodes, calls } = (placeRegistry[placesKey] ??= { nodes: new WeakMap(), calls: new WeakMap() });

/** Notes where an object or a list that was read from a file stands in it, for the problems that it may have later. */
export function rememberNode(node: object, places: NodePlaces): void {
  nodes.set(node, places);
}

/** Where the parts of an object or a list stand; undefined for one that was read from no file. */
export function placesOfNode(node: object): NodePlaces | undefined {
  return nodes.get(node);
}

/**
 * Whether a function that ends in a call has left the stack by then, as JavaScriptCore has it: the callee is not found there,
 * and its caller is the next one. V8 keeps it, and makes text of a stack only when somebody asks.
 */
const leavesTails = "Bun" in globalThis;

/**
 * Notes which call has made a value, and gives the value back.
 *
 * @param callee the function whose caller is meant.
 * @param content the argument that says what is in the value, and which of the arguments it is.
 */
export function rememberCall<V>(value: V, callee: object, content: unknown, argument = 0): V {
  if (typeof value !== "object" || value === null) return value;
  const trace: Call["trace"] = {};
  // oxlint-disable-next-line typescript/no-unsafe-function-type -- the type that Node declares
  Error.captureStackTrace(trace, callee as Function);
  if (leavesTails && topOfStack(trace.stack ?? "") === undefined)
    Error.captureStackTrace(trace, rememberCall);
  calls.set(value, { trace, argument, content });
  return value;
}

/**
 * Where a value, or what is in it, was written: the deepest of its fields that came from a file, else the call that has
 * made the value; undefined for one that neither is known of.
 */
export function placeOf(value: unknown, fields: readonly string[] = []): Place | undefined {
  const call = isHolder(value) ? calls.get(value) : undefined;
  return placeInFile(call ? call.content : value, fields) ?? (call && placeOfCall(call, fields));
}

/** What the call that has made a value was given. */
export function contentOfCall(value: object): unknown {
  return calls.get(value)?.content;
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function placeInFile(value: unknown, fields: readonly string[]): Place | undefined {
  const start = isHolder(value) ? nodes.get(value) : undefined;
  let place: Place | undefined = start && { file: start.file, ...start.start };
  let inner: unknown = value;
  for (const field of fields) {
    if (!isHolder(inner)) break;
    const known = nodes.get(inner);
    const position = known?.fields.get(field);
    if (known && position) place = { file: known.file, ...position };
    inner = Object.hasOwn(inner, field) ? inner[field] : undefined;
  }
  return place;
}

function placeOfCall({ trace, argument }: Call, fields: readonly string[]): Place | undefined {
  const place = topOfStack(trace.stack ?? "");
  return place && { ...place, within: { argument, fields } };
}

/** The first place that a stack names: `    at name (file:///a/b.ts:10:5)`, or without a name and brackets. */
function topOfStack(stack: string): Place | undefined {
  for (const line of stack.split("\n")) {
    const [, called, bare] = /^ +at (?:[^(]* \((.*)\)|(?:async )?(.*))$/.exec(line) ?? [];
    const [, file, row, column] = /^(.+):(\d+):(\d+)$/.exec(called ?? bare ?? "") ?? [];
    if (file !== undefined) return { file, line: Number(row), column: Number(column) };
  }
  return undefined;
}
