import { createHash } from "node:crypto";
import { mapSchemas, kubernetesFile, type Crd, type Definitions } from "./crd.ts";
import { nameBySubtree, type KubernetesNames } from "./kubernetes-names.ts";
import { canonical, isObject, mapSubschemas, type Schema } from "./schema.ts";

/** CRDs in which each embedded Kubernetes definition is a reference, and the definitions. */
export interface Folded {
  readonly crds: readonly Crd[];
  readonly definitions: Definitions;
}

interface Fold {
  readonly names: KubernetesNames;
  readonly definitions: Map<string, { readonly key: string; readonly schema: Schema }>;
}

/** Where a node stands: the Kubernetes definition above it, if it is inside of one, and the field it is under. */
interface Place {
  readonly definition?: string;
  readonly field: string;
}

/** What may differ from one use of a definition to the next; it stays beside the reference. */
const besideReference = new Set(["description", "default", "nullable"]);

/** Drops all descriptions and puts a reference for each Kubernetes definition that the schemas write out in full. */
export function fold(crds: readonly Crd[], names: KubernetesNames): Folded {
  const state: Fold = { names, definitions: new Map() };
  const folded = crds.map((crd) =>
    mapSchemas(crd, (schema) => foldNode(withoutDescriptions(schema), { field: "" }, state)),
  );
  const definitions = [...state.definitions]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { schema }]) => [name, schema]);
  return { crds: folded, definitions: Object.fromEntries(definitions) };
}

function withoutDescriptions(schema: Schema): Schema {
  const { description: _description, ...rest } = schema;
  return mapSubschemas(rest, withoutDescriptions);
}

function foldNode(schema: Schema, place: Place, state: Fold): Schema {
  const name = kubernetesName(schema, place, state);
  const inside = (sub: Schema, step: readonly (string | number)[]): Schema => {
    const isProperty = step[0] === "properties";
    const above = name ?? (isProperty ? undefined : place.definition);
    return foldNode(
      sub,
      {
        ...(above !== undefined && { definition: above }),
        field: isProperty ? String(step[1]) : place.field,
      },
      state,
    );
  };
  if (name === undefined) return mapSubschemas(schema, inside);
  const shared = Object.fromEntries(Object.entries(schema).filter(([key]) => !besideReference.has(key)));
  const beside = Object.fromEntries(Object.entries(schema).filter(([key]) => besideReference.has(key)));
  const declared = declare(name, shared, place, state, (node) => mapSubschemas(node, inside));
  return { $ref: `${kubernetesFile}#/$defs/${declared}`, ...beside };
}

function kubernetesName(schema: Schema, { definition, field }: Place, { names }: Fold): string | undefined {
  if (schema.type !== "object" || !isObject(schema.properties) || field === "") return undefined;
  const properties = Object.keys(schema.properties);
  const fromParent = definition === undefined ? undefined : names.get(definition)?.get(field);
  if (fromParent !== undefined) return fromParent;
  const isEntry = properties.length > 1 || schema["x-kubernetes-map-type"] === "atomic";
  const found = isEntry ? nameBySubtree(names, field, properties) : undefined;
  return found ?? (definition === undefined ? undefined : `${definition}${pascal(field)}`);
}

/**
 * Declares a definition once; one that differs from its namesake carries the name of the definition it stands in, and
 * one that differs from those as well a part of its content's hash.
 */
function declare(
  name: string,
  schema: Schema,
  { definition, field }: Place,
  state: Fold,
  foldInside: (schema: Schema) => Schema,
): string {
  const key = canonical(schema);
  for (const candidate of namesFor(name, key, definition, field)) {
    const known = state.definitions.get(candidate);
    if (known?.key === key) return candidate;
    if (known || candidate === "") continue;
    // Set before folding what is inside, which may look for the name.
    state.definitions.set(candidate, { key, schema });
    state.definitions.set(candidate, { key, schema: foldInside(schema) });
    return candidate;
  }
  throw new Error(`no name is left for the definition ${name} under ${definition ?? "the CRD"}.${field}`);
}

function* namesFor(
  name: string,
  key: string,
  definition: string | undefined,
  field: string,
): Iterable<string> {
  const place = `${definition ?? ""}${pascal(field)}`;
  yield* [name, place, `${place}${name}`];
  const hash = createHash("sha256").update(key).digest("hex").toUpperCase();
  for (let length = 6; length <= hash.length; length += 1) yield `${name}${hash.slice(0, length)}`;
}

/** `devURL` as `DevURL`, `last_applied` as `LastApplied`. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}
