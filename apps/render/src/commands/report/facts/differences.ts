import { displayName, type KubernetesObject } from "@atlas/compose";
import { fieldPath } from "@atlas/compose/places";
import { toJson, toYaml } from "@atlas/compose/yaml";

/** A value that is not the same in all environments, or an object that not all of them have. */
export interface EnvironmentDifference {
  readonly object: string;
  /** Empty for the object as a whole. */
  readonly path: string;
  /** By environment, as it is written; undefined where there is none. */
  readonly values: readonly (string | undefined)[];
}

/**
 * Where environments differ, by object and path: the deepest value that says it. Of a CustomResourceDefinition it is said
 * that it differs, and no more.
 *
 * @param nameOf by what objects of two environments are known to be the same.
 */
export function differencesOf(
  environments: readonly (readonly KubernetesObject[])[],
  nameOf: (object: KubernetesObject) => string = displayName,
): readonly EnvironmentDifference[] {
  if (environments.length < 2) return [];
  const byName = environments.map((objects) => new Map(objects.map((each) => [nameOf(each), each])));
  const names = [...new Set(byName.flatMap((objects) => [...objects.keys()]))];
  return names.flatMap((object) => {
    const objects = byName.map((all) => all.get(object));
    if (objects.includes(undefined))
      return [{ object, path: "", values: objects.map((each) => (each ? "there" : undefined)) }];
    if (objects[0]?.kind === "CustomResourceDefinition") return ofWhole(object, objects);
    return differingValues(objects, "").map(([path, values]) => ({
      object,
      path,
      values: values.map(written),
    }));
  });
}

function ofWhole(object: string, objects: readonly unknown[]): readonly EnvironmentDifference[] {
  const texts = objects.map(compared);
  const kinds = [...new Set(texts)];
  if (kinds.length < 2) return [];
  return [{ object, path: "", values: texts.map((text) => `variant ${kinds.indexOf(text) + 1}`) }];
}

type EnvironmentValues = readonly unknown[];

/** The paths at which values differ; what one of them does not have at all is one difference, whatever is in it. */
function differingValues(
  values: EnvironmentValues,
  path: string,
): readonly (readonly [path: string, values: EnvironmentValues])[] {
  if (new Set(values.map(compared)).size < 2) return [];
  const parts = values.map((value) => partsByName(value));
  if (!parts.every((each) => each !== undefined)) return [[path, values]];
  const names = [...new Set(parts.flatMap((each) => [...each.keys()]))];
  return names.flatMap((name) => {
    const inner = Array.isArray(values[0]) ? `${path}[${name}]` : fieldPath(path, name);
    return differingValues(
      parts.map((each) => each.get(name)),
      inner,
    );
  });
}

/** The fields of an object, and the elements of a list whose elements have names; undefined for other values. */
function partsByName(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (isFieldRecord(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value) || !value.every(isFieldRecord)) return undefined;
  const named = new Map(value.map((each) => [String(each["name"]), each]));
  return named.size === value.length && !named.has("undefined") ? named : undefined;
}

const isFieldRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as YAML, where it is more than one, else as JSON. */
function written(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "object" && value !== null ? toYaml(value).trimEnd() : toJson(value);
}

/** A value as it is compared: JSON, also of whole numbers beyond those of JavaScript. */
const compared = (value: unknown): string => (value === undefined ? "" : toJson(value));
