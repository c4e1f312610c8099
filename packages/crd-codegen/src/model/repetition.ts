import { mapSchemas, type Crd } from "./crd.ts";
import { hashOf, pascal, shortened } from "./names.ts";
import { canonical, isObject, subschemas, type Schema, type SchemaStep } from "./schema.ts";

/** Subtrees by what they hold: those that hold the same have one name. */
export type Identify = (schema: Schema) => string;

/** What may differ from one use of a definition to the next; it stays beside the reference. */
export const besideReference: ReadonlySet<string> = new Set(["description", "default", "nullable"]);

const noNames: ReadonlySet<string> = new Set();

/** Names what schemas hold, each subtree once: the whole of it, and without what may differ from use to use. */
export function newIdentifiers(): { readonly whole: Identify; readonly shared: Identify } {
  const ids = new Map<string, string>();
  const identify = (except: ReadonlySet<string>): Identify => {
    const known = new WeakMap<Schema, string>();
    return (schema) => {
      const before = known.get(schema);
      if (before !== undefined) return before;
      const text = schemaText(schema, except, (sub) => whole(sub));
      const id = ids.get(text) ?? String(ids.size);
      ids.set(text, id);
      known.set(schema, id);
      return id;
    };
  };
  const whole = identify(noNames);
  return { whole, shared: identify(besideReference) };
}

/** A node as text: equal texts are equal nodes. What is below it is told by its id alone. */
function schemaText(schema: Schema, except: ReadonlySet<string>, idOf: Identify): string {
  const entries = Object.keys(schema)
    .toSorted()
    .filter((key) => !except.has(key) && schema[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${keywordText(key, schema[key], idOf)}`);
  return entries.join();
}

function keywordText(key: string, value: unknown, idOf: Identify): string {
  if (key === "properties" && isObject(value)) {
    const names = Object.keys(value).toSorted();
    return `{${names.map((name) => `${JSON.stringify(name)}:${idOf(schemaOf(value[name]))}`).join()}}`;
  }
  if ((key === "items" || key === "not" || key === "additionalProperties") && isObject(value))
    return `(${idOf(value)})`;
  if ((key === "allOf" || key === "anyOf" || key === "oneOf") && Array.isArray(value))
    return `(${value.map((sub) => idOf(schemaOf(sub))).join()})`;
  return canonical(value);
}

const schemaOf = (value: unknown): Schema => (isObject(value) ? value : {});

/** As many fields as make it worth to name a subtree that stands in several places. */
const leastFields = 8;

/** Where a subtree was first seen: the fields that lead there, elements and values with them. */
type SubtreePlace = readonly string[];

/** A subtree that has to be named, and how many names it was refused. */
interface Nameless {
  readonly id: string;
  readonly schema: Schema;
  readonly version: string;
  readonly place: SubtreePlace;
  readonly refused: number;
}

/**
 * The names of a CRD's own subtrees that stand in several places of one version: the kind's, and the field's that the
 * shallowest of them is under, or as many fields as tell it from the others.
 *
 * @param isTaken whether something else is called so.
 */
export function repeatedNames(
  crd: Crd,
  identify: Identify,
  isTaken: (name: string) => boolean,
): ReadonlyMap<string, string> {
  const kind = pascal(crd.spec.names.kind);
  const names = new Map<string, string>();
  const used = new Set<string>();
  let open: readonly Nameless[] = repeatedPlaces(crd, identify);
  while (open.length > 0) {
    const wanted = open.map((one) => ({ one, name: wantedName(kind, one) }));
    const isFree = (name: string): boolean =>
      !isTaken(name) && !used.has(name) && wanted.filter((other) => other.name === name).length === 1;
    const free = wanted.filter(({ name }) => isFree(name));
    open = wanted
      .filter(({ name }) => !isFree(name))
      .map(({ one }) => ({ ...one, refused: one.refused + 1 }));
    for (const { one, name } of free) names.set(one.id, name);
    for (const { name } of free) used.add(name);
  }
  return names;
}

/** One more field each time, then the version, and at last what it holds. */
function wantedName(kind: string, { schema, version, place, refused }: Nameless): string {
  if (refused < place.length) return shortened(kind, place.slice(-1 - refused));
  const more = refused > place.length ? [hashOf(canonical(schema))] : [];
  return shortened(kind, [...place, pascal(version), ...more]);
}

function repeatedPlaces(crd: Crd, identify: Identify): Nameless[] {
  const first = new Map<string, Nameless>();
  const repeated = new Set<string>();
  mapSchemas(crd, (root, { name: version }) => {
    const seen = new Set<string>();
    // The shallowest first.
    const queue: { schema: Schema; place: SubtreePlace }[] = [{ schema: root, place: [] }];
    for (const { schema, place } of queue) {
      if (place.length > 0 && isWorthIt(schema)) {
        const id = identify(schema);
        if (!first.has(id)) first.set(id, { id, schema, version, place, refused: 0 });
        if (seen.has(id)) {
          repeated.add(id);
          continue;
        }
        seen.add(id);
      }
      for (const [step, sub] of subschemas(schema)) {
        const next = subtreePlace(place, step);
        if (next) queue.push({ schema: sub, place: next });
      }
    }
    return root;
  });
  return [...first.values()].filter(({ id }) => repeated.has(id));
}

/** Branches of combinators have no type of their own. */
function subtreePlace(place: SubtreePlace, [keyword, name]: SchemaStep): SubtreePlace | undefined {
  if (keyword === "properties") return [...place, pascal(String(name))];
  const suffix = keyword === "items" ? "Item" : keyword === "additionalProperties" ? "Value" : undefined;
  if (suffix === undefined || place.length === 0) return undefined;
  return [...place.slice(0, -1), `${place.at(-1)}${suffix}`];
}

const sizes = new WeakMap<Schema, number>();

function isWorthIt(schema: Schema): boolean {
  return schema.type === "object" && isObject(schema.properties) && fieldCount(schema) >= leastFields;
}

function fieldCount(schema: Schema): number {
  const known = sizes.get(schema);
  if (known !== undefined) return known;
  const own = isObject(schema.properties) ? Object.keys(schema.properties).length : 0;
  const size = subschemas(schema).reduce((sum, [, sub]) => sum + fieldCount(sub), own);
  sizes.set(schema, size);
  return size;
}
