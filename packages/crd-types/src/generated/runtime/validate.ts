// Generated from crds/ by crd-codegen. Do not edit.

import { unknownIn } from "./complete.ts";
import { join, show, unknownFieldIssue, type ValidationIssue } from "./issue.ts";
import { duplicates, elementLike } from "./list.ts";
import { embeddedSchema } from "./metadata.ts";
import { metadataIssues } from "./metadata-rules.ts";
import type { ReadPattern } from "./pattern.ts";
import { scalarIssues } from "./scalar.ts";
import {
  elementSchema,
  isFields,
  own,
  unlike,
  type Fields,
  type Resolve,
  type Schema,
  type ValidationRule,
} from "./schema.ts";

/**
 * Runs the rules of one node; `old` is the value that it replaces, if there is one. Of a value that an update keeps, only
 * rules about the change and those that cannot be evaluated say something.
 */
export type RunRules = (
  rules: readonly ValidationRule[],
  schema: Schema,
  value: unknown,
  old: unknown,
  path: string,
  isKept?: boolean,
) => readonly ValidationIssue[];

/** What a schema may need beyond this: whatever is missing is not asked. */
export interface Tools {
  /** Runs the schema's rules. */
  readonly runRules?: RunRules;
  /** Reads patterns that have no expression in JavaScript. */
  readonly readPattern?: ReadPattern;
  /** How far an update may leave what was there as it was, whatever is wrong with it. */
  readonly ratchet?: Ratchet;
}

/** What an update keeps of the earlier object, by which the API server excuses it (CRDValidationRatcheting). */
export interface Ratchet {
  /** Whether the value at a path is what it was. */
  readonly isKept: (path: string) => boolean;
  /** Whether elements stood twice in any list of the earlier object: then they may in all. */
  readonly hadDuplicates: boolean;
}

/** What a validation needs at every node. */
interface Context extends Tools {
  readonly resolve: Resolve;
  readonly issues: ValidationIssue[];
  /** Set in a value that an update keeps: what is wrong with it all the same. */
  readonly kept?: { readonly issues: ValidationIssue[] };
}

/**
 * Holds a value against a structural schema and returns everything that is wrong with it, as the API server would with
 * strict field validation. Defaults are expected to be in place.
 *
 * @param old what the value replaces; transition rules compare the two.
 */
export function validate(
  value: unknown,
  schema: Schema,
  resolve: Resolve,
  tools: Tools,
  old?: unknown,
): ValidationIssue[] {
  const context: Context = { ...tools, resolve, issues: [] };
  checkNode(value, schema, "", context, old);
  return context.issues;
}

function checkNode(value: unknown, given: Schema, path: string, context: Context, old?: unknown): void {
  const { issues, resolve, ratchet, kept } = context;
  if (ratchet?.isKept(path) === true && !kept)
    return checkNode(value, given, path, { ...context, issues: [], kept: { issues } }, old);
  const schema = withIdentity(resolve(given), resolve);
  const before = issues.length;
  const issue = typeIssue(value, schema, path);
  if (issue) {
    issues.push(issue);
    if (kept) checkRules(value, schema, path, context, old);
    return;
  }
  issues.push(...scalarIssues(value, schema, path, context.readPattern));
  if (value === null) return;
  if (Array.isArray(value)) checkList(value, schema, path, context, old);
  else if (isFields(value)) {
    checkFields(value, schema, path, context, old);
    if (isResourceRoot(schema, path) && isFields(value["metadata"]))
      issues.push(...metadataIssues(value["metadata"], join(path, "metadata")));
  }
  checkCombinators(value, schema, path, context);
  if (kept && isEmbedded(schema)) checkNode(value, anyEmbedded, path, unexcused(context, kept.issues));
  // A rule may rely on what the schema says: it is asked only of a value that is right otherwise, or excused.
  if (issues.length === before || kept) checkRules(value, schema, path, context, old);
}

/** What nothing of an earlier object excuses. */
function unexcused(
  { ratchet: _ratchet, kept: _kept, ...context }: Context,
  issues: ValidationIssue[],
): Context {
  return { ...context, issues };
}

/** What an embedded object needs to be one. */
const anyEmbedded: Schema = {
  type: "object",
  "x-kubernetes-embedded-resource": true,
  "x-kubernetes-preserve-unknown-fields": true,
};

const isEmbedded = (schema: Schema): boolean => schema["x-kubernetes-embedded-resource"] === true;

const isResourceRoot = (schema: Schema, path: string): boolean => path === "" || isEmbedded(schema);

function withIdentity(schema: Schema, resolve: Resolve): Schema {
  return isEmbedded(schema) ? embeddedSchema(schema, resolve) : schema;
}

function typeIssue(value: unknown, schema: Schema, path: string): ValidationIssue | undefined {
  const expected = unlike(value, schema);
  return expected === undefined
    ? undefined
    : { path, message: "the value has the wrong type", expected, got: show(value) };
}

function checkFields(value: Fields, schema: Schema, path: string, context: Context, old: unknown): void {
  const { properties = {}, additionalProperties, required = [] } = schema;
  for (const name of required) {
    if (own(value, name) === undefined)
      context.issues.push({
        path: join(path, name),
        message: `the field "${name}" is required`,
        expected: "a value",
      });
  }
  const before = isFields(old) ? old : {};
  for (const [name, inner] of Object.entries(value)) {
    const field =
      own(properties, name) ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (field) checkNode(inner, field, join(path, name), context, own(before, name));
    // Any value is one of the map, and no field within it is known.
    else if (additionalProperties === true)
      context.issues.push(...unknownIn(inner, {}, join(path, name), context.resolve));
    else if (!keepsUnknown(schema))
      context.issues.push(unknownFieldIssue(name, Object.keys(properties), path));
  }
}

const keepsUnknown = (schema: Schema): boolean =>
  schema["x-kubernetes-preserve-unknown-fields"] === true || schema.type !== "object";

function checkList(
  value: readonly unknown[],
  schema: Schema,
  path: string,
  context: Context,
  old: unknown,
): void {
  const items = elementSchema(schema, context.resolve);
  for (const [index, element] of items ? value.entries() : [])
    checkNode(element, items ?? {}, `${path}[${index}]`, context, elementLike(element, schema, old));
  for (const { index, got } of context.ratchet?.hadDuplicates === true ? [] : duplicates(value, schema))
    context.issues.push({
      path: `${path}[${index}]`,
      message: "the element stands twice",
      expected: "elements that differ",
      got,
    });
}

/** The types stand outside; a branch only constrains what is there. */
const asBranch = (branch: Schema): Schema => ({ ...branch, "x-kubernetes-preserve-unknown-fields": true });

function checkCombinators(value: unknown, schema: Schema, path: string, context: Context): void {
  if (!(schema.allOf ?? schema.anyOf ?? schema.oneOf ?? schema.not)) return;
  const passes = (branch: Schema): boolean => {
    const inner = unexcused(context, []);
    checkNode(value, asBranch(branch), path, inner);
    return inner.issues.length === 0;
  };
  // What is kept within a branch excuses nothing there (apiextensions-apiserver 1.34, `validation/ratcheting.go`).
  const strict = unexcused(context, context.issues);
  for (const branch of schema.allOf ?? []) checkNode(value, asBranch(branch), path, strict);
  if (schema.anyOf && !schema.anyOf.some(passes))
    context.issues.push({
      path,
      message: "the value matches none of the alternatives",
      expected: describedBranches(schema.anyOf),
      got: show(value),
    });
  const matching = schema.oneOf?.filter(passes).length ?? 1;
  if (matching !== 1)
    context.issues.push({
      path,
      message: `the value matches ${matching === 0 ? "none" : matching} of the alternatives`,
      expected: `exactly one of: ${describedBranches(schema.oneOf ?? [])}`,
      got: show(value),
    });
  if (schema.not && passes(schema.not))
    context.issues.push({
      path,
      message: "the value is excluded",
      expected: `not: ${describedBranches([schema.not])}`,
      got: show(value),
    });
}

/** Alternatives as a person says them: the fields they demand, or else the schema itself. */
function describedBranches(branches: readonly Schema[]): string {
  return branches
    .map((branch) =>
      Object.keys(branch).join() === "required"
        ? `with ${branch.required?.join(" and ")}`
        : show(asStated(branch)),
    )
    .join(", ");
}

/** A schema as its author knows it. */
function asStated({ expression: _expression, ...branch }: Schema): Schema {
  return branch;
}

function checkRules(value: unknown, schema: Schema, path: string, context: Context, old: unknown): void {
  const { runRules, kept } = context;
  const stated = schema["x-kubernetes-validations"] ?? [];
  const rules = schema.allOf
    ? [...stated, ...schema.allOf.flatMap((node) => node["x-kubernetes-validations"] ?? [])]
    : stated;
  if (rules.length > 0 && runRules)
    (kept ?? context).issues.push(...runRules(rules, schema, value, old, path, kept !== undefined));
}
