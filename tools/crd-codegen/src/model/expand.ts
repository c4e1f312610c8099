import { kubernetesFile, mapSchemas, type Crd, type Definitions } from "./crd.ts";
import { InputError } from "../problem.ts";
import { mapSubschemas, own, type Schema } from "./schema.ts";

const prefix = `${kubernetesFile}#/$defs/`;

/** The definition that a reference names, or undefined for a node that is none. */
export function referenceOf({ $ref }: Schema): string | undefined {
  return $ref?.startsWith(prefix) ? $ref.slice(prefix.length) : $ref;
}

/**
 * The CRD as a cluster takes it: every reference written out.
 *
 * @throws InputError naming references that lead nowhere or into themselves.
 */
export function expand(crd: Crd, definitions: Definitions): Crd {
  return mapSchemas(crd, (schema) => expandNode(schema, []));

  function expandNode(schema: Schema, within: readonly string[]): Schema {
    const name = referenceOf(schema);
    if (name === undefined) return mapSubschemas(schema, (sub) => expandNode(sub, within));
    const definition = own(definitions, name);
    if (!definition || within.includes(name)) {
      const what = definition
        ? `the definition ${name} holds itself`
        : `the reference ${schema.$ref} leads nowhere`;
      throw new InputError([{ file: crd.metadata.name, what, mend: `Mend it in ${kubernetesFile}` }]);
    }
    const { $ref: _reference, ...beside } = schema;
    return { ...expandNode(definition, [...within, name]), ...beside };
  }
}
