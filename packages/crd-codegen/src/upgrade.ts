import { wordIn } from "./model/schema.ts";
import { isDeepStrictEqual } from "node:util";
import type { Json } from "./model/schema.ts";
import { join, nearestOf, show, type ValidationIssue } from "./runtime/issue.ts";
import { isFields, type Fields } from "./runtime/schema.ts";
import { servedKind, servedVersions } from "./upgrade/served-kind.ts";
import { asRead, asStored, asUpdated, wrongWith, wrongWithUpdate } from "./upgrade/stored-object.ts";

/** One thing that becomes of an object when the definition of its kind is replaced. */
export type Prediction =
  /** It is read, and may be written, as it was. */
  | { readonly kind: "unchanged"; readonly path: "" }
  /** The field is lost: with the next write for good, in every read before. */
  | { readonly kind: "pruned"; readonly path: string; readonly value: unknown }
  /** The field is read with a default that it did not have. */
  | { readonly kind: "defaulted"; readonly path: string; readonly value: unknown }
  | RefusedPrediction;

/** What is wrong with an object by the new definition and was not by the old one. */
export interface RefusedPrediction extends ValidationIssue {
  readonly kind: "refused";
  /** Whether the object is refused where it is created anew. */
  readonly onCreate: boolean;
  /**
   * Whether an update is refused that changes nothing. Most of what is wrong is tolerated as long as it stays as it was
   * (CRDValidationRatcheting, on since Kubernetes 1.30), but not what is wrong in the object's root, in one of several
   * alternatives, or by a rule about the change itself.
   */
  readonly onUpdate: boolean;
}

/**
 * What becomes of an object that is stored in a cluster when the CustomResourceDefinition of its kind is replaced by
 * another: which fields are lost, which get a default, what is refused from then on. It is what kube-apiserver does
 * (apiextensions-apiserver 1.34): it never changes or refuses what is stored by itself, but prunes and completes it whenever
 * it is read, and validates it when it is written, excusing what an update leaves as it was.
 *
 * @param before the definition by which the object was stored, as a cluster takes it.
 * @param after the definition that takes its place.
 * @param object the object, as it was written or as it is stored.
 * @returns at least one prediction; none but `unchanged` where nothing becomes of it.
 * @example
 * predictUpgrade(before, after, shop);
 * // [{ kind: "pruned", path: "spec.colour", value: "red" },
 * //  { kind: "refused", path: "spec.size", message: "the value is not allowed", …, onCreate: true, onUpdate: false }]
 */
export function predictUpgrade(before: Json, after: Json, object: Json): readonly Prediction[] {
  const apiVersion = wordIn(object, "apiVersion");
  const old = servedKind(before, apiVersion);
  const now = servedKind(after, apiVersion);
  if (!now) return [notServed(after, apiVersion)];
  const stored = old ? asStored(object, old) : object;
  const read = asRead(stored, now);
  const earlier = new Set(old ? wrongWith(stored, old).map(({ path }) => path) : []);
  const found = [
    ...predictedDifferences(stored, read, ""),
    ...predictedRefusals(wrongWith(read, now), wrongWithUpdate(read, read, now)).filter(
      ({ path }) => !earlier.has(path),
    ),
  ];
  return found.length > 0 ? found : [{ kind: "unchanged", path: "" }];
}

/** What an API server makes of an update. */
export interface PredictedUpdate {
  /** The object as it is kept, where nothing is wrong with it. */
  readonly object: Json;
  /** Why it is refused; nothing where it is accepted. */
  readonly issues: readonly ValidationIssue[];
}

/**
 * What an API server with a CustomResourceDefinition makes of an update of an object that is stored there, be it by this
 * definition or by an earlier one.
 *
 * @param crd the definition, as a cluster takes it.
 * @param stored the object as it is stored.
 * @param update the object that is to take its place; `stored`, for one that changes nothing.
 * @throws {TypeError} when the definition does not serve the object's version.
 * @example
 * predictUpdate(after, shop, { ...shop, spec: { ...shop.spec, size: "small" } }).issues; // []
 */
export function predictUpdate(crd: Json, stored: Json, update: Json): PredictedUpdate {
  const served = servedKind(crd, stored["apiVersion"]);
  if (!served) throw new TypeError(`the definition does not serve ${show(stored["apiVersion"])}`);
  const read = asRead(stored, served);
  const object = asUpdated(update, read, served);
  return { object, issues: wrongWithUpdate(object, read, served) };
}

function notServed(crd: Json, apiVersion: string): RefusedPrediction {
  const versions = servedVersions(crd);
  const suggestion = nearestOf(apiVersion, versions);
  return {
    kind: "refused",
    path: "apiVersion",
    message: "the version is not served any more",
    expected: `one of: ${versions.join(", ")}`,
    got: show(apiVersion),
    ...(suggestion !== undefined && { suggestion }),
    onCreate: true,
    onUpdate: true,
  };
}

const issueName = ({ path, message }: ValidationIssue): string => `${path}: ${message}`;

/** What is wrong with the object as it is, and what of it an update that changes nothing is refused for. */
function predictedRefusals(
  wrong: readonly ValidationIssue[],
  wrongStill: readonly ValidationIssue[],
): RefusedPrediction[] {
  const still = new Set(wrongStill.map(issueName));
  const first = new Set(wrong.map(issueName));
  const all = [...wrong, ...wrongStill.filter((issue) => !first.has(issueName(issue)))];
  return all.map((issue) => ({
    kind: "refused",
    ...issue,
    onCreate: first.has(issueName(issue)),
    onUpdate: still.has(issueName(issue)),
  }));
}

/** The fields that are there no more, and those that are there now; elements stay in their places. */
function predictedDifferences(before: unknown, after: unknown, path: string): Prediction[] {
  if (Array.isArray(before) && Array.isArray(after))
    return before.flatMap((element: unknown, index) =>
      predictedDifferences(element, after[index], `${path}[${index}]`),
    );
  if (isFields(before) && isFields(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => {
      const [old, now] = [fieldOfObject(before, name), fieldOfObject(after, name)];
      return predictedDifferences(old, now, join(path, name));
    });
  }
  if (isDeepStrictEqual(before, after)) return [];
  return after === undefined
    ? [{ kind: "pruned", path, value: before }]
    : [{ kind: "defaulted", path, value: after }];
}

const fieldOfObject = (object: Fields, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;
