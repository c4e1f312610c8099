import type { CustomKinds } from "./crd.ts";
import type { Merge, Settings } from "./merge.ts";
import { isBody, mergeFields } from "./merge-fields.ts";
import { displayName, identity, type KubernetesObject, type Resource } from "./object.ts";
import { recordForm } from "./patch-list.ts";
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
  /** The file that the patch was read from, for messages. */
  readonly file?: string;
  /** How the body is applied; as a record of changes unless this says otherwise. */
  readonly apply?: Application;
}

/** Changes the object in place and reports what it can't; `delete` takes the whole object out of the layer. */
export type Application = (
  object: PlainObject,
  body: PlainObject | readonly unknown[],
  definition: Definition,
  merge: Omit<Merge, "form">,
) => "delete" | undefined;

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

const applyRecord: Application = (object, body, definition, merge) => {
  if (isBody(body, { ...merge, form: recordForm })) {
    mergeFields(object, body, definition, "", { ...merge, form: recordForm });
  }
  return undefined;
};

/** Applies a patch to its object, in place; what it can't apply is a problem and leaves the field as it was. */
export function applyPatch(
  object: KubernetesObject,
  change: Patch,
  settings: Settings,
  customKinds: CustomKinds,
): { readonly problems: readonly Problem[]; readonly isDeleted: boolean } {
  const problems: Problem[] = [];
  const report: Merge["report"] = (path, what, rest) =>
    problems.push({
      ...(change.file !== undefined && { file: change.file }),
      object: displayName(object),
      ...(path && { path }),
      what,
      ...rest,
    });
  refuseNewIdentity(object, change.body, report);
  const apply = change.apply ?? applyRecord;
  const outcome =
    problems.length === 0 &&
    apply(object as unknown as PlainObject, change.body as PlainObject, definitionFor(object, customKinds), {
      patch: change,
      settings,
      report,
    });
  return { problems, isDeleted: outcome === "delete" };
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

function refuseNewIdentity(object: KubernetesObject, body: unknown, report: Merge["report"]): void {
  if (!isObject(body)) return;
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
    report(path, `a patch cannot turn ${displayName(object)} into another object`, {
      expected: JSON.stringify(own[path]),
      mend: "leave the field out; to rename an object, declare it anew",
    });
  }
}
