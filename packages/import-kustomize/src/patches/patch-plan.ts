import {
  displayName,
  nearest,
  patch,
  type KubernetesObject,
  type Layer,
  type Patch,
  type Resource,
} from "@atlas/compose";
import { explicitPatch, recordForm, type AddedElement } from "@atlas/compose/conversion";
import { jsonPatch, strategicMerge, type JsonOperation } from "@atlas/compose/patches";
import { findingsOf } from "@atlas/input";
import type { YamlValue } from "@atlas/input/yaml";
import { isYamlRecord, placeAlong, takeOver } from "../read/cursor.ts";
import { moduleOf } from "../types/declare.ts";
import type { Difference } from "./difference.ts";
import { explicitOperations } from "./explicit-operations.ts";
import { declaredType } from "../types/declared-types.ts";
import { resourceOf } from "../model/in-memory.ts";
import { isPlaceholderIn } from "../model/placeholder.ts";
import { note, sourcePlace, withoutOwnPlaces, type Log } from "../model/log.ts";
import { bodyOf, isOperations, type PatchSource } from "../read/patch-source.ts";
import type { Followed, PatchPlan, PatchTarget } from "../model/plan.ts";
import { patchTargetOf, wayOf } from "./patch-target.ts";
import { composePlain, crdsIn, isSecret, namespacedName, withCurrent, type Tracked } from "../model/state.ts";
import { misfitsOfPatch } from "../types/type-fit.ts";

/** A patch as it is to be applied, before it has a name. */
export interface PatchChange {
  readonly targets: readonly PatchTarget[];
  readonly form: PatchPlan["form"];
  readonly body: unknown;
  readonly casts: readonly string[];
  override: boolean;
  /** What its file is called. */
  readonly hint?: string;
  readonly followed?: readonly Followed[];
}

/** What patches do to the objects, one after the other. */
export interface Patching {
  state: Tracked[];
  readonly changes: PatchChange[];
  /** What to say of patches that were left out. */
  readonly omitted: string[];
  /** The objects that are gone, and the changes that have removed them. */
  readonly removed: { readonly object: KubernetesObject; readonly change: PatchChange }[];
  /** What each object has been through in this layer, by the way that it came. */
  readonly applied: Map<string, { readonly before: KubernetesObject; readonly changes: PatchChange[] }>;
}

/** Applies a patch of the kustomization to the objects that it is for. */
export function applySource(source: PatchSource, patching: Patching, log: Log): void {
  const targets = targetsOf(source, patching.state, log);
  if (targets.length === 0) return omitMiss(source, patching, log);
  const made = targets.map((target) => changeFor(source, target, patching, log));
  const [first, ...others] = made;
  const bodies = new Set(made.map((change) => JSON.stringify([change?.form, change?.body])));
  // One change for all objects reads better than one for each.
  if (first && others.length > 0 && bodies.size === 1 && first.form !== "record")
    takeUp(
      { ...first, targets: made.flatMap((change) => change?.targets ?? []) },
      targets,
      patching,
      log,
      source,
    );
  else
    for (const [index, change] of made.entries())
      if (change) takeUp(change, targets.slice(index, index + 1), patching, log, source);
}

/** The objects that a patch is for: those that its target selects, or the one that it names. */
function targetsOf(
  { selector, value, place, cursor }: PatchSource,
  state: readonly Tracked[],
  log: Log,
): Tracked[] {
  if (selector) return state.filter(selector);
  const { apiVersion, kind, metadata } = isYamlRecord(value) ? value : {};
  const name = isYamlRecord(metadata) ? metadata["name"] : undefined;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string") {
    const expected = "apiVersion, kind and metadata.name, or a target in the kustomization";
    const fix = isOperations(value) ? "state a target" : "state them";
    log.problems.push({
      ...place,
      code: "kustomization-malformed",
      what: "the patch does not say which object it is for",
      expected,
      fix,
    });
    return [];
  }
  const named = identityIn(value, apiVersion, kind, name);
  const found = state.filter(({ current, earlier }) => {
    const isKind = current.apiVersion === apiVersion && current.kind === kind;
    return (
      isKind &&
      [...earlier, namespacedName(current)].some((known) => known.name === name && known.namespace === named)
    );
  });
  const [only] = found;
  if (only && found.length === 1) return [only];
  log.problems.push({
    ...place,
    object: `${kind}/${name}`,
    code: "import-patch-target",
    what: `the patch is for an object of which there ${found.length === 0 ? "is none" : `are ${found.length}`}`,
    expected: `one of: ${namesOfState(state)}`,
    fix: `name one of them, with its apiVersion and namespace (listed in ${cursor.place.file}:${cursor.place.line})`,
  });
  return [];
}

const namesOfState = (state: readonly Tracked[]): string =>
  state
    .map(({ current }) => displayName(current))
    .join(", ")
    .slice(0, 500);

function identityIn(value: PatchSource["value"], apiVersion: string, kind: string, name: string): string {
  const metadata = isYamlRecord(value) && isYamlRecord(value["metadata"]) ? value["metadata"] : {};
  const { namespace } = metadata;
  return namespacedName({
    apiVersion,
    kind,
    metadata: { name, ...(typeof namespace === "string" && { namespace }) },
  }).namespace;
}

/** Kustomize passes over a target that selects nothing; here it is said. */
function omitMiss({ selector, cursor }: PatchSource, { omitted, state }: Patching, log: Log): void {
  if (!selector) return;
  note(log, {
    ...cursor.place,
    path: cursor.path,
    code: "import-without-effect",
    what: "the patch's target selects no object, so it is left out",
    expected: `one of: ${namesOfState(state)}`,
    fix: "correct the target, and import again; or take the patch out",
  });
  omitted.push(`Left out: the patch in ${sourcePlace(cursor.place, log)}, whose target selects no object.`);
}

/** What a patch comes to for one object; undefined where that is nothing, or a problem. */
function changeFor(
  source: PatchSource,
  target: Tracked,
  patching: Patching,
  log: Log,
): PatchChange | undefined {
  const { value, hint } = source;
  const aim = patchTargetOf(target, patching.state, source.place, log);
  if (!aim) return undefined;
  const common = {
    targets: [aim],
    casts: [],
    override: false,
    ...(hint !== undefined && { hint }),
  };
  if (isSecret(target.current) && changesSecret(isOperations(value) ? value : bodyOf(value))) {
    takeOver(source.cursor, "a patch of a Secret's values, which do not belong in TypeScript");
    return undefined;
  }
  if (isOperations(value)) {
    const body = value.filter((operation) => !isRenaming(operation));
    if (body.length < value.length) takeOver(source.cursor, "a patch that gives an object another identity");
    if (body.length === 0) return undefined;
    return operationsFor({ ...common, form: "json", body }, source, target, patching, log);
  }
  const { body, vain, added } = explicitPatch(target.current, bodyOf(value), crdsIn(patching.state));
  for (const path of vain) omitVain(path, source, target, patching, log);
  for (const element of added) noteAdded(element, source, target, log);
  if (Object.keys(body).length === 0) return undefined;
  if (Object.keys(body).length === 1 && body["$patch"] === "delete")
    return { ...common, form: "record", body: null };
  const strategic: PatchChange = { ...common, form: "strategic", body };
  const wanted = resultOf(strategic, target, patching, source, log);
  const record = wanted && changeAsRecord(strategic, target);
  if (!wanted || !record) return wanted && strategic;
  const result = findResult(record, target, patching);
  return result && JSON.stringify(sorted(result)) === JSON.stringify(sorted(wanted)) ? record : strategic;
}

/** The change of a JSON patch, in the words of RFC 6902 where Kustomize takes others. */
function operationsFor(
  change: PatchChange,
  source: PatchSource,
  target: Tracked,
  patching: Patching,
  log: Log,
): PatchChange | undefined {
  if (findResult(change, target, patching)) return change;
  const given = change.body as readonly JsonOperation[];
  const { operations, added } = explicitOperations(given, (body) => {
    const result = body.length === 0 ? target.current : findResult({ ...change, body }, target, patching);
    return result === "removed" ? undefined : result;
  });
  const explicit: PatchChange = { ...change, body: operations };
  if (!resultOf(explicit, target, patching, source, log)) return undefined;
  for (const path of added)
    note(log, {
      ...source.place,
      object: displayName(target.current),
      code: "import-patch-adds",
      what: `"${path}" is not there to be replaced, so the patch adds it`,
    });
  return explicit;
}

/** Kustomize adds what a list does not have, also where the name is a slip of one that it has. */
function noteAdded(
  { path, name, known }: AddedElement,
  source: PatchSource,
  target: Tracked,
  log: Log,
): void {
  const near = nearest(name, known);
  if (near === undefined) return;
  note(log, {
    ...placeAlong(source.value, `${path}[${name}]`, source.place),
    object: displayName(target.current),
    path,
    code: "import-patch-adds",
    what: `"${name}" is not there to be patched, so the patch adds it`,
    expected: `one of: ${known.join(", ")}`,
    fix: `did you mean "${near}"?`,
  });
}

/** Whether a patch, or the operations of one, are about the values of a Secret. */
export function changesSecret(change: object): boolean {
  if (!Array.isArray(change)) return "data" in change || "stringData" in change;
  return change.some((each) => /^\/(?:stringData|data)(?:\/|$)/.test(operationPath(each)));
}

function operationPath(operation: unknown): string {
  const path = isYamlRecord(operation) ? operation["path"] : undefined;
  return typeof path === "string" ? path : "";
}

/** Whether an operation of a JSON patch makes another object of one: that one is declared anew. */
function isRenaming(operation: YamlValue): boolean {
  return /^\/(?:apiVersion|kind|metadata\/name(?:space)?)$/.test(operationPath(operation));
}

function omitVain(path: string, source: PatchSource, target: Tracked, { omitted }: Patching, log: Log): void {
  const object = displayName(target.current);
  const place = placeAlong(source.value, path, source.place);
  note(log, {
    ...place,
    object,
    path,
    code: "import-without-effect",
    what: "there is nothing to remove, so this part of the patch is left out",
  });
  omitted.push(
    `Left out: the removal of ${object}'s ${path} in ${sourcePlace(place, log)}, which is not there.`,
  );
}

/** The same in the record form that the compiler checks; undefined where that has no words for it. */
function changeAsRecord(change: PatchChange, { declaration }: Tracked): PatchChange | undefined {
  const { form, object } = declaration;
  if (form.kind !== "defined" || !form.type.from.startsWith("kubernetes-types/")) return undefined;
  const body = recordForm(object, change.body as Parameters<typeof recordForm>[1]);
  const type = declaredType(moduleOf(object), object.kind);
  if (!body || !type) return undefined;
  const misfits = misfitsOfPatch(body, type);
  if (misfits.some(({ isScalar }) => !isScalar)) return undefined;
  return { ...change, form: "record", body, casts: misfits.map(({ path }) => path) };
}

/** A change as the engine takes it. */
export function engineForm(
  { form, body, override }: Pick<PatchChange, "form" | "body" | "override">,
  target: Resource,
  within?: Layer,
): Patch {
  const options = { override, ...(within && { in: within }) };
  if (form === "json") return jsonPatch(target, body as readonly JsonOperation[], options);
  return form === "strategic" ? strategicMerge(target, body, options) : patch(target, body as never, options);
}

/** The object after a change, `removed` where there is none any more. */
type Result = KubernetesObject | "removed";

function apply(changes: readonly PatchChange[], before: KubernetesObject, state: readonly Tracked[]): Result {
  const crds = crdsIn(state).filter((crd) => crd !== before);
  const resource = resourceOf(before);
  const patches = changes.map((change) => engineForm(change, resource));
  return composePlain({ resources: [resource], patches, crds })[0] ?? "removed";
}

function findResult(
  change: PatchChange,
  { current }: Tracked,
  { state }: Pick<Patching, "state">,
): Result | undefined {
  try {
    return apply([change], current, state);
  } catch (error) {
    if (!findingsOf(error)) throw error;
    return undefined;
  }
}

/** The change that makes an object differ as Kustomize's does, in the most readable form, and the object after it. */
export function changeTo(
  { operations, merge }: Difference,
  target: Tracked,
  aim: PatchTarget,
  state: readonly Tracked[],
): { readonly change: PatchChange; readonly result: KubernetesObject } {
  const common = { targets: [aim], casts: [], override: false };
  const json: PatchChange = { ...common, form: "json", body: operations };
  const result = apply([json], target.current, state);
  if (result === "removed") throw new Error("A JSON patch removes no object");
  const patching = { state: [...state] };
  const isFit = (change: PatchChange): boolean => {
    const other = findResult(change, target, patching);
    return JSON.stringify(sorted(other)) === JSON.stringify(sorted(result));
  };
  const strategic = merge && ({ ...common, form: "strategic", body: merge } satisfies PatchChange);
  const record = strategic && changeAsRecord(strategic, target);
  const change = [record, strategic].find((each) => each && isFit(each)) ?? json;
  return { change, result };
}

/**
 * The object after a change; what the engine has against it is reported where the source says it, but for placeholders:
 * there, Kustomize's outcome is taken over.
 */
function resultOf(
  change: PatchChange,
  { current }: Tracked,
  { state }: Patching,
  { value, place, cursor }: PatchSource,
  log: Log,
): Result | undefined {
  try {
    return apply([change], current, state);
  } catch (error) {
    const found = findingsOf(error);
    if (!found) throw error;
    if (found.every(({ what }) => isPlaceholderIn(what)))
      takeOver(cursor, "a patch that puts in a placeholder");
    else
      for (const finding of found)
        log.problems.push({
          ...withoutOwnPlaces(finding),
          ...placeAlong(value, finding.path ?? "", place),
        });
    return undefined;
  }
}

/** Takes a change up among those of the layer, and the objects that it makes. */
function takeUp(
  change: PatchChange,
  targets: readonly Tracked[],
  patching: Patching,
  log: Log,
  source: PatchSource,
): void {
  patching.changes.push(change);
  for (const target of targets) {
    const result = resultOf(change, target, patching, source, log);
    const { before, changes } = patching.applied.get(wayOf(target)) ?? {
      before: target.current,
      changes: [],
    };
    changes.push(change);
    patching.applied.set(wayOf(target), { before, changes });
    // Of two patches that disagree the later wins in Kustomize; here it has to say so.
    if (
      changes.length > 1 &&
      (changes.slice(1, -1).some(({ override }) => override) || !agree(changes, before, patching))
    )
      change.override = true;
    if (result === "removed") patching.removed.push({ object: target.current, change });
    patching.state = patching.state.flatMap((tracked) => {
      if (tracked !== target || result === undefined) return [tracked];
      return result === "removed" ? [] : [withCurrent(tracked, result)];
    });
  }
}

/** Whether the patches of one object can be applied together, none of them an override. */
function agree(changes: readonly PatchChange[], before: KubernetesObject, { state }: Patching): boolean {
  try {
    apply(changes, before, state);
    return true;
  } catch (error) {
    if (!findingsOf(error)) throw error;
    return false;
  }
}

/** With fields in one order: that of a list's elements is part of the value, that of fields is not. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isYamlRecord(value)) return value;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, inner]) => [name, sorted(inner)]));
}
