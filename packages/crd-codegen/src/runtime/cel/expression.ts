import type { ASTNode } from "@marcbachmann/cel-js";

/**
 * Functions of the library that differ from those of cel-go, and what stands in for them here. The library's own cannot be
 * replaced under their names.
 */
const standIns: { readonly methods: ReadonlySet<string>; readonly functions: ReadonlySet<string> } = {
  methods: new Set([
    "matches",
    "charAt",
    "indexOf",
    "lastIndexOf",
    "lowerAscii",
    "upperAscii",
    "trim",
    "replace",
    "split",
    "substring",
    "getDayOfYear",
  ]),
  functions: new Set(["matches", "int", "double", "string", "timestamp", "bool"]),
};

/** The name of what stands in for a function. */
export const standIn = (name: string): string => `${name}InGo`;

/**
 * The text of an expression that means to the library what the given one means to Kubernetes: macros that it lacks are
 * written with those that it has.
 *
 * @param source what the tree was read from.
 */
export function translated(node: ASTNode, source: string): string {
  let count = 0;
  const fresh = (): string => `bound_${++count}`;
  const write = (part: ASTNode): string => {
    switch (part.op) {
      case "value":
        return source.slice(part.start, part.end);
      case "id":
        return part.args;
      case ".":
      case ".?":
        return `${operand(part.args[0])}${part.op}${part.args[1]}`;
      case "[]":
        return `${operand(part.args[0])}[${write(part.args[1])}]`;
      case "[?]":
        return `${operand(part.args[0])}[?${write(part.args[1])}]`;
      case "call":
        return call(part.args[0], part.args[1]);
      case "rcall":
        return method(...part.args);
      case "list":
        return `[${part.args.map(write).join(", ")}]`;
      case "map":
        return `{${part.args.map(([key, value]) => `${write(key)}: ${write(value)}`).join(", ")}}`;
      case "?:":
        return `${operand(part.args[0])} ? ${operand(part.args[1])} : ${operand(part.args[2])}`;
      case "!_":
      case "-_":
        return `${part.op.charAt(0)}${operand(part.args)}`;
      default:
        return `${operand(part.args[0])} ${part.op} ${operand(part.args[1])}`;
    }
  };
  const operand = (part: ASTNode): string => (atoms.has(part.op) ? write(part) : `(${write(part)})`);

  function call(name: string, args: readonly ASTNode[]): string {
    const [field] = args;
    if (name === "has" && field?.op === "." && !isPath(field.args[0])) {
      // The library looks through names alone, so that an element of a list, say, needs one.
      const holder = fresh();
      return `cel.bind(${holder}, ${write(field.args[0])}, has(${holder}.${field.args[1]}))`;
    }
    const target = standIns.functions.has(name) ? standIn(name) : name;
    return `${target}(${args.map(write).join(", ")})`;
  }

  function method(name: string, receiver: ASTNode, args: readonly ASTNode[]): string {
    const expanded = macro(name, receiver, args);
    if (expanded !== undefined) return expanded;
    const target = standIns.methods.has(name) ? standIn(name) : name;
    return `${operand(receiver)}.${target}(${args.map(write).join(", ")})`;
  }

  function macro(name: string, receiver: ASTNode, args: readonly ASTNode[]): string | undefined {
    const [first, second] = args;
    if (first?.op !== "id" || second === undefined) return undefined;
    if (args.length === 2) return ofOneVariable(name, receiver, first.args, second);
    if (second.op !== "id") return undefined;
    return ofTwoVariables(name, receiver, [first.args, second.args], args.slice(2));
  }

  function ofOneVariable(
    name: string,
    receiver: ASTNode,
    variable: string,
    body: ASTNode,
  ): string | undefined {
    const whole = fresh();
    const bind = (inner: string): string => `cel.bind(${whole}, ${write(receiver)}, ${inner})`;
    const value = `cel.bind(${variable}, ${whole}.value(), ${write(body)})`;
    switch (name) {
      case "sortBy":
        return bind(`sortedBy(${whole}, ${whole}.map(${variable}, ${write(body)}))`);
      case "optMap":
        return bind(`dyn(${whole}.hasValue() ? optional.of(${value}) : optional.none())`);
      case "optFlatMap":
        return bind(`dyn(${whole}.hasValue() ? ${value} : optional.none())`);
      default:
        return undefined;
    }
  }

  function ofTwoVariables(
    name: string,
    receiver: ASTNode,
    [key, value]: readonly [string, string],
    bodies: readonly ASTNode[],
  ): string | undefined {
    const entry = fresh();
    const bound = (text: string): string =>
      `cel.bind(${key}, ${entry}.key, cel.bind(${value}, ${entry}.value, ${text}))`;
    const entries = `entriesOf(${write(receiver)})`;
    const [body, transform] = bodies;
    if (body === undefined) return undefined;
    const isQuantifier = ["all", "exists", "exists_one", "existsOne"].includes(name);
    if (isQuantifier && bodies.length === 1)
      return `${entries}.${name === "existsOne" ? "exists_one" : name}(${entry}, ${bound(write(body))})`;
    const last = transform ?? body;
    const filter = transform === undefined ? "" : `${bound(write(body))}, `;
    switch (name) {
      case "transformList":
        return `${entries}.map(${entry}, ${filter}${bound(write(last))})`;
      case "transformMap":
        return `mapOf(${entries}.map(${entry}, ${filter}[dyn(${entry}.key), ${bound(write(last))}]))`;
      case "transformMapEntry":
        return `unitedMaps(${entries}.map(${entry}, ${filter}${bound(write(last))}))`;
      default:
        return undefined;
    }
  }

  return write(node);
}

const atoms: ReadonlySet<string> = new Set([
  "value",
  "id",
  "call",
  "rcall",
  "list",
  "map",
  ".",
  ".?",
  "[]",
  "[?]",
]);

const isPath = (node: ASTNode): boolean =>
  node.op === "id" || ((node.op === "." || node.op === ".?") && isPath(node.args[0]));
