import { agrees, reportType, type Merge } from "../merge.ts";
import { mergeStrategic } from "./strategic-fields.ts";
import { strategicList } from "./strategic-list.ts";
import { settableFields, type KubernetesObject, type Resource } from "../../kubernetes/object.ts";
import { isBody, patchOptions, type Patch, type PatchForm, type PatchOptions } from "../patch.ts";
import { rememberCall } from "../../problems/places.ts";
import { isObject, type PlainObject } from "../../value/plain.ts";

/**
 * A strategic merge patch as Kubernetes and Kustomize write it, for patches that come as data; code is better served by
 * `patch`, which the compiler checks.
 *
 * Fields are merged and `null` removes one; a list that Kubernetes merges by key is a list of elements with their keys;
 * the directives are `$patch: delete | replace | merge`, `$retainKeys`, `$setElementOrder/<list>` and
 * `$deleteFromPrimitiveList/<list>`. An element that the object does not have is a problem, unless it is marked with
 * `$patch: merge`, or its whole list is with an element that is nothing but `$patch: merge`.
 *
 * Source: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 *
 * @param target the object, or what names it: apiVersion, kind, metadata.name, and metadata.namespace where several
 * namespaces have one.
 */
export function strategicMerge(target: Resource, body: unknown, options: PatchOptions = {}): Patch {
  const own = patchOptions(options, arguments.length);
  return rememberCall({ target, body, ...own, form: listForm }, strategicMerge, body, 1);
}

const listForm: PatchForm = (object, body, definition, report) => {
  const merge: Merge = { ...report, fields: mergeStrategic, list: strategicList };
  if (!isBody(body, merge)) return false;
  const { $patch = "merge", ...changes } = body;
  if ($patch === "delete") return agrees("", null, merge);
  if ($patch !== "merge" && $patch !== "replace") {
    reportType("$patch", '"delete", "replace" or "merge"', $patch, merge);
    return false;
  }
  const { metadata } = changes;
  const fields = settableFields(object);
  if ($patch === "replace" && agrees("", changes, merge)) {
    for (const field of Object.keys(fields)) if (!identifying.has(field)) delete fields[field];
    fields["metadata"] = { ...objectNames(object) };
  }
  // Metadata that is replaced goes on naming the object.
  if (isObject(metadata) && metadata["$patch"] === "replace")
    changes["metadata"] = { ...objectNames(object), ...metadata };
  mergeStrategic(fields, changes, definition, "", merge);
  return false;
};

const identifying = new Set(["apiVersion", "kind", "metadata"]);

const objectNames = ({ metadata: { name, namespace } }: KubernetesObject): PlainObject => ({
  name,
  ...(namespace !== undefined && { namespace }),
});
