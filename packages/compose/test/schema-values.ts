import type { KubernetesObject } from "@atlas/compose";
import fc, { type Arbitrary } from "fast-check";
import type { Plain, PlainObject } from "../src/value/plain.ts";
import { builtInKind, definitionOf, type Definition, type Field } from "../src/kubernetes/schema.ts";
import { caseMark } from "./kubectl.ts";
import { isNewer, newerLists } from "./kustomize-lists.ts";
import type { Kind } from "./kinds.ts";

/** What is the name of an annotation, too: of those that look like numbers Kustomize makes numbers, and fails. */
const plainNames = ["a", "b", "c-d", "x.example.com/y"];
/** Names and text, some of which YAML readers take for something else. */
const names = [...plainNames, `${caseMark}-a`, "1", "yes", "null"];
const images = [
  "example/a",
  "example/a:1",
  "example/b:2",
  "registry.example.com:5000/c",
  "example/b@sha256:00",
  "1",
];
const words = [
  ...names,
  caseMark,
  `${caseMark}-a`,
  `${caseMark}-b`,
  "",
  "1e3",
  "~",
  " a ",
  "two\nlines\n",
  "0x1F",
  "é",
  "25%",
  '"',
  "- a",
];

/** What a value is of, how deep it may reach, and whether its lists are merged by Kustomize, too. */
export interface Site {
  readonly field: Field;
  readonly depth: number;
  readonly isNewer: boolean;
}

const scalars: Partial<Record<Field["type"], Arbitrary<Plain>>> = {
  string: fc.constantFrom(...words),
  // A number that takes the place of text becomes text in Kustomize; these stay text.
  scalar: fc.constantFrom(...words),
  any: fc.constantFrom(...words),
  integer: fc.integer({ min: 0, max: 70_000 }),
  number: fc.integer({ min: 0, max: 9 }),
  boolean: fc.boolean(),
};

/** Any value that a field may have. */
export function valueOf(site: Site): Arbitrary<Plain> {
  const { field } = site;
  if (field.values) return fc.constantFrom(...field.values);
  const scalar = scalars[field.type];
  if (scalar) return scalar;
  if (field.type === "object") return objectOf(site);
  if (field.type === "set") return fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 });
  const inner = innerSite(site);
  if (!inner || site.depth <= 0) return fc.constant(field.type === "map" ? {} : []);
  if (field.type === "map")
    return fc.dictionary(fc.constantFrom(...plainNames), valueOf(inner), { maxKeys: 3 });
  if (field.keys) return fc.boolean().chain((isFull) => elementsOf(site, isFull));
  return fc.array(valueOf(inner), { maxLength: 2 });
}

const innerSite = ({ field, depth, ...site }: Site): Site | undefined =>
  field.items && { ...site, field: field.items, depth: depth - 1 };

/** The fields of an object that values are made for. */
export function fieldsAt({ field, isNewer: isUnknown }: Site): Map<string, Field> {
  const definition = definitionOf(field.definition);
  const fields = [...(definition?.fields ?? [])].filter(([name, { keys, type }]) => {
    if (definition === metadata && identifying.has(name)) return false;
    if (name === "status" && definition?.fields.has("apiVersion")) return false;
    // Of a workload, a selector that does not select its own pods is refused.
    if (name === "selector" && definition?.fields.has("template")) return false;
    const isMerged = keys !== undefined || type === "set";
    return !isMerged || !(isUnknown || newerDefinitions(name).includes(definition));
  });
  return new Map(fields);
}

const metadata = definitionOf("meta.v1.ObjectMeta");
const identifying = new Set(["name", "namespace", "generateName"]);

const newerDefinitions = (list: string): (Definition | undefined)[] =>
  [...newerLists]
    .filter((name) => name.endsWith(`.${list}`))
    .map((name) => definitionOf(name.slice(0, name.lastIndexOf("."))));

/** Where the interesting fields are. */
const spine = new Set([
  "metadata",
  "spec",
  "jobTemplate",
  "template",
  "containers",
  "initContainers",
  "webhooks",
  "ports",
  "volumes",
  "env",
  "topologySpreadConstraints",
]);

function objectOf(site: Site, without: readonly string[] = []): Arbitrary<PlainObject> {
  if (site.depth <= 0) return fc.constant({});
  const fields = fieldsAt(site);
  for (const name of without) fields.delete(name);
  const known = [...fields.keys()];
  const some = few(known, 2);
  const main = fc.subarray(known.filter((name) => spine.has(name)));
  return fc.tuple(some, main).chain(([one, other]) => {
    const chosen = [...new Set([...one, ...other, ...required(site)])];
    return record(chosen, (name) =>
      name === "image" && fieldOf(fields, name).type === "string"
        ? fc.constantFrom(...images)
        : valueOf({ ...site, field: fieldOf(fields, name), depth: site.depth - 1 }),
    );
  });
}

/** Kustomize fails at a subject, a service or a node's ConfigMap without a name. */
const nameless = new Set<Field["definition"]>([
  "rbac.v1.Subject",
  "core.v1.ConfigMapNodeConfigSource",
  ...["admissionregistration", "apiextensions", "apiregistration"].map(
    (group) => `${group}.v1.ServiceReference`,
  ),
]);
const required = ({ field }: Site): string[] => (nameless.has(field.definition) ? ["name"] : []);

/** At most so many of the names. */
export const few = (all: readonly string[], count: number): Arbitrary<string[]> =>
  fc.subarray([...all], { maxLength: Math.min(count, all.length) });

/** An object of the chosen fields. */
export const record = (
  chosen: readonly string[],
  valueFor: (name: string) => Arbitrary<Plain>,
): Arbitrary<PlainObject> =>
  fc
    .tuple(...chosen.map(valueFor))
    .map((values) => Object.fromEntries(chosen.map((name, index) => [name, values[index]])));

export function fieldOf(fields: ReadonlyMap<string, Field>, name: string): Field {
  const field = fields.get(name);
  if (!field) throw new Error(`there is no field ${name}`);
  return field;
}

/**
 * Elements of a list that is merged by key. All of them state all keys, or all of them the first alone: of mixed ones
 * Kustomize loses some.
 */
export function elementsOf(
  site: Site,
  isFull: boolean,
  taken: readonly Plain[] = [],
): Arbitrary<PlainObject[]> {
  const inner = innerSite(site);
  const { keys = [] } = site.field;
  if (!inner) throw new Error("a list without elements");
  const stated = isFull ? keys : keys.slice(0, 1);
  const fields = definitionOf(inner.field.definition)?.fields ?? new Map<string, Field>();
  const element = fc
    .tuple(
      record(stated, (name) => keyValue(name, fieldOf(fields, name))),
      objectOf(inner, keys),
    )
    .map(([key, others]) => ({ ...key, ...others }));
  const nameOf = (given: Plain): string => keyText(given, keys);
  const known = new Set(taken.map(nameOf));
  return fc
    .uniqueArray(element, { maxLength: 3, selector: nameOf })
    .map((elements) => elements.filter((given) => !known.has(nameOf(given))));
}

/** The keys of an element as one text. */
export const keyText = (element: Plain, keys: readonly string[]): string =>
  JSON.stringify(keys.map((key) => (element as PlainObject)[key] ?? (key === "protocol" ? "TCP" : null)));

function keyValue(name: string, { type, values }: Field): Arbitrary<Plain> {
  if (values) return fc.constantFrom(...values);
  if (name === "protocol") return fc.constantFrom("TCP", "UDP", "SCTP");
  return type === "integer" ? fc.integer({ min: 1, max: 5 }) : fc.constantFrom(...names);
}

/** Any object of a kind, and where its fields are. */
export function kindObject(kind: Kind): {
  readonly site: Site;
  readonly object: Arbitrary<KubernetesObject>;
} {
  const definition = builtInKind(kind.apiVersion, kind.kind);
  if (!definition) throw new Error(`there is no kind ${kind.kind}`);
  const site: Site = { field: { type: "object", definition }, depth: 9, isNewer: isNewer(kind) };
  const object = objectOf(site, ["apiVersion", "kind"]).map(({ metadata: others, ...fields }) => ({
    ...kind,
    metadata: { ...(others as object), name: caseMark },
    ...fields,
  }));
  return { site, object };
}
