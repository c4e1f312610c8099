import type { CustomKinds } from "../kubernetes/crd.ts";
import { agrees, reportType, type Details, type Merge, type MergeReport } from "./merge.ts";
import { mergeFields } from "./merge-fields.ts";
import {
  displayName,
  settableFields,
  identity,
  type KubernetesObject,
  type Resource,
} from "../kubernetes/object.ts";
import { emptyPatch, holdsNothing } from "./empty-patch.ts";
import { patchList } from "./patch-list.ts";
import { rememberCall } from "../problems/places.ts";
import { isObject, type PlainObject } from "../value/plain.ts";
import { fullPods } from "../kubernetes/pod.ts";
import type { NamedPlace, Problem } from "../problems/problem.ts";
import { withPlaces } from "../problems/stated.ts";
import { builtInKind, type Definition, type Field } from "../kubernetes/schema.ts";
import type { Settings } from "./settings.ts";
import type { Defined, Shape } from "../typed/define.ts";
import type { MergingOf } from "../typed/list-names.ts";
import type { AnyBody, BodyFit, DefineIt } from "../typed/patch-fit.ts";
import type { After } from "../typed/typed-patch.ts";

/** What tells a layer from everything else; what is in one, a patch need not know. */
interface AnyLayer {
  readonly type: "layer";
}

/** A change of one object of the layer below. */
export interface Patch {
  readonly target: Resource;
  readonly body: unknown;
  /** Whether it may set what another patch of the same layer sets differently. */
  readonly override: boolean;
  /** Of several bases of the layer, the one whose object is meant. */
  readonly in?: AnyLayer;
  /** How the body is read; the record form of {@link patch} when it is left out. */
  readonly form?: PatchForm;
  /** What its call says beside the body that no patch takes. */
  readonly surplus?: Surplus;
}

/** Options that there are not, and how many arguments follow the options. */
export interface Surplus {
  readonly options: readonly string[];
  readonly further: number;
}

/** Applies a patch's body to the object, in place. Says whether it removes the object. */
export type PatchForm = (
  object: KubernetesObject,
  body: unknown,
  definition: Definition,
  report: MergeReport,
) => boolean;

declare const made: unique symbol;

/** A patch that tells the compiler how it leaves its object, so that another patch can name what it has added. */
export interface PatchOf<O> extends Patch {
  readonly [made]?: O;
}

/** What a patch may be of: an object, or what another patch has made of one. */
type PatchSubject<T> = T extends Resource | Patch ? T : DefineIt;

/** The object itself, as far as the compiler knows it. */
type ObjectOf<T> = T extends { readonly [made]?: infer O } ? (unknown extends O ? T : O) : T;

type PatchOutcome<O, B> = B extends null
  ? Patch
  : PatchOf<Defined<Shape<O>, After<Shape<O>, O, B, MergingOf<O>>>>;

/**
 * Changes an object of the layer below, in the terms of a strategic merge: fields are merged, `null` removes one, and a
 * list that Kubernetes merges by key is a record from key to change. In such a record `$add`, `$first`, `$before` and
 * `$after` hold new elements and `$replace` a whole new list. A list that the base does not have, and an atomic one, is
 * given whole; one of a custom kind is given whole or, where its elements have a `name`, as a record.
 *
 * @param target the object itself, as the base declares it, or the patch of a layer below: then what that one has added can
 *   be named, too.
 * @param body the changes, or `null` to remove the object.
 *
 * @example
 * const traced = patch(deployment, {
 *   spec: { template: { spec: { containers: { $add: [{ name: "agent", image: "example/agent" }] } } } },
 * });
 * const quiet = patch(traced, { spec: { template: { spec: { containers: { agent: { args: ["--quiet"] } } } } } });
 */
export function patch<const T extends object, const B extends AnyBody<ObjectOf<T>> | null>(
  target: PatchSubject<T>,
  body: [B] extends [BodyFit<ObjectOf<T>, B, "check"> | null] ? B : BodyFit<ObjectOf<T>, B, "say">,
  options: PatchOptions = {},
): PatchOutcome<ObjectOf<T>, B> {
  const change: Patch = { target: patchedObject(target), body, ...patchOptions(options, arguments.length) };
  return rememberCall(change, patch, body, 1) as PatchOutcome<ObjectOf<T>, B>;
}

/** The object that a patch is of in the end. */
function patchedObject(target: unknown): Resource {
  const isPatch = isObject(target) && isObject(target["target"]) && "body" in target && !("kind" in target);
  return isPatch ? patchedObject(target["target"]) : (target as Resource);
}

/** What may be said of a patch of any form. */
export interface PatchOptions {
  /** Lets the patch win over another of the same layer; otherwise two different values for one field are a problem. */
  readonly override?: boolean;
  /** Where the layer stands on several bases that have the target, the one whose object is meant. */
  readonly in?: AnyLayer;
}

/** What a patch says of itself. `given` is how many arguments there were, of which the options are the third. */
export function patchOptions(
  options: PatchOptions,
  given: number,
): Pick<Patch, "override" | "in" | "surplus"> {
  const said: unknown = options;
  const { override = false, in: base, ...others } = isObject(said) ? (said as PatchOptions) : {};
  const names = isObject(said) ? Object.keys(others) : [JSON.stringify(said) ?? typeof said];
  const further = Math.max(0, given - 3);
  return {
    override,
    ...(base !== undefined && { in: base }),
    ...((names.length > 0 || further > 0) && { surplus: { options: names, further } }),
  };
}

/**
 * Applies a patch to its object, in place; what it can't apply is a problem and leaves the field as it was.
 *
 * @param placesOf names the places that a problem at a path is about.
 */
export function applyPatch(
  object: KubernetesObject,
  change: Patch,
  settings: Settings,
  customKinds: CustomKinds,
  placesOf: (path: string, details: Details) => readonly NamedPlace[],
): { readonly problems: readonly Problem[]; readonly isRemoved: boolean } {
  const problems: Problem[] = [];
  const name = displayName(object);
  const own = patchIdentity(object);
  const { form = recordPatchForm } = change;
  const report: MergeReport = {
    patch: change,
    settings,
    effect: { isAny: false },
    report(path, code, what, details = {}) {
      const { operation: _operation, rival: _rival, ...rest } = details;
      const problem = { code, object: name, ...(path && { path }), what, ...rest };
      problems.push(withPlaces(problem, placesOf(path, details)));
    },
  };
  const pods = builtInKind(object.apiVersion, object.kind) ? fullPods(object) : [];
  const isRemoved = form(object, change.body, definitionFor(object, customKinds), report);
  keepIdentity(object, own, report);
  if (!report.effect.isAny && problems.length === 0 && holdsNothing(change.body)) {
    const { code, what, ...rest } = emptyPatch;
    report.report("", code, what, rest);
  }
  if (!isRemoved) keepContainers(object, pods, report);
  return { problems, isRemoved };
}

const recordPatchForm: PatchForm = (object, body, definition, report) => {
  const record = { isCustom: !builtInKind(object.apiVersion, object.kind) };
  const merge: Merge = { ...report, fields: mergeFields, list: patchList, record };
  if (body === null) return agrees("", null, merge);
  if (isBody(body, merge)) mergeFields(settableFields(object), body, definition, "", merge);
  return false;
};

const metadataField: Field = { type: "object", definition: "meta.v1.ObjectMeta" };

/** What is known of the object's fields; of a custom kind without a schema, only its metadata. */
export function definitionFor(object: KubernetesObject, customKinds: CustomKinds): Definition {
  return (
    builtInKind(object.apiVersion, object.kind) ??
    customKinds(object)?.definition(identity(object).version) ?? {
      fields: new Map([["metadata", metadataField]]),
      open: true,
    }
  );
}

/** Reports a merge patch that is not an object. */
export function isBody(body: unknown, report: MergeReport): body is PlainObject {
  if (!isObject(body)) reportType("", "an object with the fields to change", body, report);
  return isObject(body);
}

const patchIdentity = ({ apiVersion, kind, metadata }: KubernetesObject): Record<string, unknown> => ({
  apiVersion,
  kind,
  "metadata.name": metadata?.name,
  "metadata.namespace": metadata?.namespace,
});

const identityPaths = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

/** Reports a patch that has made another object of its target, and makes it the old one. */
function keepIdentity(object: KubernetesObject, own: Record<string, unknown>, { report }: MergeReport): void {
  const now = patchIdentity(object);
  const changed = identityPaths.filter((path) => now[path] !== own[path]);
  if (changed.length === 0) return;
  const { apiVersion, kind, "metadata.name": name, "metadata.namespace": namespace } = own;
  const others = isObject(object.metadata) ? object.metadata : {};
  Object.assign(object, { apiVersion, kind, metadata: { ...others, name, namespace } });
  if (namespace === undefined) delete settableFields(object.metadata)["namespace"];
  for (const path of changed) {
    report(path, "identity-changed", `a patch cannot turn ${displayName(object)} into another object`, {
      expected: JSON.stringify(own[path]) ?? "none",
      fix: "leave the field out; to rename an object, declare it anew",
    });
  }
}

/** Reports a patch that has left a pod without a container, in whatever way. */
function keepContainers(object: KubernetesObject, before: readonly string[], { report }: MergeReport): void {
  const after = before.length > 0 ? fullPods(object) : [];
  for (const path of before) {
    if (after.includes(path)) continue;
    report(`${path}.containers`, "container-last-removed", "a patch has removed the last container", {
      expected: "a pod with a container",
      fix: "remove another, or add one in the same patch",
    });
  }
}
