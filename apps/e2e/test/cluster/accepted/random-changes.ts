import fc from "fast-check";
import type { Change, Steps } from "../../../../../packages/checks/test/api-server/change.ts";
import { resolved, type Document, type Schema } from "./open-api.ts";

/*
 * Changes of objects, by the schemas of their kinds: values that are taken out, that are at the edge of what they may be, or
 * that stand in a field of the same name elsewhere. What a change makes of an object is left to the API server to say.
 */

/** What the server sets itself, or decides about by other objects. */
const untouched = new Set([
  "apiVersion",
  "status",
  "managedFields",
  "uid",
  "resourceVersion",
  "selfLink",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "namespace",
  "generateName",
  "generation",
]);

const texts = [
  ..."a|A|a_b|-a|a-|a.b|a..b|a/b|example.com/a|1|10.0.0.1|10.0.0.0/8|fe80::1|*|../a|/a|a b|None|100m|50%".split(
    "|",
  ),
  "",
  "a".repeat(64),
  "a".repeat(254),
];
const numbers = [-1, 0, 1, 2, 16, 64, 100, 101, 1000, 65_535, 65_536, 2_147_483_647];
const quantities = ["0", "-1", "1", "2", "100m", "1500m", "1.5", "10Gi", "1e3", "abc"];
const numbersOrTexts = [0, -1, 1, 80, 70_000, "http", "50%", "150%", "-5%", "A b", ""];
const keys = ["a", "A", "a b", "a/b", "a/b/c", ".a", "example.com/gpu", "a".repeat(64), ""];

/** Values that stand in fields of a name, in whatever object. */
export type Known = ReadonlyMap<string, readonly unknown[]>;

/** The values of all fields of objects, by their names. */
export function knownValues(objects: readonly object[]): Known {
  const known = new Map<string, Map<string, unknown>>();
  const visit = (value: unknown, name: string): void => {
    const named = known.get(name) ?? new Map<string, unknown>();
    named.set(JSON.stringify(value), value);
    known.set(name, named);
    if (typeof value !== "object" || value === null) return;
    for (const [step, inner] of Object.entries(value))
      visit(inner, Array.isArray(value) ? `${name}[]` : step);
  };
  for (const object of objects) visit(object, "");
  return new Map([...known].map(([name, values]) => [name, [...values.values()]]));
}

/** All values that may be put in one place, or that it may be left out. */
type Choices = readonly Change[];

/** What may be changed in an object: for each place, one of several changes. */
export function changesOf(
  object: object,
  schema: Schema,
  document: Document,
  known: Known,
): readonly Choices[] {
  const all: Choices[] = [];
  const visit = (value: unknown, given: Schema, steps: Steps): void => {
    const name = nameOf(steps);
    const [found, type] = resolved(given, document);
    const values = valuesFor(value, found, type, name, document, known);
    const choices: Change[] = values.filter((each) => isWorthIt(each, value)).map((each) => [steps, each]);
    if (value !== undefined && steps.length > 0 && name !== "metadata") choices.push([steps], [steps]);
    if (choices.length > 0 && steps.length > 0) all.push(choices);
    if (Array.isArray(value) && found.items)
      for (const [step, inner] of value.entries()) visit(inner, found.items, [...steps, step]);
    else if (typeof value === "object" && value !== null) fieldsOf(value, found, steps, visit);
  };
  visit(object, schema, []);
  return all;
}

/** What an API server cannot read: fields that there are not, beside each other one, and values of another type. */
export function misreadingsOf(object: object, schema: Schema, document: Document): readonly Choices[] {
  const all: Choices[] = [];
  const visit = (value: unknown, given: Schema, steps: Steps): void => {
    const [found, type] = resolved(given, document);
    if (steps.length > 0 && value !== undefined)
      all.push(othersThan(found, type).map((each) => [steps, each]));
    if (Array.isArray(value) && found.items)
      for (const [step, inner] of value.entries()) visit(inner, found.items, [...steps, step]);
    else if (typeof value === "object" && value !== null) {
      const names = Object.keys(found.properties ?? {});
      if (names.length > 0)
        all.push(
          ["unheardOf", ...names.slice(0, 3).map((name) => `${name}s`)].map((name) => [[...steps, name], 1]),
        );
      fieldsOf(value, found, steps, visit);
    }
  };
  visit(object, schema, []);
  return all.filter((choices) => choices.length > 0);
}

/** Values of other types than a schema's. */
function othersThan(schema: Schema, type: string): readonly unknown[] {
  if (type === "JSON" || type === "RawExtension") return [];
  if (type === "Quantity" || type === "IntOrString" || schema.format === "int-or-string")
    return [true, [], {}];
  if (schema.type === "string") return [1, true, ["a"], {}];
  if (schema.type === "integer") return ["a", "1", 1.5, true, [1], {}];
  if (schema.type === "number") return ["a", true, []];
  if (schema.type === "boolean") return ["true", 1, {}];
  return schema.type === "array" ? ["a", 1, {}] : ["a", 1, true, []];
}

/** Whether a value is another one than there is, and small enough to say by itself what it changes. */
function isWorthIt(value: unknown, present: unknown): boolean {
  const text = JSON.stringify(value);
  return text !== JSON.stringify(present) && text.length < 300;
}

function fieldsOf(
  value: object,
  { properties = {}, additionalProperties }: Schema,
  steps: Steps,
  visit: (value: unknown, schema: Schema, steps: Steps) => void,
): void {
  const present = new Map(Object.entries(value));
  for (const [name, inner] of Object.entries(properties))
    if (!untouched.has(name) && !(steps.length === 0 && (name === "kind" || name === "metadata")))
      visit(present.get(name), inner, [...steps, name]);
  if (steps.length === 0 && properties["metadata"])
    visit(present.get("metadata"), properties["metadata"], ["metadata"]);
  if (additionalProperties)
    for (const [name, inner] of present) visit(inner, additionalProperties, [...steps, name]);
}

const nameOf = (steps: Steps): string => {
  const last = steps.at(-1);
  return typeof last === "number" ? `${nameOf(steps.slice(0, -1))}[]` : (last ?? "");
};

function valuesFor(
  value: unknown,
  schema: Schema,
  type: string,
  name: string,
  document: Document,
  known: Known,
  depth = 2,
): readonly unknown[] {
  const alike = known.get(name) ?? [];
  if (type === "Quantity") return [...quantities, ...alike];
  if (type === "IntOrString" || schema.format === "int-or-string") return [...numbersOrTexts, ...alike];
  if (type === "Time" || type === "MicroTime" || schema.format === "byte") return alike;
  if (type === "JSON" || type === "RawExtension") return [...alike, 1, "a", {}, []];
  if (schema.type === "string") return [...texts, ...alike, ...alike, ...misspelt(value)];
  if (schema.type === "integer" || schema.type === "number") return [...numbers, ...alike];
  if (schema.type === "boolean") return [true, false];
  const within = (inner: Schema = {}, field = ""): readonly unknown[] =>
    depth <= 0 ? [] : sample(inner, document, known, field, depth - 1);
  if (Array.isArray(value))
    return [
      [],
      [...value, value[0]],
      ...within(schema.items, `${name}[]`).map((each) => [...value, each]),
      ...alike,
    ];
  if (schema.type === "array")
    return [[], ...alike, ...within(schema.items, `${name}[]`).map((each) => [each])];
  if (schema.additionalProperties) {
    const [inner = ""] = within(schema.additionalProperties);
    const present = typeof value === "object" ? value : {};
    return [{}, ...keys.map((key) => ({ ...present, [key]: inner })), ...alike];
  }
  return value === undefined ? [...alike, ...within(schema, name)] : [{}, ...alike];
}

/** A word as it is mistyped. */
function misspelt(value: unknown): readonly string[] {
  if (typeof value !== "string" || value === "") return [];
  return [value.toUpperCase(), value.toLowerCase(), `${value}s`, value.slice(0, -1), ` ${value}`];
}

/** Some values of a schema; those of objects have the required fields alone. */
function sample(
  given: Schema,
  document: Document,
  known: Known,
  name: string,
  depth: number,
): readonly unknown[] {
  const [schema, type] = resolved(given, document);
  const alike = known.get(name) ?? [];
  if (schema.type !== "object" || schema.additionalProperties)
    return [...alike, ...valuesFor(undefined, schema, type, name, document, known, depth).slice(0, 6)];
  if (depth <= 0) return [...alike, {}];
  const made: Record<string, unknown> = {};
  for (const field of schema.required ?? []) {
    const inner = schema.properties?.[field];
    if (inner) made[field] = sample(inner, document, known, field, depth - 1)[0];
  }
  return [...alike, {}, made];
}

/** One random change of a kind of place, after some places were left out; or one that makes an object unreadable. */
export function randomChanges(
  choices: readonly Choices[],
  misreadings: readonly Choices[],
): fc.Arbitrary<readonly Change[]> {
  const removable = choices.flatMap((each) => each.filter((change) => change.length === 1).slice(0, 1));
  const removal =
    removable.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...removable), { maxLength: 3 });
  const last = fc.constantFrom(...choices).chain((each) => fc.constantFrom(...each));
  const misread = fc.constantFrom(...misreadings).chain((each) => fc.constantFrom(...each));
  return fc.oneof(
    { weight: 2, arbitrary: misread.map((change): readonly Change[] => [change]) },
    { weight: 6, arbitrary: last.map((change): readonly Change[] => [change]) },
    { weight: 2, arbitrary: fc.tuple(removal, last).map(([before, change]) => [...before, change]) },
    { weight: 1, arbitrary: removal },
    { weight: 1, arbitrary: fc.array(last, { minLength: 2, maxLength: 3 }) },
  );
}
