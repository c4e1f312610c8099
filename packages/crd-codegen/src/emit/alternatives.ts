import { printKey } from "@atlas/typescript/write";
import { isObject, type Schema } from "../model/schema.ts";
import { allowedValues, hasDefault, typeExpression, type TypeScope } from "./type-expression.ts";

/** What one branch of a combinator says of the object's fields. */
interface Branch {
  readonly required: readonly string[];
  readonly forbidden: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Whether this is all that the branch says. */
  readonly isExact: boolean;
}

/** A product of unions that is larger takes the compiler longer than it helps the reader. */
const mostCases = 64;

/**
 * What `oneOf`, `anyOf` and `not` say of an object's fields, as types that are to be intersected with its interface: which
 * fields stand together, which exclude each other. What no type can say is left to the validator.
 *
 * A field that must not be there has a sentence as its type, which the compiler shows to whoever states it.
 */
export function alternatives(schema: Schema, scope: TypeScope): readonly (readonly string[])[] {
  const found = [schema, ...(schema.allOf ?? [])].flatMap((node) =>
    [casesOf(node.oneOf, schema, true), casesOf(node.anyOf, schema, false), exclusion(node, schema)].filter(
      (cases) => cases !== undefined,
    ),
  );
  let count = 1;
  return found
    .filter((cases) => (count *= cases.length) <= mostCases)
    .map((cases) => cases.map((branch) => caseType(branch, schema, scope)));
}

type Case = Omit<Branch, "isExact"> & { readonly why: string };

function casesOf(
  branches: readonly Schema[] | undefined,
  schema: Schema,
  isExclusive: boolean,
): Case[] | undefined {
  if (!branches || branches.length === 0) return undefined;
  const parsed = branches.map((branch) => parseBranch(branch, schema));
  const single = parsed.flatMap(({ required, isExact }) =>
    isExact && required.length === 1 ? required : [],
  );
  const why = single.length > 1 ? `exactly one of: ${single.join(", ")}` : "not in this case";
  const cases = parsed.map(({ required, forbidden, values }) => {
    // A field that alone fulfils another branch would make that one match as well.
    const others = isExclusive ? single.filter((name) => !required.includes(name)) : [];
    return { required, values, forbidden: [...new Set([...forbidden, ...others])], why };
  });
  const says = ({ required, forbidden, values }: Case): boolean =>
    required.length + forbidden.length + values.size > 0;
  return cases.every(says) ? cases : undefined;
}

/** `not: { required: [a, b] }`: one of them is missing. */
function exclusion({ not }: Schema, schema: Schema): Case[] | undefined {
  const names = not === undefined ? [] : excluded(not);
  const isKnown = names.length > 0 && names.every((name) => Object.hasOwn(schema.properties ?? {}, name));
  if (!isKnown) return undefined;
  const why = names.length === 1 ? "not allowed" : `not together: ${names.join(", ")}`;
  return names.map((name) => ({ required: [], forbidden: [name], values: new Map(), why }));
}

/** The fields that a schema under `not` demands, if it says nothing else. */
function excluded(not: Schema): readonly string[] {
  return Object.keys(not).join() === "required" ? (not.required ?? []) : [];
}

function parseBranch(branch: Schema, schema: Schema): Branch {
  const { required = [], not, properties = {}, ...rest } = branch;
  const isDeclared = (name: string): boolean => Object.hasOwn(schema.properties ?? {}, name);
  const demanded = required.filter(
    (name) => isDeclared(name) && !hasDefault(schema.properties?.[name] ?? {}),
  );
  const forbidden = not === undefined ? [] : excludedAny(not).filter(isDeclared);
  const values = new Map(
    Object.entries(properties).flatMap(([name, property]): [string, readonly string[]][] => {
      const allowed = isObject(property) ? allowedValues(property) : undefined;
      return allowed && isDeclared(name) ? [[name, allowed]] : [];
    }),
  );
  const isExact =
    demanded.length === required.length &&
    not === undefined &&
    Object.keys({ ...rest, ...properties }).length === 0;
  return { required: demanded, forbidden, values, isExact };
}

/** The fields of which none may be there: `not: { required: [a] }`, `not: { anyOf: [{ required: [a] }, …] }`. */
function excludedAny(not: Schema): readonly string[] {
  const single = excluded(not);
  if (single.length === 1) return single;
  const lists = Object.keys(not).join() === "anyOf" ? (not.anyOf ?? []).map(excluded) : [];
  return lists.every((list) => list.length === 1) ? lists.flat() : [];
}

function caseType({ required, forbidden, values, why }: Case, schema: Schema, scope: TypeScope): string {
  const always = new Set([...required, ...(schema.required ?? [])]);
  const stated = required.filter((name) => !values.has(name));
  const fields = [
    ...stated.map((name) => `${printKey(name)}: ${typeExpression(schema.properties?.[name] ?? {}, scope)}`),
    ...[...values].map(
      ([name, literals]) => `${printKey(name)}${always.has(name) ? "" : "?"}: ${literals.join(" | ")}`,
    ),
    ...forbidden.map((name) => `${printKey(name)}?: ${JSON.stringify(why)}`),
  ];
  return `{ ${fields.join("; ")} }`;
}
