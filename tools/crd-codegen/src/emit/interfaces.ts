import { pascal } from "../model/fold.ts";
import { isObject, type Schema } from "../model/schema.ts";

/** The names of the interfaces that object schemas become, in the order in which they are declared. */
export type Interfaces = ReadonlyMap<Schema, string>;

/** What an interface's name may have behind it in the same module. */
const endings = ["", "Observed", "Fields", "Cases"];

/**
 * Names every object below the given ones by its path: `spec.dir.remote` of AtlasMigration is AtlasMigrationSpecDirRemote.
 * Two paths that come to one name are told apart.
 */
export function nameInterfaces(
  roots: readonly (readonly [string, Schema])[],
  reserved: readonly string[],
): Interfaces {
  const names = new Map<Schema, string>();
  const taken = new Set(reserved.flatMap((name) => endings.map((ending) => name + ending)));
  const queue = roots.map(([wanted, schema]) => ({ wanted, schema }));
  for (const { wanted, schema } of queue) {
    if (schema.$ref !== undefined || names.has(schema)) continue;
    if (schema.items) queue.push({ wanted: `${wanted}Item`, schema: schema.items });
    if (isObject(schema.additionalProperties))
      queue.push({ wanted: `${wanted}Value`, schema: schema.additionalProperties });
    if (!isInterface(schema)) continue;
    const name = freeName(wanted, taken);
    for (const ending of endings) taken.add(name + ending);
    names.set(schema, name);
    for (const [field, property] of Object.entries(schema.properties ?? {}))
      queue.push({ wanted: `${name}${pascal(field)}`, schema: property });
  }
  return names;
}

/** Whether a schema becomes an interface: an object with fields of its own. */
function isInterface({ type, properties }: Schema): boolean {
  return type === "object" && properties !== undefined && Object.keys(properties).length > 0;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return endings.some((ending) => taken.has(wanted + ending)) ? freeName(`${wanted}Nested`, taken) : wanted;
}
