import type { CustomKinds } from "./crd.ts";
import type { Merge, Settings } from "./merge.ts";
import { isBody, mergeFields } from "./merge-fields.ts";
import { displayName, identity, type KubernetesObject, type Resource } from "./object.ts";
import { patchList } from "./patch-list.ts";
import { isObject, type PlainObject } from "./plain.ts";
import { type Problem } from "./problem.ts";
import { builtInKind, type Definition, type Field } from "./schema.ts";
import type { PatchBody, Shape } from "./typed-patch.ts";

/** A change of one object of the layer below. */
export interface Patch {
  readonly target: Resource;
  readonly body: unknown;
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
  return { target, body, override };
}

/** Applies a patch to its object, in place; what it can't apply is a problem and leaves the field as it was. */
export function applyPatch(
  object: KubernetesObject,
  change: Patch,
  settings: Settings,
  customKinds: CustomKinds,
): readonly Problem[] {
  const problems: Problem[] = [];
  const merge: Merge = {
    patch: change,
    settings,
    list: patchList,
    report: (path, what, rest) =>
      problems.push({ object: displayName(object), ...(path && { path }), what, ...rest }),
  };
  if (isBody(change.body, merge)) {
    refuseNewIdentity(object, change.body, merge);
    if (problems.length === 0) {
      const definition = definitionFor(object, customKinds);
      mergeFields(object as unknown as PlainObject, change.body, definition, "", merge);
    }
  }
  return problems;
}

const metadata: Field = { type: "object", definition: "meta.v1.ObjectMeta" };

/** What is known of the object's fields; of a custom kind without a schema, only its metadata. */
function definitionFor(object: KubernetesObject, customKinds: CustomKinds): Definition {
  return (
    builtInKind(object.apiVersion, object.kind) ??
    customKinds(object)?.definition(identity(object).version) ?? {
      fields: new Map([["metadata", metadata]]),
      open: true,
    }
  );
}

function refuseNewIdentity(object: KubernetesObject, body: PlainObject, merge: Merge): void {
  const given = {
    apiVersion: body["apiVersion"],
    kind: body["kind"],
    ...(isObject(body["metadata"]) && { "metadata.name": body["metadata"]["name"] }),
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
