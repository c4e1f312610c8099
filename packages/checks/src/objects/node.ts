import type { KubernetesObject } from "./kubernetes-object.ts";
import { pathWithStep } from "./path.ts";

/**
 * A value within an object, with the way to it. What is read may be anything, as nothing has validated it: a field of what
 * has none is an undefined value whose path says where it would stand.
 */
export interface Node {
  readonly object: KubernetesObject;
  /** As `spec.containers[0].image` or `metadata.labels["app.kubernetes.io/name"]`; empty for the object itself. */
  readonly path: string;
  readonly value: unknown;
}

/** The object itself. */
export const nodeOf = (object: KubernetesObject): Node => ({ object, path: "", value: object });

const hasNodeFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value of a field, and of a field in that. */
export function at(node: Node, ...names: readonly string[]): Node {
  let inner = node;
  for (const field of names) {
    const { object, path, value } = inner;
    // Null is what YAML says for a field that is left out.
    const found =
      hasNodeFields(value) && Object.hasOwn(value, field) ? (value[field] ?? undefined) : undefined;
    inner = { object, path: pathWithStep(path, field), value: found };
  }
  return inner;
}

/** The elements of a list; none of what is not a list. */
export function elements({ object, path, value }: Node): readonly Node[] {
  if (!Array.isArray(value)) return [];
  return value.map((element: unknown, index) => ({
    object,
    path: pathWithStep(path, index),
    value: element,
  }));
}

/** The fields of a value, by name. */
export function fieldNodes(node: Node): readonly (readonly [name: string, node: Node])[] {
  if (!hasNodeFields(node.value)) return [];
  return Object.keys(node.value).map((name) => [name, at(node, name)]);
}

/** Whether the field is there: neither left out nor null. */
export const isThere = ({ value }: Node): boolean => value !== undefined && value !== null;

/** The value where it is a text. */
export const textAt = ({ value }: Node): string | undefined =>
  typeof value === "string" ? value : undefined;

/** The texts in a list of them; a null in it is an empty one to the API server. */
export const textsAt = (node: Node): readonly string[] =>
  elements(node).flatMap(({ value }) => {
    const text = value ?? "";
    return typeof text === "string" ? [text] : [];
  });

/** The texts of a map, labels or annotations; a null in it is an empty one to the API server. */
export function mapAt(node: Node): ReadonlyMap<string, string> {
  return new Map(fieldNodes(node).map(([name, value]) => [name, textAt(value) ?? ""]));
}
