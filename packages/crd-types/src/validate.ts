import { nearest, show, type ValidationIssue } from "./issue.ts";
import type { Schema } from "./schema.ts";
import { scalarIssues } from "./validate-scalar.ts";

type Fields = { readonly [name: string]: unknown };

/** What a validation needs at every node. */
interface Context {
  readonly definitions: { readonly [name: string]: Schema };
  readonly issues: ValidationIssue[];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Holds a value against a structural schema and returns everything that is wrong with it, as the API server would with
 * strict field validation: unknown fields are refused where the schema does not keep them, a field that is null is one
 * that is absent unless the schema is nullable.
 */
export function validate(
  value: unknown,
  schema: Schema,
  definitions: Context["definitions"],
  path = "",
): ValidationIssue[] {
  const context: Context = { definitions, issues: [] };
  checkNode(value, schema, path, context);
  return context.issues;
}

function checkNode(value: unknown, given: Schema, path: string, context: Context): void {
  const schema = resolve(given, context);
  if (value === null && schema.nullable === true) return;
  const issue = typeIssue(value, schema, path);
  if (issue) {
    context.issues.push(issue);
    return;
  }
  context.issues.push(...scalarIssues(value, schema, path));
  if (Array.isArray(value)) checkList(value, schema, path, context);
  else if (isFields(value)) checkFields(value, schema, path, context);
  checkCombinators(value, schema, path, context);
}

function resolve(schema: Schema, { definitions }: Context): Schema {
  if (schema.$ref === undefined) return schema;
  const definition = definitions[schema.$ref];
  if (!definition) throw new Error(`the schema refers to ${schema.$ref}, which is not declared`);
  const { $ref: _reference, ...beside } = schema;
  return { ...definition, ...beside };
}

function typeIssue(value: unknown, schema: Schema, path: string): ValidationIssue | undefined {
  const expected = schema["x-kubernetes-int-or-string"] === true ? "integer or string" : schema.type;
  if (expected === undefined || isOfType(value, expected)) return undefined;
  return { path, message: "the value has the wrong type", expected, got: show(value) };
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "object":
      return isFields(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "integer or string":
      return typeof value === "string" || Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function checkFields(value: Fields, schema: Schema, path: string, context: Context): void {
  const { properties = {}, additionalProperties, required = [] } = schema;
  for (const name of required) {
    if (isAbsent(value, name) && properties[name]?.default === undefined) {
      context.issues.push({
        path: join(path, name),
        message: `the field "${name}" is required`,
        expected: "a value",
      });
    }
  }
  for (const [name, inner] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (inner === undefined || (inner === null && property && !resolve(property, context).nullable)) continue;
    if (property) checkNode(inner, property, join(path, name), context);
    else if (typeof additionalProperties === "object")
      checkNode(inner, additionalProperties, join(path, name), context);
    else if (!keepsUnknown(schema))
      context.issues.push(unknownField(name, Object.keys(properties), join(path, name)));
  }
}

const isAbsent = (value: Fields, name: string): boolean =>
  !Object.hasOwn(value, name) || value[name] === undefined || value[name] === null;

const keepsUnknown = (schema: Schema): boolean =>
  schema["x-kubernetes-preserve-unknown-fields"] === true ||
  schema["x-kubernetes-embedded-resource"] === true ||
  schema.additionalProperties === true ||
  schema.type !== "object" ||
  schema.properties === undefined;

function unknownField(name: string, known: readonly string[], path: string): ValidationIssue {
  const suggestion = nearest(name, known);
  return {
    path,
    message: `the field "${name}" does not exist`,
    expected: known.length > 12 ? "a field of the schema" : `one of: ${known.join(", ")}`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function checkList(value: readonly unknown[], schema: Schema, path: string, context: Context): void {
  const { items } = schema;
  if (items)
    for (const [index, element] of value.entries()) checkNode(element, items, `${path}[${index}]`, context);
  const keys = schema["x-kubernetes-list-map-keys"];
  const identify =
    Array.isArray(keys) && schema["x-kubernetes-list-type"] === "map"
      ? (element: unknown) =>
          show(keys.map((key: string) => keyOf(element, key, items && resolve(items, context))))
      : schema["x-kubernetes-list-type"] === "set" || schema.uniqueItems === true
        ? (element: unknown) => JSON.stringify(element)
        : undefined;
  if (!identify) return;
  const seen = new Set<string>();
  for (const [index, element] of value.entries()) {
    const key = identify(element);
    if (seen.has(key))
      context.issues.push({
        path: `${path}[${index}]`,
        message: "the element stands twice",
        expected: "elements that differ",
        got: key,
      });
    seen.add(key);
  }
}

/** The API server fills in defaults before it compares keys. */
function keyOf(element: unknown, key: string, items: Schema | undefined): unknown {
  return (isFields(element) ? element[key] : undefined) ?? items?.properties?.[key]?.default;
}

function checkCombinators(value: unknown, schema: Schema, path: string, context: Context): void {
  const passes = (branch: Schema): boolean => {
    // The types stand outside; a branch only constrains what is there.
    const branchContext: Context = { definitions: context.definitions, issues: [] };
    checkNode(value, { ...branch, "x-kubernetes-preserve-unknown-fields": true }, path, branchContext);
    return branchContext.issues.length === 0;
  };
  for (const branch of schema.allOf ?? [])
    checkNode(value, { ...branch, "x-kubernetes-preserve-unknown-fields": true }, path, context);
  if (schema.anyOf && !schema.anyOf.some(passes)) {
    context.issues.push({
      path,
      message: "the value matches none of the alternatives",
      expected: show(schema.anyOf),
      got: show(value),
    });
  }
  const matching = schema.oneOf?.filter(passes).length ?? 1;
  if (matching !== 1) {
    context.issues.push({
      path,
      message: `the value matches ${matching} of the alternatives`,
      expected: `exactly one of ${show(schema.oneOf)}`,
      got: show(value),
    });
  }
  if (schema.not && passes(schema.not)) {
    context.issues.push({
      path,
      message: "the value is excluded",
      expected: `not ${show(schema.not)}`,
      got: show(value),
    });
  }
}

const join = (path: string, name: string): string => {
  const step = /^[\w$-]+$/.test(name) ? name : `[${JSON.stringify(name)}]`;
  return path === "" || step.startsWith("[") ? `${path}${step}` : `${path}.${step}`;
};
