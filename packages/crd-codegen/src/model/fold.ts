import { mapSchemas, type Crd, type SharedDefinitions } from "./crd.ts";
import { expandDefinition, localPrefix, mapReferences, sharedPrefix } from "./expand.ts";
import { nameBySubtree, type KubernetesNames } from "./kubernetes-names.ts";
import { pascal, shortened } from "./names.ts";
import { besideReference, newIdentifiers, repeatedNames, type Identify } from "./repetition.ts";
import { canonical, isObject, mapSubschemas, type Schema } from "./schema.ts";

/** CRDs in which a reference stands for what has a name, and the definitions that they share. */
export interface Folded {
  readonly crds: readonly Crd[];
  readonly definitions: SharedDefinitions;
}

/**
 * Puts a reference for each Kubernetes definition that the schemas write out in full, and for each larger subtree of a CRD
 * that stands in several places of it.
 *
 * What something is called follows from its own CRD alone, so that another one beside it changes nothing. Definitions of
 * Kubernetes' that are the same in all of the CRDs are shared; where two CRDs have different ones of one name, each keeps
 * its own, beside its `spec`, except for those of the `earlier` definitions, which stay where they are.
 */
export function fold(crds: readonly Crd[], names: KubernetesNames, earlier: SharedDefinitions = {}): Folded {
  // Of all CRDs, so that what two of them hold is told by its id as well.
  const { whole, shared: identify } = newIdentifiers();
  const contentOf = ({ id, schema }: WrittenDefinition): string => `${id} ${whole(schema)}`;
  const folded = crds
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map((crd) => foldCrd(crd, names, identify));
  const shared = sharedAmong(folded, earlier, contentOf);
  const definitions = [...shared]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { schema }]) => [name, mapReferences(schema, toShared)]);
  return {
    crds: folded.map((one) => placed(one, shared, contentOf)),
    definitions: Object.fromEntries(definitions),
  };
}

/** A definition as it was written out, and with references in it. */
interface WrittenDefinition {
  readonly id: string;
  readonly written: Schema;
  readonly schema: Schema;
  readonly isKubernetes: boolean;
}

/** What tells a definition from others of its name, in other CRDs: as it was written out, and with its references. */
type ContentOf = (definition: WrittenDefinition) => string;

interface FoldedCrd {
  readonly crd: Crd;
  readonly definitions: ReadonlyMap<string, WrittenDefinition>;
}

interface Fold {
  readonly names: KubernetesNames;
  readonly identify: Identify;
  readonly repeated: ReadonlyMap<string, string>;
  readonly definitions: Map<string, WrittenDefinition>;
}

/** Where a node stands: the Kubernetes definition above it, if it is inside of one, and the field it is under. */
interface NodePlace {
  readonly definition?: string;
  readonly field: string;
}

function foldCrd(crd: Crd, names: KubernetesNames, identify: Identify): FoldedCrd {
  const repeated = names.size === 0 ? new Map() : repeatedNames(crd, identify, (name) => names.has(name));
  const state: Fold = { names, identify, repeated, definitions: new Map() };
  const folded = mapSchemas(crd, (schema) => foldNode(schema, { field: "" }, state));
  return { crd: folded, definitions: state.definitions };
}

function foldNode(schema: Schema, place: NodePlace, state: Fold): Schema {
  const name = kubernetesName(schema, place, state);
  const own =
    name === undefined && place.definition === undefined && place.field !== "" && schema.type === "object"
      ? state.repeated.get(state.identify(schema))
      : undefined;
  const keepsUnknown = schema.type === "array" && schema["x-kubernetes-preserve-unknown-fields"] === true;
  const inside = (sub: Schema, step: readonly (string | number)[]): Schema => {
    const isProperty = step[0] === "properties";
    // Elements that keep unknown fields are other ones than the definition's; a branch declares nothing.
    if (!isProperty && (keepsUnknown || !(step[0] === "items" || step[0] === "additionalProperties")))
      return sub;
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
  if (name === undefined && own === undefined) return mapSubschemas(schema, inside);
  const shared = Object.fromEntries(Object.entries(schema).filter(([key]) => !besideReference.has(key)));
  const beside = Object.fromEntries(Object.entries(schema).filter(([key]) => besideReference.has(key)));
  const declared = declareDefinition(name ?? own ?? "", shared, place, name !== undefined, state, (node) =>
    mapSubschemas(node, inside),
  );
  return { $ref: `${localPrefix}${declared}`, ...beside };
}

function kubernetesName(
  schema: Schema,
  { definition, field }: NodePlace,
  { names }: Fold,
): string | undefined {
  if (schema.type !== "object" || !isObject(schema.properties) || field === "") return undefined;
  const found = nameBySubtree(names, schema, field, definition);
  if (found !== undefined || definition === undefined) return found;
  return Object.keys(schema.properties).length === 0 ? undefined : shortened(definition, [pascal(field)]);
}

/**
 * Declares a definition once; one that differs from its namesake carries the name of the definition it stands in, and
 * one that differs from those as well a number.
 */
function declareDefinition(
  name: string,
  written: Schema,
  { definition, field }: NodePlace,
  isKubernetes: boolean,
  { definitions, identify }: Fold,
  foldInside: (schema: Schema) => Schema,
): string {
  const id = identify(written);
  const place = shortened(definition ?? "", [pascal(field)]);
  for (let count = 0; ; count += 1) {
    const candidate = [name, place, shortened(place, [name])][count] ?? `${name}${count - 1}`;
    const known = definitions.get(candidate);
    if (known?.id === id) return candidate;
    if (known || candidate === "") continue;
    // Set before folding what is inside, which may look for the name.
    definitions.set(candidate, { id, written, schema: written, isKubernetes });
    definitions.set(candidate, { id, written, schema: foldInside(written), isKubernetes });
    return candidate;
  }
}

/** Definitions of Kubernetes' that all CRDs can share: of a name, one content, and nothing in it that is not shared. */
function sharedAmong(
  folded: readonly FoldedCrd[],
  earlier: SharedDefinitions,
  contentOf: ContentOf,
): Map<string, WrittenDefinition> {
  const byName = new Map<string, Map<string, WrittenDefinition>>();
  for (const { definitions } of folded)
    for (const [name, definition] of definitions) {
      if (!definition.isKubernetes) continue;
      const known = byName.get(name) ?? new Map<string, WrittenDefinition>();
      known.set(contentOf(definition), definition);
      byName.set(name, known);
    }
  const shared = new Map<string, WrittenDefinition>();
  for (const [name, known] of byName) {
    const [only, ...others] = known.values();
    const before =
      others.length > 0 && earlier[name] ? canonical(expandDefinition(name, earlier)) : undefined;
    const chosen =
      others.length === 0 ? only : [...known.values()].find(({ written }) => canonical(written) === before);
    if (chosen) shared.set(name, chosen);
  }
  for (let last = -1; last !== shared.size;) {
    last = shared.size;
    for (const [name, { schema }] of shared)
      if (!schemaReferences(schema).every((inner) => shared.has(inner))) shared.delete(name);
  }
  return shared;
}

function schemaReferences(schema: Schema): string[] {
  const found: string[] = [];
  mapReferences(schema, (reference) => {
    found.push(reference.slice(localPrefix.length));
    return reference;
  });
  return found;
}

const toShared = (reference: string): string => reference.replace(localPrefix, sharedPrefix);

/** The CRD with references to what is shared, and with the definitions that are its own. */
function placed(
  { crd, definitions }: FoldedCrd,
  shared: ReadonlyMap<string, WrittenDefinition>,
  contentOf: ContentOf,
): Crd {
  const isShared = (name: string): boolean => {
    const [own, common] = [definitions.get(name), shared.get(name)];
    return own !== undefined && common !== undefined && contentOf(own) === contentOf(common);
  };
  const change = (schema: Schema): Schema =>
    mapReferences(schema, (reference) =>
      isShared(reference.slice(localPrefix.length)) ? toShared(reference) : reference,
    );
  const own = [...definitions].filter(([name]) => !isShared(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const whole = mapSchemas(crd, change);
  if (own.length === 0) return whole;
  return { ...whole, $defs: Object.fromEntries(own.map(([name, { schema }]) => [name, change(schema)])) };
}
