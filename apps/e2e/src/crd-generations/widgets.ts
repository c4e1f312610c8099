import type { Crd, Schema } from "./crd.ts";

const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const list = (items: Schema, more: Schema = {}): Schema => ({ type: "array", items, ...more });
const object = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: "object",
  properties,
  ...more,
});
const rules = (...all: Record<string, unknown>[]): Schema => ({ "x-kubernetes-validations": all });
const mapOf = (...keys: string[]): Schema => ({
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": keys,
});
const open: Schema = { "x-kubernetes-preserve-unknown-fields": true };

const spec: Record<string, Schema> = {
  size: { ...text, enum: ["small", "medium", "big"] },
  port: { ...whole, minimum: 1, maximum: 100 },
  colour: text,
  host: { ...text, pattern: "^[a-z]+$", maxLength: 5 },
  labels: { type: "object", additionalProperties: text },
  replicas: { ...whole, default: 1 },
  note: { ...text, nullable: true },
  mode: object({ kind: { ...text, enum: ["a", "b"] }, level: { ...whole, minimum: 0, maximum: 9 } }),
  parts: list(
    object(
      { name: text, weight: { ...whole, minimum: 0, maximum: 9 }, colour: text },
      { required: ["name"] },
    ),
    mapOf("name"),
  ),
  ports: list({ ...whole, minimum: 1, maximum: 5 }),
  steps: list(object({ run: { ...text, default: "x" }, again: whole })),
  open: object({ known: text }, open),
  amount: { "x-kubernetes-int-or-string": true },
  choice: object({ a: text, b: text }),
  inner: { type: "object", "x-kubernetes-embedded-resource": true, ...open },
};

const root = (fields: Record<string, Schema>, more: Schema = {}): Schema =>
  object({
    apiVersion: text,
    kind: text,
    metadata: { type: "object" },
    spec: object(fields, more),
    status: object({ phase: text, count: whole }),
  });

/** The kind in its first generation. */
export const widget: Crd = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.generations.example.com" },
  spec: {
    group: "generations.example.com",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets", singular: "widget", listKind: "WidgetList" } as never,
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: root(spec) },
      },
    ],
  },
};

/** A change of a CRD that a release may bring. */
export interface Change {
  readonly name: string;
  /** What it changes: two that change the same are not made together. */
  readonly on: string;
  readonly of: (root: Schema) => Schema;
}

type Fields = Record<string, Schema>;
const propertiesOf = (schema: Schema | undefined): Fields => ({ ...schema?.properties });

/** A schema with another one in the place of a property. */
const within = (name: string, change: (schema: Schema) => Schema, schema: Schema): Schema => {
  const properties = propertiesOf(schema);
  return { ...schema, properties: { ...properties, [name]: change(properties[name] ?? {}) } };
};

const ofField = (on: string, name: string, change: (schema: Schema) => Schema): Change => ({
  name: `${on}: ${name}`,
  on,
  of: (schema) => within("spec", (own) => within(on, change, own), schema),
});
const ofSpec = (name: string, change: (schema: Schema) => Schema): Change => ({
  name: `spec: ${name}`,
  on: "spec",
  of: (schema) => within("spec", change, schema),
});
const ofElements = (on: string, name: string, change: (schema: Schema) => Schema): Change =>
  ofField(on, name, (schema) => ({ ...schema, items: change(schema.items ?? {}) }));
const withMore =
  (more: Schema) =>
  (schema: Schema): Schema => ({ ...schema, ...more });
const without =
  (...keywords: string[]) =>
  (schema: Schema): Schema =>
    Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
const dropped =
  (field: string) =>
  (schema: Schema): Schema => {
    const { [field]: _dropped, ...properties } = propertiesOf(schema);
    return { ...schema, properties };
  };
const added =
  (field: string, schema: Schema) =>
  (holder: Schema): Schema => ({ ...holder, properties: { ...propertiesOf(holder), [field]: schema } });

/** The kinds of changes that generations of a CRD differ by. */
export const changes: readonly Change[] = [
  ofField("size", "enum narrowed", withMore({ enum: ["small", "big"] })),
  ofField("size", "enum widened", withMore({ enum: ["small", "medium", "big", "huge"] })),
  ofField("size", "enum with a default", withMore({ enum: ["big"], default: "big" })),
  ofField("port", "maximum lowered", withMore({ maximum: 50 })),
  ofField("port", "a number to a text", () => text),
  ofField("port", "a multiple", withMore({ multipleOf: 2 })),
  ofField("port", "a rule", withMore(rules({ rule: "self > 10", message: "above 10" }))),
  ofField("port", "a rule that forbids a change", withMore(rules({ rule: "self == oldSelf" }))),
  ofField(
    "port",
    "a rule that may have no earlier value",
    withMore(rules({ rule: "oldSelf.hasValue() || self > 20", optionalOldSelf: true })),
  ),
  ofSpec("a field removed", dropped("colour")),
  ofSpec("several fields removed", (schema) => dropped("mode")(dropped("parts")(schema))),
  ofSpec("a field added", added("speed", { ...whole, default: 3 })),
  ofSpec("a field required", withMore({ required: ["colour"] })),
  ofSpec("a field with a default required", withMore({ required: ["replicas"] })),
  ofSpec("a field excluded", withMore({ not: { required: ["host"] } })),
  ofSpec("one of two fields", withMore({ oneOf: [{ required: ["host"] }, { required: ["colour"] }] })),
  ofSpec(
    "alternatives about a value",
    withMore({ anyOf: [{ properties: { size: { enum: ["big"] } } }, { required: ["host"] }] }),
  ),
  ofSpec("a value excluded", withMore({ not: { properties: { port: { minimum: 50 } } } })),
  ofSpec(
    "limits beside",
    withMore({ allOf: [{ properties: { port: { maximum: 50 } } }, { minProperties: 4 }] }),
  ),
  ofSpec(
    "alternatives that both may hold",
    withMore({
      oneOf: [{ properties: { port: { maximum: 50 } } }, { properties: { size: { enum: ["big"] } } }],
    }),
  ),
  ofSpec("fewer fields", withMore({ maxProperties: 6 })),
  ofSpec("a rule about two fields", withMore(rules({ rule: "!has(self.host) || has(self.colour)" }))),
  ofSpec("a rule that fails without a field", withMore(rules({ rule: "self.port > 10" }))),
  ofSpec("a rule about what is of another type", (schema) =>
    within("port", () => text, { ...schema, ...rules({ rule: "!has(self.port) || self.port.size() < 2" }) }),
  ),
  ofField("host", "pattern changed", withMore({ pattern: "^[a-m]+$" })),
  ofField("host", "shorter", withMore({ maxLength: 2 })),
  ofField("host", "pattern dropped", without("pattern")),
  ofField("host", "a format", withMore({ format: "ipv4" })),
  ofField("labels", "values of another type", withMore({ additionalProperties: whole })),
  ofField("labels", "a map to an object", () => object({ a: text })),
  ofField("labels", "a limit of the values", withMore({ additionalProperties: { ...text, maxLength: 2 } })),
  ofField("labels", "a limit of the count", withMore({ maxProperties: 1 })),
  ofField("replicas", "another default", withMore({ default: 2 })),
  ofField("replicas", "no default", without("default")),
  ofField("note", "no null", without("nullable")),
  ofField("note", "no null but a default", (schema) => ({ ...without("nullable")(schema), default: "n" })),
  ofField("mode", "a default", (schema) => within("level", withMore({ default: 3 }), schema)),
  ofField("mode", "a default of the whole", withMore({ default: { kind: "a" } })),
  ofField("mode", "a field required", withMore({ required: ["level"] })),
  ofField("mode", "an object to a text", () => text),
  ofField("mode", "a field removed", dropped("level")),
  ofField("mode", "open", withMore(open)),
  ofField("mode", "a rule", withMore(rules({ rule: "!has(self.level) || self.level > 4" }))),
  ofField("mode", "a rule that fails without a field", withMore(rules({ rule: "self.level > 2" }))),
  ofField(
    "mode",
    "a rule about a change",
    withMore(rules({ rule: "has(self.level) == has(oldSelf.level)" })),
  ),
  ofElements("parts", "a field removed", dropped("weight")),
  ofElements("parts", "a field required", withMore({ required: ["name", "weight"] })),
  ofElements("parts", "a limit", (schema) => within("weight", withMore({ maximum: 4 }), schema)),
  ofElements("parts", "a rule", withMore(rules({ rule: "!has(self.weight) || self.weight < 5" }))),
  ofElements("parts", "a rule about a change", withMore(rules({ rule: "self.weight >= oldSelf.weight" }))),
  ofField("parts", "no keys", without("x-kubernetes-list-type", "x-kubernetes-list-map-keys")),
  ofField("parts", "two keys", (schema) => ({
    ...schema,
    ...mapOf("name", "weight"),
    items: within("weight", withMore({ default: 1 }), schema.items ?? {}),
  })),
  ofField("parts", "fewer elements", withMore({ maxItems: 1 })),
  ofField("ports", "a set", withMore({ "x-kubernetes-list-type": "set" })),
  ofField("ports", "a limit of the elements", withMore({ items: { ...whole, maximum: 2 } })),
  ofField("ports", "elements of another type", withMore({ items: text })),
  ofField("ports", "a list to a map", () => ({ type: "object", additionalProperties: whole })),
  ofField("steps", "keys", withMore(mapOf("run"))),
  ofElements("steps", "a field required", withMore({ required: ["again"] })),
  ofElements("steps", "a field removed", dropped("again")),
  ofElements("steps", "a default", (schema) => within("again", withMore({ default: 1 }), schema)),
  ofField("open", "closed", without("x-kubernetes-preserve-unknown-fields")),
  ofField("open", "an embedded object", withMore({ "x-kubernetes-embedded-resource": true })),
  ofField("open", "a limit", (schema) => within("known", withMore({ maxLength: 1 }), schema)),
  ofField("open", "a field required", withMore({ required: ["known"] })),
  ofField("amount", "a number alone", () => whole),
  ofField("choice", "one of two", withMore({ oneOf: [{ required: ["a"] }, { required: ["b"] }] })),
  ofField("choice", "any", withMore({ anyOf: [{ required: ["a"] }, { required: ["b"] }] })),
  ofField("inner", "not embedded any more", without("x-kubernetes-embedded-resource")),
  {
    name: "status: a field required",
    on: "status",
    of: (schema) => within("status", withMore({ required: ["phase"] }), schema),
  },
  {
    name: "status: a field removed",
    on: "status",
    of: (schema) => within("status", dropped("count"), schema),
  },
  {
    name: "status: a default",
    on: "status",
    of: (schema) => within("status", withMore({ default: { count: -1 } }), schema),
  },
  {
    name: "status: a limit",
    on: "status",
    of: (schema) => within("status", (status) => within("count", withMore({ maximum: 3 }), status), schema),
  },
  { name: "root: a field required", on: "root", of: withMore({ required: ["spec"] }) },
  { name: "root: a rule", on: "root", of: withMore(rules({ rule: "self.metadata.name.contains('1')" })) },
  {
    name: "root: the name limited",
    on: "metadata",
    of: (schema) => within("metadata", added("name", { ...text, maxLength: 3 }), schema),
  },
];
