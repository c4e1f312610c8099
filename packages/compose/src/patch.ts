import { displayName, identity, type KubernetesObject, type Resource } from "./object.ts";
import { agrees, checkValue, reportType, reportUnknown, type Merge, type Settings } from "./merge.ts";
import { copy, isObject, setOwn, type PlainObject } from "./plain.ts";
import { didYouMean, type Problem } from "./problem.ts";
import { definitionName, definitionOf, type Definition, type Field } from "./schema.ts";
import { patchList } from "./patch-list.ts";
import type { PatchBody, Shape } from "./typed-patch.ts";

/** A change of one object of the layer below. */
export interface Patch {
  readonly target: Resource;
  readonly body: PlainObject;
  /** Whether it may set what another patch of the same layer sets differently. */
  readonly override: boolean;
}

/**
 * Changes an object of the layer below, in the terms of a strategic merge: fields are merged, `null` removes one, and a
 * list that Kubernetes merges by key is a record from key to change, with `$add` for new elements and `$replace` for a
 * whole new list. Atomic lists are given whole.
 *
 * @param target the object itself, as the base declares it.
 * @param override lets this patch win over another of the same layer; otherwise two different values for one field are
 * a problem.
 */
export function patch<const T extends Resource>(
  target: T,
  body: PatchBody<Shape<T>, T>,
  { override = false }: { override?: boolean } = {},
): Patch {
  return { target, body: body as unknown as PlainObject, override };
}

/** Applies a patch to its object, in place; what it can't apply is a problem and leaves the field as it was. */
export function applyPatch(object: KubernetesObject, change: Patch, settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const merge: Merge = {
    patch: change,
    settings,
    fields: mergeFields,
    report: (path, what, rest) => problems.push({ object: displayName(object), path, what, ...rest }),
  };
  refuseNewIdentity(object, change.body, merge);
  if (problems.length === 0) {
    mergeFields(
      object as unknown as PlainObject,
      change.body,
      definitionOf(definitionName(object.apiVersion, object.kind)),
      "",
      merge,
    );
  }
  return problems;
}

function refuseNewIdentity(object: KubernetesObject, body: PlainObject, merge: Merge): void {
  const { metadata } = body;
  const given = {
    apiVersion: body["apiVersion"],
    kind: body["kind"],
    ...(isObject(metadata) && { "metadata.name": metadata["name"] }),
  };
  const own: Record<string, unknown> = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    "metadata.name": object.metadata.name,
  };
  for (const [path, value] of Object.entries(given)) {
    if (value === undefined || value === own[path]) continue;
    merge.report(path, `a patch cannot turn ${displayName(object)} into another object`, {
      expected: JSON.stringify(own[path]),
      mend: "leave the field out; to rename an object, declare it anew",
    });
  }
}

/** Merges the fields of a patch into an object; without a definition (a custom kind) every field name is taken. */
function mergeFields(
  target: PlainObject,
  body: PlainObject,
  definition: Definition | undefined,
  path: string,
  merge: Merge,
): void {
  for (const [name, value] of Object.entries(body)) {
    const at = path ? `${path}.${name}` : name;
    const field = definition?.get(name);
    if (definition && !field) reportUnknown(at, name, definition, merge);
    else if (value === null) removeField(target, name, at, merge);
    else if (value !== undefined) mergeValue(target, name, value, field, at, merge);
  }
}

function removeField(target: PlainObject, name: string, at: string, merge: Merge): void {
  if (!Object.hasOwn(target, name)) {
    merge.report(at, `there is no "${name}" to remove`, {
      expected: `one of: ${Object.keys(target).join(", ")}`,
      mend: didYouMean(name, Object.keys(target), "take the null out of the patch"),
    });
  } else if (agrees(at, null, merge)) delete target[name];
}

function mergeValue(
  target: PlainObject,
  name: string,
  value: unknown,
  field: Field | undefined,
  at: string,
  merge: Merge,
): void {
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  if (field?.keys) patchList(target, name, value, { ...field, keys: field.keys }, at, merge);
  else if (field?.type === "list" && !Array.isArray(value))
    reportType(at, "a list, given whole", value, merge);
  else if ((field?.type === "object" || field?.type === "map") && !isObject(value))
    reportType(at, "an object", value, merge);
  else if (isObject(value) && field?.type !== "value") mergeObject(target, name, value, field, at, merge);
  else if (Array.isArray(current) && !Array.isArray(value))
    reportType(at, "a list, given whole", value, merge);
  else if (isObject(current) && !isObject(value)) reportType(at, "an object", value, merge);
  else if (checkValue(value, field, at, merge) && agrees(at, value, merge)) setOwn(target, name, copy(value));
}

function mergeObject(
  target: PlainObject,
  name: string,
  value: PlainObject,
  field: Field | undefined,
  at: string,
  merge: Merge,
): void {
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  if (current !== undefined && !isObject(current)) {
    reportType(
      at,
      Array.isArray(current) ? "a list, given whole" : `a ${typeof current}, as in the base`,
      value,
      merge,
    );
    return;
  }
  const inner: PlainObject = current ?? {};
  if (field?.type === "map" && field.definition) {
    for (const [key, entry] of Object.entries(value)) {
      if (entry === null) removeField(inner, key, `${at}[${key}]`, merge);
      else if (entry !== undefined)
        mergeValue(
          inner,
          key,
          entry,
          { type: "object", definition: field.definition },
          `${at}[${key}]`,
          merge,
        );
    }
  } else
    mergeFields(
      inner,
      value,
      field?.type === "object" ? definitionOf(field.definition) : undefined,
      at,
      merge,
    );
  if (!current) setOwn(target, name, inner);
}

/** The patch's target among the layer's objects: the very object, else one of the same identity. */
export function findTarget<R extends { readonly origin: Resource; readonly object: Resource }>(
  entries: readonly R[],
  { target }: Patch,
): R | undefined {
  const wanted = identity(target);
  return (
    entries.find(({ origin }) => origin === target) ??
    entries.find(({ origin, object }) =>
      [origin, object].some((candidate) => {
        const own = identity(candidate);
        const sameSpace = wanted.namespace === undefined || own.namespace === wanted.namespace;
        return (
          own.group === wanted.group && own.kind === wanted.kind && own.name === wanted.name && sameSpace
        );
      }),
    )
  );
}

/** The problem of a patch whose object the layer does not have. */
export function missingTarget({ target }: Patch, objects: readonly Resource[]): Problem {
  const names = objects.map(displayName);
  return {
    what: `a patch is for ${displayName(target)}, which is not there to be patched`,
    object: displayName(target),
    expected: `one of: ${names.join(", ")}`,
    mend: didYouMean(
      displayName(target),
      names,
      "add the object to the base or to the overlay's resources, or drop the patch",
    ),
  };
}
