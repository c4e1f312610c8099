import { repeatedElements, unknownField, type FieldProblem } from "../problems/field-problems.ts";
import { toJson } from "../value/json.ts";
import { agrees, checkValue, type MergeReport } from "./merge.ts";
import { childOf, missingPlace, pointerPlace, segmentsOf, type PointerPlace } from "./json-pointer.ts";
import { settableFields, type Resource } from "../kubernetes/object.ts";
import { patchOptions, type Patch, type PatchForm, type PatchOptions } from "./patch.ts";
import { rememberCall } from "../problems/places.ts";
import { copy, isObject, same, setOwn, whyNotPlain, type Plain, type PlainObject } from "../value/plain.ts";
import { didYouMean } from "../problems/problem.ts";
import { type Field } from "../kubernetes/schema.ts";

/** One operation of a JSON patch; paths are JSON pointers such as `/spec/template/spec/containers/0/args/-`. */
export type JsonOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly from: string; readonly path: string };

/**
 * A JSON patch (RFC 6902): operations on places, one after the other. Each pointer is held against the object: a place
 * that is not there is a problem that says where the pointer stops matching, and what is near.
 *
 * A `test` that fails is a problem, too. No operation may rename the object.
 *
 * @param target the object, or what names it: apiVersion, kind, metadata.name, and metadata.namespace where several
 * namespaces have one.
 */
export function jsonPatch(
  target: Resource,
  operations: readonly JsonOperation[],
  options: PatchOptions = {},
): Patch {
  const own = patchOptions(options, arguments.length);
  const made = { target, body: operations, ...own, form: operationsForm };
  return rememberCall(made, jsonPatch, operations, 1);
}

/** An operation that is being applied. */
interface PatchStep {
  readonly root: PlainObject;
  readonly schema: Field;
  readonly report: MergeReport;
}

const operationsForm: PatchForm = (object, body, definition, report) => {
  if (!Array.isArray(body)) {
    report.report("", "patch-malformed", "got no list of operations", {
      expected: 'a list of { op: "add" | "remove" | "replace" | "move" | "copy" | "test", path, … }',
      fix: "give a list",
    });
    return false;
  }
  const schema: Field = { type: "object", definition };
  const before = new Set(repeatedElements(object, definition).map(textOfRepeated));
  for (const [index, operation] of body.entries()) {
    // What follows an operation that failed was written for another object.
    const step = { root: settableFields(object), schema, report: labelled(report, operation, index) };
    if (!applyOperation(operation, step)) return false;
  }
  // Between two operations a name may be there twice.
  for (const problem of repeatedElements(object, definition)) {
    const { path, code, what, ...rest } = problem;
    if (!before.has(textOfRepeated(problem))) report.report(path, code, what, rest);
  }
  return false;
};

/** Operations move elements: the same one is told by its list and its name. */
const textOfRepeated = ({ path, what }: FieldProblem): string =>
  `${path.replaceAll(/\[\d+\]/g, "[]")} ${what}`;

/** Reports name the operation, of which a patch may have many. */
function labelled(inner: MergeReport, operation: unknown, index: number): MergeReport {
  const { op, path } = isObject(operation) ? operation : {};
  const label = `operation ${index}${typeof op === "string" ? ` (${op} ${JSON.stringify(path)})` : ""}`;
  return {
    ...inner,
    report: (at, code, what, rest) =>
      inner.report(at, code, `${label}: ${what}`, { ...rest, operation: index }),
  };
}

const operations = ["add", "remove", "replace", "move", "copy", "test"];

/** Applies one operation; whether the next may be. */
function applyOperation(operation: unknown, step: PatchStep): boolean {
  const { op, from, path, value } = isObject(operation) ? operation : {};
  const fail = (what: string, expected: string, fix: string): boolean => {
    step.report.report("", "operation-malformed", what, { expected, fix });
    return false;
  };
  if (typeof op !== "string" || !operations.includes(op)) {
    const fix = didYouMean(typeof op === "string" ? op : "", operations, "state the operation");
    return fail(
      `there is no operation ${JSON.stringify(op) ?? "here"}`,
      `one of: ${operations.join(", ")}`,
      fix,
    );
  }
  const isPair = op === "move" || op === "copy";
  for (const [name, pointer] of Object.entries({ path, ...(isPair && { from }) })) {
    if (segmentsOf(pointer)) continue;
    const expected = "a JSON pointer: /spec/replicas, with ~1 for / and ~0 for ~ in a name";
    return fail(`${name} is ${JSON.stringify(pointer) ?? "missing"}`, expected, `start ${name} with /`);
  }
  const at = segmentsOf(path) ?? [];
  const source = segmentsOf(from) ?? [];
  if (isPair) return op === "move" ? move(source, at, step) : duplicate(source, at, step);
  if (op === "remove") return removeAt(at, step);
  if (value === undefined) return fail("there is no value", "a value", "state it; null is one");
  return op === "add"
    ? addAt(at, value, step)
    : op === "replace"
      ? replaceAt(at, value, step)
      : testAt(at, value, step);
}

/** The place of a pointer, there or, where it may be, not; reports a pointer that leads nowhere. */
function find(
  segments: readonly string[],
  mayBeNew: boolean,
  { root, schema, report }: PatchStep,
): PointerPlace | undefined {
  const found = pointerPlace(root, schema, segments, { mayAppend: mayBeNew });
  const stray =
    "what" in found ? found : !found.exists && !mayBeNew ? missingPlace(found, found.parent) : undefined;
  if (stray) {
    const { path, code, what, ...rest } = stray;
    report.report(path, code, what, rest);
  }
  return "what" in found || stray ? undefined : found;
}

function addAt(segments: readonly string[], value: Plain, step: PatchStep): boolean {
  const place = find(segments, true, step);
  if (!place || !fitsPlace(place, value, step)) return false;
  const { parent, key, path } = place;
  if (!agrees(path, value, step.report)) return true;
  if (Array.isArray(parent)) parent.splice(Number(key), 0, copy(value));
  else setOwn(parent, key, copy(value));
  return true;
}

function replaceAt(segments: readonly string[], value: Plain, step: PatchStep): boolean {
  const place = find(segments, false, step);
  if (!place || !fitsPlace(place, value, step)) return false;
  const { parent, key, path } = place;
  if (!agrees(path, value, step.report)) return true;
  if (Array.isArray(parent)) parent[Number(key)] = copy(value);
  else setOwn(parent, key, copy(value));
  return true;
}

function removeAt(segments: readonly string[], step: PatchStep): boolean {
  const place = find(segments, false, step);
  if (!place) return false;
  const { parent, key, path } = place;
  if (!agrees(path, null, step.report)) return true;
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return true;
}

function testAt(segments: readonly string[], value: Plain, step: PatchStep): boolean {
  const place = find(segments, false, step);
  if (!place) return false;
  const got = childOf(place.parent, place.key);
  if (same(got, value)) return true;
  step.report.report(place.path, "operation-test-failed", `the test fails: it is ${toJson(got)}`, {
    expected: JSON.stringify(value),
    fix: "bring the patch up to date with the object",
  });
  return false;
}

function move(from: readonly string[], to: readonly string[], step: PatchStep): boolean {
  if (from.length < to.length && from.every((segment, index) => segment === to[index])) {
    step.report.report("", "operation-impossible", "a value cannot move into itself", {
      expected: "another place",
      fix: "use copy",
    });
    return false;
  }
  const place = find(from, false, step);
  if (!place) return false;
  const value = childOf(place.parent, place.key);
  return value !== undefined && removeAt(from, step) && addAt(to, value, step);
}

function duplicate(from: readonly string[], to: readonly string[], step: PatchStep): boolean {
  const place = find(from, false, step);
  if (!place) return false;
  const value = childOf(place.parent, place.key);
  if (value === undefined) return false;
  if (!whyNotPlain(value) && sizeOf(value) < largestList) return addAt(to, value, step);
  step.report.report(place.path, "operation-impossible", "a value of this size is not copied", {
    expected: `fewer than ${largestList} values, not too deep`,
    fix: "copies of copies grow without end; state what is meant",
  });
  return false;
}

/** More than any manifest holds: the API server takes objects of 3 MiB at most. */
const largestList = 100_000;

const sizeOf = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce((sum: number, inner) => sum + sizeOf(inner), 1)
    : 1;

/** Whether the schema has the place and takes the value there; reports it otherwise. */
function fitsPlace(
  { key, field, refusedBy, path }: PointerPlace,
  value: Plain,
  { report }: PatchStep,
): boolean {
  if (!refusedBy) return checkValue(value, field, path, report);
  const { code, what, ...rest } = unknownField(key, refusedBy);
  report.report(path, code, what, rest);
  return false;
}
