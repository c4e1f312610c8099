import type { ASTNode } from "@marcbachmann/cel-js";

/**
 * An expression as it is checked and counted: macros are written out as the loops and calls that they stand for.
 *
 * Source: github.com/google/cel-go/parser/macro.go, cel/library.go, ext/comprehensions.go and ext/lists.go.
 */
export type CelTree =
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "field"; readonly holder: CelTree; readonly field: string; readonly isTest: boolean }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly receiver?: CelTree;
      readonly args: readonly CelTree[];
    }
  | { readonly kind: "list"; readonly elements: readonly CelTree[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: CelTree, value: CelTree])[] }
  | CelLoop;

/** A loop over a list or the keys of a map, or a name that is bound to a value, which is a loop over nothing. */
export interface CelLoop {
  readonly kind: "loop";
  readonly range: CelTree;
  readonly variables: readonly string[];
  /** The name of what is gathered. */
  readonly result: string;
  readonly start: CelTree;
  readonly condition: CelTree;
  readonly step: CelTree;
  readonly end: CelTree;
}

/** What is wrong with the use of a macro. */
export class MacroError extends Error {}

const literal = (value: unknown): CelTree => ({ kind: "literal", value });
const nameNode = (name: string): CelTree => ({ kind: "name", name });
const callTo = (name: string, ...args: readonly CelTree[]): CelTree => ({ kind: "call", name, args });
const method = (receiver: CelTree, name: string, ...args: readonly CelTree[]): CelTree => ({
  kind: "call",
  name,
  receiver,
  args,
});
const listNode = (...elements: readonly CelTree[]): CelTree => ({ kind: "list", elements });

/** What macros gather their results in; no expression can name it. */
export const loopResult = "@result";

/**
 * Writes the macros of an expression out.
 *
 * @throws MacroError where one is not used as it has to be.
 */
export function celTreeOf(node: ASTNode): CelTree {
  switch (node.op) {
    case "value":
      return literal(node.args);
    case "id":
      return nameNode(node.args);
    case ".":
      return { kind: "field", holder: celTreeOf(node.args[0]), field: node.args[1], isTest: false };
    case ".?":
      return callTo("_?._", celTreeOf(node.args[0]), literal(node.args[1]));
    case "[]":
      return callTo("_[_]", ...node.args.map(celTreeOf));
    case "[?]":
      return callTo("_[?_]", ...node.args.map(celTreeOf));
    case "call":
      return globalCall(...node.args);
    case "rcall":
      return methodCall(...node.args);
    case "list":
      return listNode(...node.args.map(celTreeOf));
    case "map":
      return { kind: "map", entries: node.args.map(([key, value]) => [celTreeOf(key), celTreeOf(value)]) };
    case "?:":
      return callTo("_?_:_", ...node.args.map(celTreeOf));
    case "!_":
    case "-_":
      return negated(node.op, node.args);
    case "in":
      return callTo("@in", ...node.args.map(celTreeOf));
    default:
      return callTo(`_${node.op}_`, ...node.args.map(celTreeOf));
  }
}

/** Two signs are none, and a number with one is a number. */
function negated(sign: "!_" | "-_", inner: ASTNode): CelTree {
  if (inner.op === sign) return celTreeOf(inner.args);
  if (sign === "-_" && inner.op === "value") {
    if (typeof inner.args === "bigint" || typeof inner.args === "number") return literal(-inner.args);
  }
  return callTo(sign, celTreeOf(inner));
}

function globalCall(name: string, args: readonly ASTNode[]): CelTree {
  const [first] = args;
  if (name !== "has" || args.length !== 1 || first === undefined) return callTo(name, ...args.map(celTreeOf));
  if (first.op !== ".") throw new MacroError("has() is for a field, as has(self.name)");
  return { kind: "field", holder: celTreeOf(first.args[0]), field: first.args[1], isTest: true };
}

/** What a macro makes of a receiver, of the names that it binds, and of what it asks. */
interface Macro {
  readonly bindings: 1 | 2;
  readonly bodies: readonly number[];
  readonly write: (receiver: CelTree, variables: readonly string[], bodies: readonly CelTree[]) => CelTree;
}

const macroOfOne = (write: Macro["write"], ...bodies: readonly number[]): Macro => ({
  bindings: 1,
  bodies,
  write,
});
const macroOfTwo = (write: Macro["write"], ...bodies: readonly number[]): Macro => ({
  bindings: 2,
  bodies,
  write,
});

// Each is a node of its own, as the same words are of different types in different loops.
const nothing = (): CelTree => listNode();
const soFar = (): CelTree => nameNode(loopResult);
const yes: CelTree = literal(true);

const loop = (
  range: CelTree,
  variables: readonly string[],
  parts: { start: CelTree; condition: CelTree; step: CelTree; end?: CelTree },
): CelLoop => ({ kind: "loop", range, variables, result: loopResult, end: soFar(), ...parts });

const bind = (name: string, value: CelTree, body: CelTree): CelLoop => ({
  kind: "loop",
  range: nothing(),
  variables: ["#unused"],
  result: name,
  start: value,
  condition: literal(false),
  step: nameNode(name),
  end: body,
});

const everyOne: Macro["write"] = (range, variables, [body = yes]) =>
  loop(range, variables, {
    start: yes,
    condition: callTo("@not_strictly_false", soFar()),
    step: callTo("_&&_", soFar(), body),
  });

const anyOne: Macro["write"] = (range, variables, [body = yes]) =>
  loop(range, variables, {
    start: literal(false),
    condition: callTo("@not_strictly_false", callTo("!_", soFar())),
    step: callTo("_||_", soFar(), body),
  });

const oneAlone: Macro["write"] = (range, variables, [body = yes]) =>
  loop(range, variables, {
    start: literal(0n),
    condition: yes,
    step: callTo("_?_:_", body, callTo("_+_", soFar(), literal(1n)), soFar()),
    end: callTo("_==_", soFar(), literal(1n)),
  });

/** A loop that gathers what its last body gives, where the one before it holds. */
const gathering =
  (start: () => CelTree, added: (variables: readonly string[], body: CelTree) => CelTree): Macro["write"] =>
  (range, variables, bodies) => {
    const step = added(variables, bodies.at(-1) ?? yes);
    const [filter] = bodies;
    return loop(range, variables, {
      start: start(),
      condition: yes,
      step: bodies.length > 1 && filter !== undefined ? callTo("_?_:_", filter, step, soFar()) : step,
    });
  };

const intoList = gathering(nothing, (_, body) => callTo("_+_", soFar(), listNode(body)));
const emptyMap = (): CelTree => ({ kind: "map", entries: [] });

const those: Macro["write"] = (range, variables, [body = yes]) =>
  intoList(range, variables, [body, nameNode(variables[0] ?? "")]);

const optionally =
  (wrap: (inner: CelTree) => CelTree): Macro["write"] =>
  (receiver, [variable = ""], [body = yes]) =>
    callTo(
      "_?_:_",
      method(receiver, "hasValue"),
      wrap(bind(variable, method(receiver, "value"), body)),
      callTo("optional.none"),
    );

const input = (): CelTree => nameNode("@input");

const sorting: Macro["write"] = (receiver, variables, [body = yes]) => {
  const sorted = method(input(), "@sortByAssociatedKeys", intoList(input(), variables, [body]));
  return bind("@input", receiver, sorted);
};

const macros: ReadonlyMap<string, readonly Macro[]> = new Map([
  ["all", [macroOfOne(everyOne, 1), macroOfTwo(everyOne, 1)]],
  ["exists", [macroOfOne(anyOne, 1), macroOfTwo(anyOne, 1)]],
  ["exists_one", [macroOfOne(oneAlone, 1), macroOfTwo(oneAlone, 1)]],
  ["existsOne", [macroOfOne(oneAlone, 1), macroOfTwo(oneAlone, 1)]],
  ["map", [macroOfOne(intoList, 1, 2)]],
  ["filter", [macroOfOne(those, 1)]],
  ["sortBy", [macroOfOne(sorting, 1)]],
  [
    "optMap",
    [
      macroOfOne(
        optionally((inner) => callTo("optional.of", inner)),
        1,
      ),
    ],
  ],
  [
    "optFlatMap",
    [
      macroOfOne(
        optionally((inner) => inner),
        1,
      ),
    ],
  ],
  ["transformList", [macroOfTwo(intoList, 1, 2)]],
  [
    "transformMap",
    [
      macroOfTwo(
        gathering(emptyMap, ([key = ""], body) => callTo("cel.@mapInsert", soFar(), nameNode(key), body)),
        1,
        2,
      ),
    ],
  ],
  [
    "transformMapEntry",
    [
      macroOfTwo(
        gathering(emptyMap, (_, body) => callTo("cel.@mapInsert", soFar(), body)),
        1,
        2,
      ),
    ],
  ],
]);

function methodCall(name: string, receiver: ASTNode, args: readonly ASTNode[]): CelTree {
  const macro = macros
    .get(name)
    ?.find(({ bindings, bodies }) => bodies.some((count) => count + bindings === args.length));
  if (macro === undefined) return method(celTreeOf(receiver), name, ...args.map(celTreeOf));
  const variables = args.slice(0, macro.bindings).map((each) => {
    if (each.op !== "id") throw new MacroError(`${name}() binds a plain name, as ${name}(each, …)`);
    return each.args;
  });
  if (new Set(variables).size < variables.length)
    throw new MacroError(`${name}() binds ${variables.join(" and ")}, which is one name twice`);
  return macro.write(celTreeOf(receiver), variables, args.slice(macro.bindings).map(celTreeOf));
}
