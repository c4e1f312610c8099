import { pascal, shortened } from "../model/names.ts";
import { isObject, type Schema } from "../model/schema.ts";

/** The names of the interfaces that object schemas become, in the order in which they are declared. */
export type Interfaces = ReadonlyMap<Schema, string>;

/** What an interface's name may have behind it in the same module. */
export const endings: readonly string[] = ["", "Observed", "Fields", "Cases"];

/** What interfaces are named from: a schema, what its name begins with, and the steps that lead to it. */
export interface Root {
  readonly root: string;
  readonly steps: readonly string[];
  readonly schema: Schema;
}

/**
 * Names every object below the given ones by its path: `spec.dir.remote` of AtlasMigration is AtlasMigrationSpecDirRemote.
 * Two paths that come to one name are told apart.
 */
export function nameInterfaces(roots: readonly Root[], reserved: readonly string[]): Interfaces {
  const names = new Map<Schema, string>();
  const taken = new Set(reserved.flatMap((name) => endings.map((ending) => name + ending)));
  const queue = [...roots];
  for (const { root, steps, schema } of queue) {
    if (schema.$ref !== undefined || names.has(schema)) continue;
    const inside = (sub: Schema, suffix: string): unknown =>
      queue.push(
        steps.length === 0
          ? { root, steps: [suffix], schema: sub }
          : { root, steps: [...steps.slice(0, -1), `${steps.at(-1)}${suffix}`], schema: sub },
      );
    if (schema.items) inside(schema.items, "Item");
    if (isObject(schema.additionalProperties)) inside(schema.additionalProperties, "Value");
    if (!isInterface(schema)) continue;
    const free = freeSteps(root, steps, taken);
    const name = shortened(root, free);
    for (const ending of endings) taken.add(name + ending);
    names.set(schema, name);
    for (const [field, property] of Object.entries(schema.properties ?? {}))
      queue.push({ root, steps: [...free, pascal(field)], schema: property });
  }
  return names;
}

/** Whether a schema becomes an interface: an object with fields of its own. */
function isInterface({ type, properties }: Schema): boolean {
  return type === "object" && properties !== undefined && Object.keys(properties).length > 0;
}

/** The steps, with one more where what they come to is taken. */
function freeSteps(root: string, steps: readonly string[], taken: ReadonlySet<string>): readonly string[] {
  const name = shortened(root, steps);
  return endings.some((ending) => taken.has(name + ending))
    ? freeSteps(root, [...steps, "Nested"], taken)
    : steps;
}
