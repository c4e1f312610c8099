import type { CustomKinds } from "../kubernetes/crd.ts";
import { keysOf } from "../value/element-keys.ts";
import { displayName, identity, type KubernetesObject } from "../kubernetes/object.ts";
import { pathWithStep } from "../value/path.ts";
import { isObject, type PlainObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "./problem.ts";
import { builtInKind, definitionOf, fieldNamed, type Definition, type Field } from "../kubernetes/schema.ts";

/** A problem with a place in a value. */
export type FieldProblem = Required<Pick<Problem, "code" | "path" | "what" | "expected" | "fix">>;

/**
 * What an object's schema has against it: fields that do not exist, values of another type, a version that its
 * CustomResourceDefinition does not have. A field that is null counts as one that is not there, as the API server has it:
 * `creationTimestamp: null` is in what kubectl prints. It takes a null in a map, such as a Secret's data, or in a list of texts
 * for one that is empty.
 */
export function objectProblems(object: KubernetesObject, customKinds: CustomKinds): readonly Problem[] {
  const builtIn = builtInKind(object.apiVersion, object.kind);
  const custom = builtIn ? undefined : customKinds(object);
  const { group, version } = identity(object);
  if (custom && custom.versions.length > 0 && !custom.versions.includes(version))
    return [{ object: displayName(object), ...unservedVersion(group, version, custom.versions) }];
  const definition = builtIn ?? custom?.definition(version);
  return findingsIn(object, fieldOf(definition), true).map((finding) => ({
    object: displayName(object),
    ...problemAt("", finding),
  }));
}

function unservedVersion(group: string, version: string, versions: readonly string[]): FieldProblem {
  const served = versions.map((each) => `${group}/${each}`);
  return {
    path: "apiVersion",
    code: "version-not-served",
    what: `the kind's CustomResourceDefinition does not serve ${version}`,
    expected: `one of: ${served.join(", ")}`,
    fix: didYouMean(`${group}/${version}`, served, "state one of them"),
  };
}

/** What a schema has against a value that is set whole: fields that do not exist, values of another type. */
export function fieldProblems(value: unknown, field: Field | undefined, at: string): readonly FieldProblem[] {
  return findingsIn(value, field, false).map((finding) => problemAt(at, finding));
}

/** The elements of lists that the API server merges by key, of which another one has the key already. */
export function repeatedElements(object: unknown, definition: Definition): readonly FieldProblem[] {
  return findingsIn(object, fieldOf(definition), true)
    .filter(({ isRepeated }) => isRepeated)
    .map((finding) => problemAt("", finding));
}

export const fieldOf = (definition: Definition | undefined): Field | undefined =>
  definition && { type: "object", definition };

/** What is wrong at a place, to which the steps lead, the last one first. */
export interface Finding {
  readonly steps: (string | number)[];
  readonly isRepeated?: boolean;
  readonly problem: (path: string) => FieldProblem;
}

/** What else there is to find in a value that has the type of its field. */
export type Further = (value: unknown, field: Field, findings: Finding[]) => void;

/** Nearly every value has nothing wrong in it, so that the way to it is noted only once something is. */
export function findingsIn(
  value: unknown,
  field: Field | undefined,
  mayBeNull: boolean,
  further?: Further,
): readonly Finding[] {
  const findings: Finding[] = [];
  lookForFindings(value, field, mayBeNull, findings, further);
  return findings;
}

function lookForFindings(
  value: unknown,
  field: Field | undefined,
  mayBeNull: boolean,
  findings: Finding[],
  further: Further | undefined,
): void {
  if (!field || value === undefined || field.type === "any") return;
  if (!hasType(value, field.type)) {
    findings.push(mistyped(value, field.type));
    return;
  }
  if (typeof value === "string") {
    if (field.values && value !== "" && !field.values.includes(value))
      findings.push(unlisted(value, field.values));
  } else if (Array.isArray(value)) lookIntoList(value, field, mayBeNull, findings, further);
  else if (isObject(value)) lookIntoObject(value, field, mayBeNull, findings, further);
  further?.(value, field, findings);
}

function lookIntoList(
  list: readonly unknown[],
  { keys, items }: Field,
  mayBeNull: boolean,
  findings: Finding[],
  further: Further | undefined,
): void {
  if (keys && list.length > 1) lookForRepeated(list, keys, findings);
  const mayElementsBeNull = mayBeNull && isScalar(items);
  for (let index = 0; index < list.length; index++) {
    if (list[index] === null && mayElementsBeNull) continue;
    lookInto(index, list[index], items, mayBeNull, findings, further);
  }
}

function lookIntoObject(
  object: PlainObject,
  field: Field,
  mayBeNull: boolean,
  findings: Finding[],
  further: Further | undefined,
): void {
  const definition = field.type === "object" ? definitionOf(field.definition) : undefined;
  for (const name of Object.keys(object)) {
    const inner = object[name];
    const known = definition ? fieldNamed(definition, name) : field.items;
    if (definition && !known && !definition.open) findings.push(unlistedField(name, definition));
    else if (inner !== null || !mayBeNull || !(definition || isScalar(known)))
      lookInto(name, inner, known, mayBeNull, findings, further);
  }
}

const mistyped = (value: unknown, type: Field["type"]): Finding => ({
  steps: [],
  problem: (path) => wrongType(path, expectations[type], value),
});

const unlisted = (value: string, values: readonly string[]): Finding => ({
  steps: [],
  problem: (path) => ({ path, ...unknownValue(value, values) }),
});

const unlistedField = (name: string, definition: Definition): Finding => ({
  steps: [name],
  problem: (path) => ({ path, ...unknownField(name, definition) }),
});

/** What the API server takes null for: an empty text, zero, false. */
const isScalar = (field: Field | undefined): boolean =>
  field !== undefined && !["object", "map", "list", "set"].includes(field.type);

function lookForRepeated(list: readonly unknown[], keys: readonly string[], findings: Finding[]): void {
  const [key = "name"] = keys;
  const seen = new Set<string>();
  for (const [index, element] of list.entries()) {
    // What has no key is none of several that have it.
    if (!isObject(element) || element[key] === undefined || element[key] === null) continue;
    const name = keysOf(element, keys).at(-1) ?? "";
    if (seen.has(name)) {
      const problem = (path: string): FieldProblem => ({ path, ...repeatedElement(name, keys) });
      findings.push({ steps: [index], isRepeated: true, problem });
    }
    seen.add(name);
  }
}

function repeatedElement(name: string, keys: readonly string[]): Omit<FieldProblem, "path"> {
  return {
    code: "element-repeated",
    what: `the list has an element "${name}" already`,
    expected: `one element of each ${keys.join(" and ")}: the API server refuses the second, or takes it for the first`,
    fix: "rename one of them, or make them one",
  };
}

function lookInto(
  step: string | number,
  value: unknown,
  field: Field | undefined,
  mayBeNull: boolean,
  findings: Finding[],
  further: Further | undefined,
): void {
  const before = findings.length;
  lookForFindings(value, field, mayBeNull, findings, further);
  for (let index = before; index < findings.length; index++) findings[index]?.steps.push(step);
}

export const problemAt = (at: string, { steps, problem }: Finding): FieldProblem =>
  problem(steps.reduceRight<string>(pathWithStep, at));

export function unknownField(name: string, { fields }: Definition): Omit<FieldProblem, "path"> {
  const names = [...fields.keys()].toSorted();
  return {
    code: "field-unknown",
    what: `the field "${name}" does not exist`,
    expected: names.length > 12 ? "a field that the kind has here" : `one of: ${names.join(", ")}`,
    fix: didYouMean(name, names, "take the field out"),
  };
}

/** What is wrong with a field that is stated and has no value. */
export const undefinedField = (path: string): FieldProblem => ({
  code: "value-undefined",
  what: "the value is undefined",
  path,
  expected: "a value",
  fix: "look why it has none: a variable of the environment that is not set? A field that may be missing is left out: ...(x !== undefined && { field: x })",
});

function unknownValue(value: string, values: readonly string[]): Omit<FieldProblem, "path"> {
  return {
    code: "value-unknown",
    what: `the value ${JSON.stringify(value)} does not exist`,
    expected: `one of: ${values.join(", ")}`,
    fix: didYouMean(value, values, "give one of them"),
  };
}

export function wrongType(path: string, expected: string, got: unknown): FieldProblem {
  const kind = Array.isArray(got) ? "a list" : isObject(got) ? "an object" : printedValue(got);
  return { code: "type-mismatch", path, what: `got ${kind}`, expected, fix: `give ${expected}` };
}

const printedValue = (value: unknown): string =>
  typeof value === "bigint" ? String(value) : JSON.stringify(value);

const expectations: Record<Field["type"], string> = {
  string: "a string",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
  scalar: "a number or a string",
  any: "any value",
  object: "an object",
  map: "an object",
  list: "a list",
  set: "a list",
};

function hasType(value: unknown, type: Field["type"]): boolean {
  if (type === "any") return true;
  if (type === "object" || type === "map") return isObject(value);
  if (type === "list" || type === "set") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value) || typeof value === "bigint";
  if (type === "scalar")
    return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
  if (type === "number") return typeof value === "number" || typeof value === "bigint";
  return typeof value === type;
}
