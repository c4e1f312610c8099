import { follow, namesIn } from "@atlas/compose/places";
import type { Changes } from "@atlas/files";
import { InputError } from "@atlas/input";
import type { RenderedObject } from "./object-changes.ts";
import {
  declaredIn,
  type KindDefinitions,
  type PlaceOfPrediction,
  type WholeObject,
} from "./object-predictions.ts";
import { explained, type ValueExplained } from "./workspace.ts";

/** As many objects are looked up as a person will go to; each takes as long as a render. */
const mostObjects = 30;

/**
 * Where the values of the objects of some kinds are set, of each in the first environment that has it. It is asked before
 * the kinds are others, as layers are not composed any more whose objects these refuse.
 */
export async function objectPlaces(
  root: string,
  changes: Changes,
  environments: ReadonlyMap<string, ReadonlyMap<string, RenderedObject>>,
  definitions: KindDefinitions,
): Promise<PlaceOfPrediction> {
  const found = new Map<string, readonly SetValue[]>();
  for (const [environment, objects] of environments) {
    for (const object of declaredIn(objects, definitions)) {
      const key = objectKey(object);
      if (found.has(key) || found.size === mostObjects) continue;
      found.set(key, setValues(object, await explainedValues(root, changes, environment, object)));
    }
  }
  return ({ whole }, path) => nearestPlace(found.get(objectKey(whole)) ?? [], fieldsAlong(whole, path));
}

const objectKey = (object: WholeObject): string => JSON.stringify(object);

async function explainedValues(
  root: string,
  changes: Changes,
  environment: string,
  { apiVersion, kind, metadata }: WholeObject,
): Promise<readonly ValueExplained[]> {
  const namespace = "namespace" in metadata ? [String(metadata.namespace)] : [];
  const name = [`${kind}.${String(apiVersion).split("/")[0]}`, ...namespace, metadata.name].join("/");
  try {
    return (await explained(root, changes, environment, name)).values;
  } catch (error) {
    // Nothing is lost but the place.
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** A value of an object: the fields and indices that lead to it, and the place that has set it last. */
interface SetValue {
  readonly fields: readonly string[];
  readonly place: string;
}

const setValues = (object: WholeObject, values: readonly ValueExplained[]): SetValue[] =>
  values.flatMap(({ path, changes }) => {
    const set = changes.findLast(({ file }) => file !== undefined);
    return set ? [{ fields: fieldsAlong(object, path), place: `${set.file}:${set.line}:${set.column}` }] : [];
  });

const fieldsAlong = (object: WholeObject, path: string): readonly string[] =>
  follow(object, namesIn(path) ?? []);

/** The place of a value, of one in it, or else of one in what it lies in. */
function nearestPlace(values: readonly SetValue[], fields: readonly string[]): string | undefined {
  for (let length = fields.length; length >= 0; length--) {
    const within = values.find((value) =>
      fields.slice(0, length).every((field, index) => field === value.fields[index]),
    );
    if (within) return within.place;
  }
  return undefined;
}
