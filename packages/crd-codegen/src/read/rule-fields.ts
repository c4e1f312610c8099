import type { ASTNode } from "@marcbachmann/cel-js";
import { isObject, ownProperty, type Json } from "../model/schema.ts";
import { escapedField } from "../runtime/cel/value.ts";
import { nearestOf } from "../runtime/issue.ts";

/** What names stand for: their schemas; undefined for one of which nothing is known. */
type NameScope = ReadonlyMap<string, Json | undefined>;

/** Names that mean something without being bound: types, and what functions are gathered under. */
const ownNames = new Set(
  "bool bytes cidr double duration dyn format google int ip list map math null_type optional quantity semver sets string strings timestamp type uint url".split(
    " ",
  ),
);

/** What an expression is for. */
export interface RuleUse {
  /** Whether `self` is an object of its own, of which a rule sees the name, too. */
  readonly isObjectItself: boolean;
  /** The type that is expected, where one is. */
  readonly gives?: "boolean" | "string";
}

/**
 * The field that an expression of CEL reads and its schema does not have, or the name that there is not: an API server
 * compiles expressions against the schema, and refuses the CRD. What is not followed, such as what functions give, is left
 * to it.
 *
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#type-checking,
 * and what an API server says of the tests' rules.
 *
 * @param schema of what `self` is.
 */
export function unknownInRule(
  expression: ASTNode,
  schema: Json,
  { isObjectItself, gives }: RuleUse,
): string | undefined {
  let found: string | undefined;
  const self = isObjectItself ? withObjectFields(schema) : schema;
  const report = (what: string, name: string, near: readonly string[]): undefined => {
    const suggestion = nearestOf(name, near);
    found ??= `${what}${suggestion === undefined ? "" : `, did you mean "${suggestion}"?`}`;
    return undefined;
  };

  /** The schema of what a part of the expression gives. */
  const follow = (part: ASTNode, scope: NameScope): Json | undefined => {
    switch (part.op) {
      case "id":
        if (!scope.has(part.args) && !ownNames.has(part.args))
          return report(`there is nothing called ${part.args}`, part.args, [...scope.keys()]);
        return scope.get(part.args);
      case ".":
      case ".?":
        return fieldIn(follow(part.args[0], scope), part.args[1]);
      case "[]":
      case "[?]":
        follow(part.args[1], scope);
        return elementOf(follow(part.args[0], scope));
      case "rcall":
        return called(part.args, scope);
      case "value":
        return undefined;
      default:
        for (const inner of argumentNodes(part.args)) follow(inner, scope);
        return undefined;
    }
  };

  function fieldIn(holder: Json | undefined, name: string): Json | undefined {
    if (holder === undefined || !hasOwnFields(holder)) return undefined;
    const known = holder["x-kubernetes-embedded-resource"] === true ? withObjectFields(holder) : holder;
    const properties = isObject(known["properties"]) ? known["properties"] : {};
    const field = Object.keys(properties).find((each) => each === name || escapedField(each) === name);
    if (field === undefined)
      return report(`the schema has no field ${name}`, name, Object.keys(properties).map(escapedField));
    const inner = ownProperty(properties, field);
    return isObject(inner) ? inner : undefined;
  }

  function elementOf(holder: Json | undefined): Json | undefined {
    if (holder === undefined || !hasOwnFields(holder)) return elementIn(holder);
    found ??= "fields of an object are read with a dot, and not in brackets";
    return undefined;
  }

  /** A method, or a macro, which binds a name to each element. */
  function called(
    [name, receiver, args]: readonly [string, ASTNode, readonly ASTNode[]],
    scope: NameScope,
  ): undefined {
    // What functions of a newer API server are gathered under is not known here.
    const holder = isForeign(receiver, scope) ? undefined : follow(receiver, scope);
    const bound = args.flatMap((each) => (each.op === "id" && isForeign(each, scope) ? [each.args] : []));
    const bindings = macros.has(name)
      ? args.slice(0, -1).flatMap((each) => (each.op === "id" ? [each.args] : []))
      : bound;
    const inner: Map<string, Json | undefined> = new Map([
      ...scope,
      ...bindings.map((each) => [each, undefined] as const),
    ]);
    const isMap = holder !== undefined && isObject(holder["additionalProperties"]);
    // Of two names, or of a map, the first is a key or an index.
    const ofElement = isMap ? bindings[1] : bindings.at(-1);
    if (macros.has(name) && ofElement !== undefined) inner.set(ofElement, elementIn(holder));
    for (const each of args) if (each.op !== "id" || !bindings.includes(each.args)) follow(each, inner);
    return undefined;
  }

  const result = follow(
    expression,
    new Map([
      ["self", self],
      ["oldSelf", self],
    ]),
  );
  const given = result?.["type"];
  if (gives !== undefined && typeof given === "string" && given !== gives)
    found ??= `it is of the type ${given}, and ${gives} was expected`;
  return found;
}

/** Whether a name is neither known nor near one that is. */
const isForeign = (part: ASTNode, scope: NameScope): boolean =>
  part.op === "id" && !scope.has(part.args) && nearestOf(part.args, [...scope.keys()]) === undefined;

/** Macros that look at each element; others may be of a newer API server, and bind what is not known. */
const macros = new Set([
  "all",
  "exists",
  "exists_one",
  "existsOne",
  "filter",
  "map",
  "sortBy",
  "transformList",
  "transformMap",
  "transformMapEntry",
]);

/** The expressions among the arguments of an operation. */
const argumentNodes = (args: unknown): readonly ASTNode[] =>
  Array.isArray(args) ? args.flatMap(argumentNodes) : isAstNode(args) ? [args] : [];

const isAstNode = (value: unknown): value is ASTNode =>
  typeof value === "object" && value !== null && "op" in value && "args" in value;

/** Whether a schema is of an object with fields of its own, rather than of a map or of anything. */
const hasOwnFields = (schema: Json): boolean =>
  schema["type"] === "object" &&
  schema["additionalProperties"] === undefined &&
  schema["x-kubernetes-int-or-string"] !== true;

function elementIn(holder: Json | undefined): Json | undefined {
  const inner = holder && (holder["type"] === "array" ? holder["items"] : holder["additionalProperties"]);
  return isObject(inner) ? inner : undefined;
}

const textSchema = { type: "string" };

/** What a rule sees of an object as such, whatever its schema says of it. */
function withObjectFields(schema: Json): Json {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const metadata = { type: "object", properties: { name: textSchema, generateName: textSchema } };
  return { ...schema, properties: { ...properties, apiVersion: textSchema, kind: textSchema, metadata } };
}
