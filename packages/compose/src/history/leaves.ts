import { fieldPath } from "../value/path.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { keysOf } from "../value/element-keys.ts";
import { shortKey } from "../patches/patch-list.ts";
import { isObject, type Plain } from "../value/plain.ts";
import { definitionOf, type Definition, type Field } from "../kubernetes/schema.ts";

/** A value of an object that has no others in it: a scalar, or an object or list of nothing. */
export interface Leaf {
  /** The same before and after a change of what stands beside it. */
  readonly id: string;
  /** As problems name it: `spec.template.spec.containers[manager].image`. */
  readonly path: string;
  /** The fields and indices that lead to it. */
  readonly fields: readonly string[];
  readonly value: Plain;
}

/** All leaves of an object, in its order; elements of lists that are merged by key are named by their keys. */
export function leavesOf(object: KubernetesObject, definition: Definition): Leaf[] {
  const root = object as unknown as Plain;
  return [...walkLeaves({ id: "", path: "", fields: [], value: root }, { type: "object", definition })];
}

function* walkLeaves(at: Leaf, field: Field | undefined): Generator<Leaf> {
  const { value } = at;
  const inner = Array.isArray(value)
    ? elementLeaves(at, value, field)
    : isObject(value)
      ? Object.entries(value).map(([name, child]) => fieldLeaf(at, name, child ?? null, field))
      : [];
  if (inner.length === 0) yield at;
  for (const [leaf, known] of inner) yield* walkLeaves(leaf, known);
}

type Inner = readonly [Leaf, Field | undefined];

function fieldLeaf(at: Leaf, name: string, value: Plain, field: Field | undefined): Inner {
  const known = definitionOf(field?.definition)?.fields.get(name) ?? field?.items;
  const leaf = {
    id: fieldPath(at.id, name),
    path: fieldPath(at.path, name),
    fields: [...at.fields, name],
    value,
  };
  return [leaf, known];
}

function elementLeaves(at: Leaf, list: readonly Plain[], field: Field | undefined): Inner[] {
  const { keys = [] } = field ?? {};
  const isKeyed = keys.length > 0 && list.every(isObject);
  return list.map((value, index) => {
    const fields = [...at.fields, String(index)];
    const [id, name] =
      isKeyed && isObject(value)
        ? [
            keysOf(value, keys).at(-1),
            shortKey(value, list.filter(isObject), { type: "list", ...field, keys }),
          ]
        : [index, index];
    return [{ id: `${at.id}[${id}]`, path: `${at.path}[${name}]`, fields, value }, field?.items];
  });
}
