import { kubernetesFile, mapSchemas, type Crd, type SharedDefinitions } from "./crd.ts";
import { InputError } from "../problem.ts";
import { mapSubschemas, ownProperty, type Schema } from "./schema.ts";

/** What a reference to a definition begins with that all CRDs share. */
export const sharedPrefix: string = `${kubernetesFile}#/$defs/`;
/** What one begins with to a definition beside the `spec` of the same CRD. */
export const localPrefix = "#/$defs/";

/** The key of the definition that a reference names, or undefined for a node that is none. */
export function referenceOf({ $ref }: Schema): string | undefined {
  return $ref?.startsWith(sharedPrefix) ? $ref.slice(sharedPrefix.length) : $ref;
}

/** What the definition of a key is called: `PodSpec` of `shops.example.com#/$defs/PodSpec`. */
export const definitionName = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

/** The schema with other references. */
export function mapReferences(schema: Schema, change: (reference: string) => string): Schema {
  const mapped = mapSubschemas(schema, (sub) => mapReferences(sub, change));
  return mapped.$ref === undefined ? mapped : { ...mapped, $ref: change(mapped.$ref) };
}

/**
 * The CRD as a cluster takes it: every reference written out.
 *
 * @throws InputError naming references that lead nowhere or into themselves.
 */
export function expand({ $defs = {}, ...crd }: Crd, definitions: SharedDefinitions): Crd {
  const local = Object.entries($defs).map(([name, schema]) => [`${localPrefix}${name}`, schema]);
  const all: SharedDefinitions = { ...definitions, ...Object.fromEntries(local) };
  return mapSchemas(crd, (schema) => expandNode(schema, all, crd.metadata.name, []));
}

/** A definition with every reference written out. */
export const expandDefinition = (name: string, definitions: SharedDefinitions): Schema =>
  expandNode(definitions[name] ?? {}, definitions, name, [name]);

function expandNode(
  schema: Schema,
  definitions: SharedDefinitions,
  file: string,
  within: readonly string[],
): Schema {
  const name = referenceOf(schema);
  if (name === undefined) return mapSubschemas(schema, (sub) => expandNode(sub, definitions, file, within));
  const definition = ownProperty(definitions, name);
  if (!definition || within.includes(name)) {
    const what = definition
      ? `the definition ${name} holds itself`
      : `the reference ${schema.$ref} leads nowhere`;
    throw new InputError([{ code: "reference-broken", file, what, fix: `Fix it in ${kubernetesFile}` }]);
  }
  const { $ref: _reference, ...beside } = schema;
  return { ...expandNode(definition, definitions, file, [...within, name]), ...beside };
}
