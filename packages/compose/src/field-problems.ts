import { displayName, type KubernetesObject } from "./object.ts";
import { isObject } from "./plain.ts";
import { didYouMean, type Problem } from "./problem.ts";
import { builtInKind, definitionOf, type Definition, type Field } from "./schema.ts";

/** A problem with a place in a value. */
export type FieldProblem = Required<Pick<Problem, "path" | "what" | "expected" | "mend">>;

/**
 * The fields of a built-in object that Kubernetes 1.34 does not know. Of other kinds nothing is known here, and nothing
 * is said.
 */
export function unknownFields(object: KubernetesObject): readonly Problem[] {
  const definition = builtInKind(object.apiVersion, object.kind);
  const known: Field = definition ? { type: "object", definition } : { type: "any" };
  return [...walk(object, known, "")]
    .filter(({ isUnknown }) => isUnknown)
    .map(({ problem }) => ({ object: displayName(object), ...problem }));
}

/** What a schema has against a value that is set whole: fields that do not exist, values of another type. */
export function fieldProblems(value: unknown, field: Field | undefined, at: string): readonly FieldProblem[] {
  return [...walk(value, field, at)].map(({ problem }) => problem);
}

function* walk(
  value: unknown,
  field: Field | undefined,
  at: string,
): Generator<{ problem: FieldProblem; isUnknown: boolean }> {
  if (!field || value === undefined) return;
  if (!hasType(value, field.type)) {
    yield { problem: wrongType(at, expectations[field.type], value), isUnknown: false };
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) yield* walk(inner, field.items, `${at}[${index}]`);
  } else if (isObject(value)) {
    const definition = field.type === "object" ? definitionOf(field.definition) : undefined;
    for (const [name, inner] of Object.entries(value)) {
      const path = fieldPath(at, name);
      const known = definition ? definition.fields.get(name) : field.items;
      if (known || !definition || definition.open) yield* walk(inner, known, path);
      else yield { problem: { path, ...unknownField(name, definition) }, isUnknown: true };
    }
  }
}

/** The path of a field; a name that is no plain word stands in brackets: `metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(at: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${at}[${JSON.stringify(name)}]`;
  return at ? `${at}.${name}` : name;
}

export function unknownField(name: string, { fields }: Definition): Omit<FieldProblem, "path"> {
  const names = [...fields.keys()];
  return {
    what: `the field "${name}" does not exist`,
    expected: names.length > 12 ? "a field that the kind has here" : `one of: ${names.join(", ")}`,
    mend: didYouMean(name, names, "take the field out"),
  };
}

export function wrongType(path: string, expected: string, got: unknown): FieldProblem {
  const kind = Array.isArray(got) ? "a list" : isObject(got) ? "an object" : JSON.stringify(got);
  return { path, what: `got ${kind}`, expected, mend: `give ${expected}` };
}

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
  if (type === "integer") return Number.isInteger(value);
  if (type === "scalar") return typeof value === "string" || typeof value === "number";
  return typeof value === type;
}
