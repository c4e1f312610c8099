import type { KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import { isObject, type Plain, type PlainObject } from "../src/value/plain.ts";
import { holdsNothing } from "../src/patches/empty-patch.ts";
import { definitionOf } from "../src/kubernetes/schema.ts";
import { elementsOf, few, fieldOf, fieldsAt, record, valueOf, type Site } from "./schema-values.ts";

/** A strategic merge patch that finds all that it names in the object. */
export function patchOf(object: KubernetesObject, site: Site): Arbitrary<object> {
  const fixed = new Set(["apiVersion", "kind"]);
  const change = changeFields(object as unknown as PlainObject, site, fixed).map(withContent);
  return fc.oneof(
    { weight: 30, arbitrary: change },
    { weight: 1, arbitrary: fc.constant({ $patch: "delete" }) },
    { weight: 2, arbitrary: change.map((fields) => ({ ...fields, $patch: "merge" })) },
  );
}

/** A patch that holds nothing is refused, where Kustomize passes it over: such a one gets a label. */
export function withContent<B extends PlainObject>(body: B): B {
  if (!holdsNothing(body)) return body;
  const metadata = isObject(body["metadata"]) ? body["metadata"] : {};
  return { ...body, metadata: { ...metadata, labels: { a: "b" } } };
}

/** Changes of fields that an object has, and new fields. */
function changeFields(object: PlainObject, site: Site, fixed: ReadonlySet<string>): Arbitrary<PlainObject> {
  const fields = fieldsAt(site);
  const known = [...fields.keys()].filter((name) => !fixed.has(name));
  const old = known.filter((name) => Object.hasOwn(object, name));
  const others = known.filter((name) => !Object.hasOwn(object, name));
  return fc
    .tuple(fc.subarray(old, { minLength: Math.min(1, old.length) }), few(others, 1))
    .chain(([changed, added]) =>
      record([...changed, ...added], (name) => {
        const inner = { ...site, field: fieldOf(fields, name), depth: site.depth - 1 };
        const value = object[name];
        if (value === undefined) return valueOf(inner).map((given) => marked(given, inner));
        const isMetadata = name === "metadata" && fixed.has("kind");
        return isMetadata ? changeOf(value, inner) : orNull(changeOf(value, inner));
      }),
    );
}

const orNull = (change: Arbitrary<Plain>): Arbitrary<Plain> =>
  fc.oneof({ weight: 8, arbitrary: change }, { weight: 1, arbitrary: fc.constant(null) });

/** A change of a value that is there. */
function changeOf(value: Plain, site: Site): Arbitrary<Plain> {
  const { field } = site;
  if (field.type === "object" && isObject(value)) return directed(changeFields(value, site, new Set()), site);
  if (field.type === "map" && isObject(value)) return directed(changeMap(value, site), site);
  if (field.type === "list" && field.keys && Array.isArray(value)) return changeList(value, site);
  if (field.type === "set") return changeSet(site);
  return valueOf(site);
}

/** The change, or a directive. */
const directed = (change: Arbitrary<PlainObject>, site: Site): Arbitrary<PlainObject> =>
  fc.oneof(
    { weight: 8, arbitrary: change },
    { weight: 1, arbitrary: change.map((fields) => ({ $patch: "merge", ...fields })) },
    {
      weight: 1,
      arbitrary: valueOf(site).map((value) => ({
        ...(marked(value, site) as PlainObject),
        $patch: "replace",
      })),
    },
  );

function changeMap(map: PlainObject, site: Site): Arbitrary<PlainObject> {
  const items = { ...site, field: site.field.items ?? { type: "string" }, depth: site.depth - 1 };
  return fc.tuple(fc.subarray(Object.keys(map)), valueOf(site)).chain(([old, added]) =>
    record(old, (name) => orNull(changeOf(map[name] ?? null, items))).map((changes) => ({
      ...without(marked(added, site) as PlainObject, Object.keys(map)),
      ...changes,
    })),
  );
}

const without = (object: PlainObject, names: readonly string[]): PlainObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

function changeSet(site: Site): Arbitrary<Plain> {
  const values = valueOf(site) as Arbitrary<Plain[]>;
  return fc.oneof(
    { weight: 4, arbitrary: values },
    { weight: 1, arbitrary: values.map((given) => [{ $patch: "replace" }, ...given]) },
    { weight: 1, arbitrary: fc.constant([{ $patch: "delete" }]) },
  );
}

/** Changes of elements, new ones among them, or a directive for the whole list. */
function changeList(list: readonly Plain[], site: Site): Arbitrary<Plain> {
  const { keys = [] } = site.field;
  const [first] = list;
  const isFull = isObject(first) && keys.every((key) => first[key] !== undefined);
  const added = elementsOf(site, isFull, list);
  const whole = elementsOf(site, isFull).map((elements) => [{ $patch: "replace" }, ...elements]);
  const changes = fc
    .subarray([...list])
    .chain((old) =>
      fc.tuple(
        fc.tuple(...old.map((element) => changeElement(element as PlainObject, site))),
        added,
        fc.boolean(),
      ),
    );
  const merged = changes.chain(([old, elements, isMarked]) => {
    // Of a list that is marked as a whole Kustomize loses the elements that are marked themselves.
    const all = isMarked
      ? [
          ...old.map((element) => (element["$patch"] === "merge" ? without(element, ["$patch"]) : element)),
          ...elements,
        ]
      : [...old, ...elements.map((element) => ({ ...element, $patch: "merge" }))];
    const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
    return isMarked ? shuffled.map((given) => [{ $patch: "merge" }, ...given]) : shuffled;
  });
  return fc.oneof(
    { weight: 8, arbitrary: merged },
    { weight: 1, arbitrary: whole },
    { weight: 1, arbitrary: fc.constant([{ $patch: "delete" }]) },
  );
}

function changeElement(element: PlainObject, site: Site): Arbitrary<PlainObject> {
  const { keys = [], items } = site.field;
  const stated = Object.fromEntries(keys.filter((key) => key in element).map((key) => [key, element[key]]));
  const inner = { ...site, field: items ?? site.field, depth: site.depth - 1 };
  const change = changeFields(element, inner, new Set(keys)).map((fields) => ({ ...stated, ...fields }));
  return fc.oneof(
    { weight: 6, arbitrary: change },
    { weight: 1, arbitrary: change.map((fields) => ({ ...fields, $patch: "merge" })) },
    { weight: 1, arbitrary: fc.constant({ ...stated, $patch: "delete" }) },
  );
}

/** A new value of a patch: elements of lists that are merged say that they are new. */
function marked(value: Plain, { field }: Pick<Site, "field">): Plain {
  if (field.type === "list" && field.keys && Array.isArray(value))
    return value.map((element: Plain) => ({ ...(element as PlainObject), $patch: "merge" }));
  if (!isObject(value)) return value;
  const fields = definitionOf(field.definition)?.fields;
  const entries = Object.entries(value).map(([name, inner]): [string, Plain | undefined] => {
    const known = field.type === "map" ? field.items : fields?.get(name);
    return [name, known && inner !== undefined ? marked(inner, { field: known }) : inner];
  });
  return Object.fromEntries(entries);
}
