import type { Changes } from "@atlas/files";
import { InputError } from "@atlas/input";
import type { RenderedObject } from "./object-changes.ts";
import { declaredIn, type Definitions, type PlaceOf, type WholeObject } from "./object-predictions.ts";
import { explained, type ExplainedValue } from "./workspace.ts";

/** As many objects are looked up as a person will go to; each takes as long as a render. */
const most = 30;

/**
 * Where the values of the objects of some kinds are set, of each in the first environment that has it. It is asked before
 * the kinds are others, as layers are not composed any more whose objects these refuse.
 */
export async function objectPlaces(
  root: string,
  changes: Changes,
  environments: ReadonlyMap<string, ReadonlyMap<string, RenderedObject>>,
  definitions: Definitions,
): Promise<PlaceOf> {
  const found = new Map<string, Map<string, string>>();
  for (const [environment, objects] of environments) {
    for (const object of declaredIn(objects, definitions)) {
      const key = keyOf(object);
      if (found.has(key) || found.size === most) continue;
      found.set(key, placesOf(await valuesOf(root, changes, environment, object)));
    }
  }
  return ({ whole }, path) => nearestPlace(found.get(keyOf(whole)) ?? new Map(), path);
}

const keyOf = (object: WholeObject): string => JSON.stringify(object);

async function valuesOf(
  root: string,
  changes: Changes,
  environment: string,
  { apiVersion, kind, metadata }: WholeObject,
): Promise<readonly ExplainedValue[]> {
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

const placesOf = (values: readonly ExplainedValue[]): Map<string, string> =>
  new Map(
    values.flatMap(({ path, changes }) => {
      const place = changes.findLast(({ file }) => file !== undefined);
      return place ? [[path, `${place.file}:${place.line}:${place.column}`] as const] : [];
    }),
  );

/** The place of a value, of one in it, or else of what it lies in. */
function nearestPlace(places: ReadonlyMap<string, string>, path: string): string | undefined {
  const isWithin = (own: string): boolean => path === "" || /^(?:$|[.[])/.test(own.slice(path.length));
  const own = places.get(path);
  if (own !== undefined) return own;
  const within = [...places.keys()].find((each) => each.startsWith(path) && isWithin(each));
  if (within !== undefined) return places.get(within);
  const above = path.replace(/(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/, "");
  return above === path ? undefined : nearestPlace(places, above);
}
