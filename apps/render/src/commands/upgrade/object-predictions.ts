import { isDeepStrictEqual } from "node:util";
import { predictUpgrade, type Prediction, type RefusedPrediction } from "@atlas/crd-codegen/upgrade";
import { toJson } from "@atlas/compose/yaml";
import type { RenderedObject } from "./object-changes.ts";

/** A rendered object, all of it. */
export type WholeObject = RenderedObject & { readonly [field: string]: unknown };

/** What becomes of one object, and of all that is the same in other environments. */
export interface ObjectPrediction {
  readonly environments: readonly string[];
  /** `AtlasSchema/shop`. */
  readonly object: string;
  /** The object as it is in them. */
  readonly whole: WholeObject;
  readonly predictions: readonly (Prediction | KindRemoved)[];
}

/** The kind goes, and with its definition each object of it. */
interface KindRemoved {
  readonly kind: "removed";
  readonly path: "";
}

/** CustomResourceDefinitions, by their names. */
export type KindDefinitions = ReadonlyMap<string, WholeObject>;

/**
 * What becomes of the objects of environments that are stored in a cluster when CRDs are replaced, of each kind of which
 * the CRD differs. An environment that has a CRD itself is held against that one.
 *
 * @param environments the objects as they were rendered before, by environment.
 */
export function objectPredictions(
  environments: ReadonlyMap<string, ReadonlyMap<string, RenderedObject>>,
  before: KindDefinitions,
  after: KindDefinitions,
): ObjectPrediction[] {
  const found = new Map<string, ObjectPrediction>();
  for (const [environment, objects] of environments) {
    const own = [...objects.values()]
      .filter(isWholeObject)
      .filter(({ kind }) => kind === "CustomResourceDefinition");
    const stated = new Map([...before, ...own.map((crd) => [crd.metadata.name, crd] as const)]);
    for (const object of declaredIn(objects, before)) {
      const crd = [...stated.values()].find((each) => declaresKind(each, object));
      const now = crd && after.get(crd.metadata.name);
      if (!crd || (now && isDeepStrictEqual(now, before.get(crd.metadata.name)))) continue;
      const predictions = now ? predictUpgrade(crd, now, object) : [{ kind: "removed", path: "" } as const];
      const key = toJson([object, predictions]);
      found.set(key, {
        environments: [...(found.get(key)?.environments ?? []), environment],
        object: `${object.kind}/${object.metadata.name}`,
        whole: object,
        predictions,
      });
    }
  }
  return [...found.values()];
}

/** The objects of an environment whose kinds some CRDs declare. */
export const declaredIn = (
  objects: ReadonlyMap<string, RenderedObject>,
  definitions: KindDefinitions,
): WholeObject[] =>
  [...objects.values()]
    .filter(isWholeObject)
    .filter((object) => [...definitions.values()].some((crd) => declaresKind(crd, object)));

const isWholeObject = (object: RenderedObject): object is WholeObject => "apiVersion" in object;

function declaresKind({ spec }: WholeObject, { apiVersion, kind }: WholeObject): boolean {
  const { group, names } = spec as { readonly group?: string; readonly names?: { readonly kind?: string } };
  return names?.kind === kind && String(apiVersion).split("/")[0] === group;
}

/** Whether an object loses something, or is refused: somebody has to do something. */
export const isTrouble = ({ kind }: { readonly kind: string }): boolean =>
  kind === "removed" || kind === "pruned" || kind === "refused";

/** Says where a value is set, as `file:line:column`; nothing where it is not known. */
export type PlaceOfPrediction = (object: ObjectPrediction, path: string) => string | undefined;

/** What becomes of objects, a line each prediction; what somebody has to put right comes first. */
export function formatPredictions(all: readonly ObjectPrediction[], placeOf: PlaceOfPrediction): string {
  if (all.length === 0) return "No environment has an object of a kind that changes.\n";
  const lines = all
    .flatMap((one) => one.predictions.map((prediction) => ({ one, prediction })))
    .toSorted((a, b) => Number(isTrouble(b.prediction)) - Number(isTrouble(a.prediction)))
    .map(({ one, prediction }) => `  ${predictionLine(one, prediction, placeOf)}\n`);
  return `What becomes of objects that are stored:\n${lines.join("")}`;
}

/** What becomes of an object, with the place that has set it. */
export function predictionLine(
  one: ObjectPrediction,
  prediction: ObjectPrediction["predictions"][number],
  placeOf: PlaceOfPrediction,
): string {
  const place = isTrouble(prediction) ? placeOf(one, prediction.path) : undefined;
  return `${one.object} in ${one.environments.join(", ")}: ${predictionWords(prediction)}${place === undefined ? "" : ` (${place})`}`;
}

function predictionWords(prediction: ObjectPrediction["predictions"][number]): string {
  if (prediction.kind === "removed") return "is lost, as the release does not have its kind any more";
  if (prediction.kind === "pruned")
    return `loses ${prediction.path}, which was ${shownPrediction(prediction.value)}`;
  if (prediction.kind === "defaulted")
    return `gets ${prediction.path}: ${shownPrediction(prediction.value)}, a default`;
  return prediction.kind === "refused" ? refusalOf(prediction) : "is as valid as it was";
}

function refusalOf({
  path,
  message,
  expected,
  got,
  suggestion,
  onCreate,
  onUpdate,
}: RefusedPrediction): string {
  const when =
    onCreate && onUpdate
      ? "from now on"
      : onCreate
        ? "where it is created or changes there; as it is, it may stay"
        : "in every update";
  const details = [
    ...(got === undefined ? [] : [`got ${got}`]),
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(suggestion === undefined ? [] : [`did you mean "${suggestion}"?`]),
  ];
  return `is refused ${when}: ${[path, message].filter(Boolean).join(": ")}${details.map((each) => `; ${each}`).join("")}`;
}

const longestPrediction = 120;

function shownPrediction(value: unknown): string {
  const text = toJson(value);
  return text.length > longestPrediction ? `${text.slice(0, longestPrediction)}…` : text;
}
