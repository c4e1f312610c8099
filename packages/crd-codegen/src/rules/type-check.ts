import { nearestOf } from "../runtime/issue.ts";
import { celFunctions, type CelOverload } from "./cel-functions.ts";
import type { CelLoop, CelTree } from "./cel-tree.ts";
import {
  celType,
  dynType,
  isSameText,
  moreGeneral,
  resolvedType,
  typeText,
  unified,
  unifiedAll,
  type CelType,
  type TypeBindings,
} from "./cel-type.ts";
import { declaredField } from "./declared-type.ts";

/** What the parts of an expression are. */
export interface CheckedTree {
  /** What the whole gives. */
  readonly gives: CelType;
  /** Whether all functions are known here. */
  readonly isWhole: boolean;
  readonly typeOf: (part: CelTree) => CelType;
  /** The ways in which a call may be meant: several, where the types of its arguments are not known. */
  readonly overloadsOf: (part: CelTree) => readonly CelOverload[];
}

type CelScope = ReadonlyMap<string, CelType>;

/** What an expression means as far as its types tell, or why it means nothing. */
class TypeFault extends Error {}

const fault = (what: string, name?: string, near: Iterable<string> = []): never => {
  const suggestion = name === undefined ? undefined : nearestOf(name, [...near]);
  throw new TypeFault(`${what}${suggestion === undefined ? "" : `, did you mean "${suggestion}"?`}`);
};

/** Names of types, which stand for these; what begins with google is left to the API server. */
const typeNames = new Set(
  "bool bytes double dyn google int kubernetes list map net null_type optional_type string type uint".split(
    " ",
  ),
);

/**
 * The types of an expression, or why it has none: an API server compiles expressions against the schema, and refuses a CRD
 * whose expressions read a field that there is not, or apply a function to what it does not take.
 *
 * Sources: github.com/google/cel-go/checker, and
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#type-checking.
 */
export function checkedTree(tree: CelTree, variables: CelScope): CheckedTree | string {
  const types = new Map<CelTree, CelType>();
  const overloads = new Map<CelTree, readonly CelOverload[]>();
  let bindings: TypeBindings = new Map();
  let fresh = 0;
  let isWhole = true;

  const freshVariable = (): CelType => celType(`?${++fresh}`);
  const resolved = (type: CelType): CelType => resolvedType(type, bindings);
  const goesWith = (a: CelType, b: CelType): boolean => {
    const found = unified(a, b, bindings);
    if (found !== undefined) bindings = found;
    return found !== undefined;
  };

  const check = (part: CelTree, scope: CelScope): CelType => {
    const type = typeIn(part, scope);
    types.set(part, type);
    return type;
  };

  function typeIn(part: CelTree, scope: CelScope): CelType {
    switch (part.kind) {
      case "literal":
        return typeOfLiteral(part.value);
      case "name":
        return named(part.name, scope);
      case "field":
        return selected(part, scope);
      case "call":
        return called(part, scope);
      case "list":
        return celType("list", joined(part.elements, scope));
      case "map":
        return celType(
          "map",
          joined(
            part.entries.map(([key]) => key),
            scope,
          ),
          joined(
            part.entries.map(([, value]) => value),
            scope,
          ),
        );
      default:
        return looped(part, scope);
    }
  }

  function named(name: string, scope: CelScope): CelType {
    const type = scope.get(name);
    if (type !== undefined) return type;
    if (typeNames.has(name)) return celType("type", dynType);
    return fault(`there is nothing called ${name}`, name, scope.keys());
  }

  function selected(part: CelTree & { kind: "field" }, scope: CelScope): CelType {
    const path = dottedName(part);
    const [root = ""] = path?.split(".") ?? [];
    // Types of other packages than Kubernetes', as google.protobuf.Timestamp.
    if (path !== undefined && !scope.has(root) && typeNames.has(root)) return dynType;
    const type = fieldType(check(part.holder, scope), part.field);
    return part.isTest ? celType("bool") : resolved(type);
  }

  function fieldType(holder: CelType, field: string): CelType {
    const known = resolved(holder);
    const [inner = dynType] = known.of;
    if (known.name === "optional") return optionalOf(fieldType(inner, field));
    if (known.name === "map") return known.of[1] ?? dynType;
    if (known.fields !== undefined)
      return (
        declaredField(known, field) ?? fault(`the schema has no field ${field}`, field, known.fields.keys())
      );
    if (known.name.startsWith("?")) goesWith(dynType, known);
    else if (known.name !== "dyn") fault(`${typeText(known)} has no field ${field}`);
    return dynType;
  }

  function called(part: CelTree & { kind: "call" }, scope: CelScope): CelType {
    const { name, receiver } = part;
    if (name === "_?._") return optionalField(part.args, scope);
    const prefix = receiver && dottedName(receiver);
    const gatheredUnder = prefix === undefined ? undefined : celFunctions.get(`${prefix}.${name}`);
    const known = gatheredUnder ?? celFunctions.get(name);
    if (known === undefined) return calledUnknown(part, scope);
    const args = part.args.map((each) => check(each, scope));
    if (receiver === undefined || gatheredUnder !== undefined)
      return resolvedCall(part, name, known, args, false);
    return resolvedCall(part, name, known, [check(receiver, scope), ...args], true);
  }

  /** A function of a newer API server may be, with names of its own, or a misspelt one. */
  function calledUnknown({ name, receiver, args }: CelTree & { kind: "call" }, scope: CelScope): CelType {
    const isForeign = (part: CelTree): boolean =>
      part.kind === "name" && !scope.has(part.name) && nearestOf(part.name, [...scope.keys()]) === undefined;
    const isGathered = receiver !== undefined && isForeign(receiver);
    if (!isGathered && nearestOf(name, [...celFunctions.keys()]) !== undefined)
      fault(`there is no function ${name}()`, name, celFunctions.keys());
    isWhole = false;
    if (receiver !== undefined && !isGathered) check(receiver, scope);
    const inner = new Map(scope);
    for (const each of args) if (each.kind === "name" && isForeign(each)) inner.set(each.name, dynType);
    for (const each of args) check(each, inner);
    return dynType;
  }

  function optionalField([holder, field]: readonly CelTree[], scope: CelScope): CelType {
    const name = field?.kind === "literal" ? String(field.value) : "";
    const type = fieldType(holder === undefined ? dynType : check(holder, scope), name);
    if (field !== undefined) types.set(field, celType("string"));
    return resolved(optionalOf(type));
  }

  /** What a call gives: where several ways go with the arguments, what is common to them. */
  function resolvedCall(
    part: CelTree,
    name: string,
    known: readonly CelOverload[],
    args: readonly CelType[],
    isMethod: boolean,
  ): CelType {
    const fitting: CelOverload[] = [];
    let gives: CelType | undefined;
    for (const overload of known) {
      if (overload.isMethod !== isMethod) continue;
      const { takes, result } = instance(overload);
      const found = unifiedAll(args, takes, bindings);
      if (found === undefined) continue;
      bindings = found;
      fitting.push(overload);
      const given = resolved(result);
      gives ??= given;
      if (gives.name !== "dyn" && !isSameText(gives, given)) gives = dynType;
    }
    overloads.set(part, fitting);
    return (
      gives ??
      fault(
        misapplied(
          name,
          args.map((each) => typeText(resolved(each))),
          isMethod,
        ),
      )
    );
  }

  /** A way to call a function, with variables of its own. */
  function instance({ takes, gives }: CelOverload): { takes: readonly CelType[]; result: CelType } {
    const own = new Map<string, CelType>();
    const renewed = (type: CelType): CelType => {
      if (type.name.startsWith("?")) {
        const variable = own.get(type.name) ?? freshVariable();
        own.set(type.name, variable);
        return variable;
      }
      return type.of.length === 0 ? type : { ...type, of: type.of.map(renewed) };
    };
    return { takes: takes.map(renewed), result: renewed(gives) };
  }

  /** The type of what stands side by side in a list or a map; what is mixed is looked at where it may not be. */
  function joined(parts: readonly CelTree[], scope: CelScope): CelType {
    let common: CelType | undefined;
    for (const part of parts) {
      const type = check(part, scope);
      if (common === undefined) common = type;
      else common = goesWith(common, type) ? moreGeneral(common, type) : dynType;
    }
    return common ?? freshVariable();
  }

  function looped(part: CelLoop, scope: CelScope): CelType {
    const range = resolved(check(part.range, scope));
    const result = check(part.start, scope);
    const outer = new Map(scope).set(part.result, result);
    const inner = new Map(outer);
    for (const [index, each] of loopTypes(range, part.variables.length).entries())
      inner.set(part.variables[index] ?? "", each);
    expectType(check(part.condition, inner), celType("bool"));
    expectType(check(part.step, inner), result);
    return resolved(check(part.end, outer));
  }

  function expectType(type: CelType, expected: CelType): void {
    if (!goesWith(expected, type))
      fault(`${typeText(resolved(type))} is given, and ${typeText(resolved(expected))} was expected`);
  }

  /** The types of the names that a loop binds: the elements of a list, the keys of a map. */
  function loopTypes(range: CelType, count: number): readonly CelType[] {
    const [first = dynType, second = dynType] = range.of;
    if (range.name === "list") return count === 1 ? [first] : [celType("int"), first];
    if (range.name === "map") return [first, second];
    if (range.name.startsWith("?")) goesWith(dynType, range);
    else if (range.name !== "dyn") fault(`${typeText(range)} is neither a list nor a map`);
    return [dynType, dynType].slice(0, count);
  }

  const known = (type: CelType): CelType => withoutVariables(resolved(type));
  try {
    const gives = known(check(tree, variables));
    return {
      gives,
      isWhole,
      typeOf: (part) => known(types.get(part) ?? dynType),
      overloadsOf: (part) => overloads.get(part) ?? [],
    };
  } catch (error) {
    if (error instanceof TypeFault) return error.message;
    throw error;
  }
}

/** What stands for nothing in the end is not known. */
const withoutVariables = (type: CelType): CelType =>
  type.name.startsWith("?") ? dynType : { ...type, of: type.of.map(withoutVariables) };

const optionalOf = (type: CelType): CelType => (type.name === "optional" ? type : celType("optional", type));

function typeOfLiteral(value: unknown): CelType {
  if (value === null) return celType("null");
  if (value instanceof Uint8Array) return celType("bytes");
  if (typeof value === "object") return celType("uint");
  const names = { string: "string", boolean: "bool", bigint: "int", number: "double" } as const;
  return celType(names[typeof value as keyof typeof names] ?? "dyn");
}

/** A path of names, as functions are called by that are gathered under one. */
export function dottedName(part: CelTree): string | undefined {
  if (part.kind === "name") return part.name;
  const holder = part.kind === "field" && !part.isTest ? dottedName(part.holder) : undefined;
  return holder === undefined || part.kind !== "field" ? undefined : `${holder}.${part.field}`;
}

/** That a function does not take what it is called with. */
function misapplied(name: string, args: readonly string[], isMethod: boolean): string {
  const [holder = "", ...rest] = args;
  if (/^\w[\w.]*$/.test(name))
    return isMethod
      ? `${holder} has no ${name}(${rest.join(", ")})`
      : `${name}() does not take ${args.length === 0 ? "nothing" : args.join(", ")}`;
  const sign = name === "_?_:_" ? "? :" : name.replaceAll("_", "").replace("@", "");
  if (sign === "[]" && holder === "object")
    return "fields of an object are read with a dot, and not in brackets";
  return `${sign} does not go with ${args.join(" and ")}`;
}
