import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isObject, type Schema } from "./schema.ts";

/** The fields of one Kubernetes definition, each with its type as `kubernetes-types` states it. */
type DefinitionFields = ReadonlyMap<string, string>;

/** Kubernetes' own definitions by name, as `kubernetes-types` declares them. */
export type KubernetesNames = ReadonlyMap<string, DefinitionFields>;

/** The groups whose definitions custom resources embed; names are unique among them. */
const kubernetesGroups = ["core/v1", "meta/v1"];

let readNames: KubernetesNames | undefined;

/** The definitions' names and fields, out of the declarations of `kubernetes-types`. */
export function readKubernetesNames(): KubernetesNames {
  readNames ??= readDeclarations();
  return readNames;
}

function readDeclarations(): KubernetesNames {
  const root = dirname(createRequire(import.meta.url).resolve("kubernetes-types/package.json"));
  const names = new Map<string, DefinitionFields>();
  for (const group of kubernetesGroups) {
    const text = readFileSync(join(root, `${group}.d.ts`), "utf8").replaceAll(/\/\*\*[^]*?\*\//g, "");
    for (const [, name = "", body = ""] of text.matchAll(/export interface (\w+) \{([^]*?)\n\}/g)) {
      const fields = body.matchAll(/^ {4}"?([\w$-]+)"?\??: (.*?);?$/gm);
      names.set(name, new Map([...fields].map(([, field = "", type = ""]) => [field, type])));
    }
  }
  return names;
}

/** How many fields another Kubernetes version has more or less. */
const mostChanged = 3;
/** How much a subtree has to have in common with a definition that it is not held for by its place. */
const leastAlike = 0.8;
/** And how much where it stands in the definition's place. */
const alikeInPlace = 0.6;
/** What has fewer fields is like many things. */
const distinctive = 3;

/**
 * The Kubernetes definition that a subtree is, or undefined for one that is the CRD's own: its fields have the names and
 * types of the definition's. A shape of one or two fields is no more than like one, but where it stands under a field
 * that holds this definition in Kubernetes, too.
 *
 * @param field the field that it stands under.
 * @param above the Kubernetes definition that the field belongs to, if it belongs to one.
 */
export function nameBySubtree(
  names: KubernetesNames,
  schema: Schema,
  field: string,
  above: string | undefined,
): string | undefined {
  const properties = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  const inPlace = definitionIn(names.get(above ?? "")?.get(field) ?? "");
  if (inPlace !== undefined && isLikeInPlace(names, schema, inPlace)) return inPlace;
  const isReference = properties.join() === "name" && schema["x-kubernetes-map-type"] === "atomic";
  if (properties.length < 2 && !isReference) return undefined;
  const near = new Set(properties.flatMap((property) => namesByField(names).get(property) ?? []));
  const candidates = [...names.keys()].filter(
    (name) => near.has(name) && isAlikeDefinition(names, schema, name),
  );
  const held = candidates.find((name) => isHeldUnder(names, field, name));
  if (held !== undefined) return held;
  if (isReference) return candidates.find((name) => name === "LocalObjectReference");
  return candidates.length === 1 && properties.length >= distinctive ? candidates[0] : undefined;
}

/** The definitions that have a field of a name; what shares no field with a subtree is not like it. */
function namesByField(names: KubernetesNames): ReadonlyMap<string, readonly string[]> {
  const known = byField.get(names);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const [name, fields] of names)
    for (const field of fields.keys()) {
      const holders = found.get(field) ?? [];
      holders.push(name);
      found.set(field, holders);
    }
  byField.set(names, found);
  return found;
}

const byField = new WeakMap<KubernetesNames, ReadonlyMap<string, readonly string[]>>();

function isHeldUnder(names: KubernetesNames, field: string, name: string): boolean {
  const known = held.get(names) ?? new Set([...names.values()].flatMap(heldBy));
  held.set(names, known);
  return known.has(`${field}: ${name}`);
}

/** Which fields hold which definitions, wherever. */
const held = new WeakMap<KubernetesNames, ReadonlySet<string>>();

const heldBy = (fields: DefinitionFields): string[] =>
  [...fields].map(([field, type]) => `${field}: ${definitionIn(type)}`);

function isAlikeDefinition(names: KubernetesNames, schema: Schema, name: string): boolean {
  const least = Object.keys(schema.properties ?? {}).length < 10 ? 1 : leastAlike;
  return likeness(names, schema, name) >= least;
}

function isLikeInPlace(names: KubernetesNames, schema: Schema, name: string): boolean {
  const [own, fields] = [Object.keys(schema.properties ?? {}), names.get(name)];
  if (!fields) return false;
  const shared = own.filter((field) => fields.has(field)).length;
  const isChanged = shared > 0 && own.length + fields.size - 2 * shared <= mostChanged;
  return isChanged || likeness(names, schema, name) >= alikeInPlace;
}

/** The part of all fields, of the subtree and of the definition, that both have with the same type. */
function likeness(names: KubernetesNames, { properties = {} }: Schema, name: string): number {
  const fields = names.get(name);
  if (!fields) return 0;
  const own = Object.keys(properties);
  // Most definitions have other fields altogether: what is inside is not worth a look.
  const isNear = (count: number): boolean => count / Math.max(own.length, fields.size) >= alikeInPlace;
  if (!isNear(Math.min(own.length, fields.size))) return 0;
  const named = own.filter((field) => fields.has(field));
  if (!isNear(named.length)) return 0;
  const same = named.filter((field) =>
    fitsKubernetesType(names, properties[field] ?? {}, fields.get(field) ?? ""),
  );
  return same.length / (own.length + fields.size - named.length);
}

/** The definition that a field's type names: `Container` of `Array<Container>`. */
const definitionIn = (type: string): string | undefined => /^(?:Array<)?([A-Z]\w+)>?$/.exec(type)?.[1];

function fitsKubernetesType(names: KubernetesNames, schema: Schema, type: string): boolean {
  const element = /^Array<(.*)>$/.exec(type)?.[1];
  if (element !== undefined)
    return schema.type === "array" && (!schema.items || fitsKubernetesType(names, schema.items, element));
  switch (type) {
    case "string":
    case "Time":
    case "MicroTime":
      return schema.type === "string";
    case "number":
      return schema.type === "integer" || schema.type === "number";
    case "boolean":
      return schema.type === "boolean";
    case "number | string":
    case "Quantity":
    case "IntOrString":
      return (
        schema["x-kubernetes-int-or-string"] === true || schema.type === "string" || schema.type === "integer"
      );
    case "{":
      return schema.type === "object" && schema.properties === undefined;
    default:
      // CRDs leave open what would be too long.
      return !names.has(type) || (schema.type === "object" && isLikeOrOpen(names, schema, type));
  }
}

const isLikeOrOpen = (names: KubernetesNames, schema: Schema, name: string): boolean =>
  schema.properties === undefined || isLikeInPlace(names, schema, name);
