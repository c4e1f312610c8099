import { displayName, type KubernetesObject } from "./object.ts";
import { isObject } from "./plain.ts";
import { didYouMean, type Problem } from "./problem.ts";
import { definitionName, definitionOf, type Definition, type Field } from "./schema.ts";

/** A problem with a place in a value. */
export type FieldProblem = Problem & { readonly path: string };

/**
 * The fields of a built-in object that Kubernetes 1.34 does not know. Of other kinds nothing is known here, and nothing
 * is said.
 */
export function unknownFields(object: KubernetesObject): readonly Problem[] {
  const definition = definitionName(object.apiVersion, object.kind);
  const problems = fieldProblems(object, { type: "object", definition }, "");
  return problems.map((problem) => ({ object: displayName(object), ...problem }));
}

/** What the field table has against a value that is set whole: fields that do not exist, values where objects belong. */
export function fieldProblems(value: unknown, field: Field | undefined, at: string): readonly FieldProblem[] {
  if (Array.isArray(value)) {
    const element = elementOf(field);
    return value.flatMap((inner, index) => fieldProblems(inner, element, `${at}[${index}]`));
  }
  if (field?.type === "map" && field.definition && isObject(value)) {
    const entry: Field = { type: "object", definition: field.definition };
    return Object.entries(value).flatMap(([key, inner]) => fieldProblems(inner, entry, `${at}[${key}]`));
  }
  const definition = field?.type === "object" ? definitionOf(field.definition) : undefined;
  if (!definition || value === null || value === undefined) return [];
  if (!isObject(value))
    return [
      { path: at, what: `got ${JSON.stringify(value)}`, expected: "an object", mend: "give an object" },
    ];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = at ? `${at}.${name}` : name;
    const known = definition.get(name);
    return known ? fieldProblems(inner, known, path) : [{ path, ...unknownField(name, definition) }];
  });
}

function elementOf(field: Field | undefined): Field | undefined {
  if (field?.type !== "list" || !field.definition) return undefined;
  return { type: "object", definition: field.definition };
}

export function unknownField(
  name: string,
  definition: Definition,
): Required<Pick<Problem, "what" | "expected" | "mend">> {
  const names = [...definition.keys()];
  return {
    what: `the field "${name}" does not exist`,
    expected: names.length > 12 ? "a field that Kubernetes 1.34 knows here" : `one of: ${names.join(", ")}`,
    mend: didYouMean(name, names, "take the field out"),
  };
}
