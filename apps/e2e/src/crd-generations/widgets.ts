import type { WidgetCrd, WidgetSchema } from "./crd.ts";

const anyString: WidgetSchema = { type: "string" };
const whole: WidgetSchema = { type: "integer" };
const listOfItems = (items: WidgetSchema, more: WidgetSchema = {}): WidgetSchema => ({
  type: "array",
  items,
  ...more,
});
const widgetObject = (properties: Record<string, WidgetSchema>, more: WidgetSchema = {}): WidgetSchema => ({
  type: "object",
  properties,
  ...more,
});
const widgetWithRules = (...all: Record<string, unknown>[]): WidgetSchema => ({
  "x-kubernetes-validations": all,
});
const mapByKeys = (...keys: string[]): WidgetSchema => ({
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": keys,
});
const openSchema: WidgetSchema = { "x-kubernetes-preserve-unknown-fields": true };

const spec: Record<string, WidgetSchema> = {
  size: { ...anyString, enum: ["small", "medium", "big"] },
  port: { ...whole, minimum: 1, maximum: 100 },
  colour: anyString,
  host: { ...anyString, pattern: "^[a-z]+$", maxLength: 5 },
  labels: { type: "object", additionalProperties: anyString },
  replicas: { ...whole, default: 1 },
  note: { ...anyString, nullable: true },
  mode: widgetObject({
    kind: { ...anyString, enum: ["a", "b"] },
    level: { ...whole, minimum: 0, maximum: 9 },
  }),
  parts: listOfItems(
    widgetObject(
      { name: anyString, weight: { ...whole, minimum: 0, maximum: 9 }, colour: anyString },
      { required: ["name"] },
    ),
    mapByKeys("name"),
  ),
  ports: listOfItems({ ...whole, minimum: 1, maximum: 5 }),
  steps: listOfItems(widgetObject({ run: { ...anyString, default: "x" }, again: whole })),
  open: widgetObject({ known: anyString }, openSchema),
  amount: { "x-kubernetes-int-or-string": true },
  choice: widgetObject({ a: anyString, b: anyString }),
  inner: { type: "object", "x-kubernetes-embedded-resource": true, ...openSchema },
};

const rootSchema = (fields: Record<string, WidgetSchema>, more: WidgetSchema = {}): WidgetSchema =>
  widgetObject({
    apiVersion: anyString,
    kind: anyString,
    metadata: { type: "object" },
    spec: widgetObject(fields, more),
    status: widgetObject({ phase: anyString, count: whole }),
  });

/** The kind in its first generation. */
export const widget: WidgetCrd = {
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
        schema: { openAPIV3Schema: rootSchema(spec) },
      },
    ],
  },
};

/** A change of a CRD that a release may bring. */
export interface WidgetChange {
  readonly name: string;
  /** What it changes: two that change the same are not made together. */
  readonly on: string;
  readonly of: (root: WidgetSchema) => WidgetSchema;
}

type WidgetFields = Record<string, WidgetSchema>;
const propertiesIn = (schema: WidgetSchema | undefined): WidgetFields => ({ ...schema?.properties });

/** A schema with another one in the place of a property. */
const changeWithin = (
  name: string,
  change: (schema: WidgetSchema) => WidgetSchema,
  schema: WidgetSchema,
): WidgetSchema => {
  const properties = propertiesIn(schema);
  const property = properties[name];
  // Another change may have taken it away.
  return property ? { ...schema, properties: { ...properties, [name]: change(property) } } : schema;
};

const ofField = (on: string, name: string, change: (schema: WidgetSchema) => WidgetSchema): WidgetChange => ({
  name: `${on}: ${name}`,
  on,
  of: (schema) => changeWithin("spec", (own) => changeWithin(on, change, own), schema),
});
const ofSpec = (name: string, change: (schema: WidgetSchema) => WidgetSchema): WidgetChange => ({
  name: `spec: ${name}`,
  on: "spec",
  of: (schema) => changeWithin("spec", change, schema),
});
const ofElements = (on: string, name: string, change: (schema: WidgetSchema) => WidgetSchema): WidgetChange =>
  ofField(on, name, (schema) => ({ ...schema, items: change(schema.items ?? {}) }));
const withMore =
  (more: WidgetSchema) =>
  (schema: WidgetSchema): WidgetSchema => ({ ...schema, ...more });
const withoutField =
  (...keywords: string[]) =>
  (schema: WidgetSchema): WidgetSchema =>
    Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
const withoutKeyword =
  (field: string) =>
  (schema: WidgetSchema): WidgetSchema => {
    const { [field]: _dropped, ...properties } = propertiesIn(schema);
    return { ...schema, properties };
  };
const withField =
  (field: string, schema: WidgetSchema) =>
  (holder: WidgetSchema): WidgetSchema => ({
    ...holder,
    properties: { ...propertiesIn(holder), [field]: schema },
  });

/** The kinds of changes that generations of a CRD differ by. */
export const changes: readonly WidgetChange[] = [
  ofField("size", "enum narrowed", withMore({ enum: ["small", "big"] })),
  ofField("size", "enum widened", withMore({ enum: ["small", "medium", "big", "huge"] })),
  ofField("size", "enum with a default", withMore({ enum: ["big"], default: "big" })),
  ofField("port", "maximum lowered", withMore({ maximum: 50 })),
  ofField("port", "a number to a text", () => anyString),
  ofField("port", "a multiple", withMore({ multipleOf: 2 })),
  ofField("port", "a rule", withMore(widgetWithRules({ rule: "self > 10", message: "above 10" }))),
  ofField("port", "a rule that forbids a change", withMore(widgetWithRules({ rule: "self == oldSelf" }))),
  ofField(
    "port",
    "a rule that may have no earlier value",
    withMore(widgetWithRules({ rule: "oldSelf.hasValue() || self > 20", optionalOldSelf: true })),
  ),
  ofSpec("a field removed", withoutKeyword("colour")),
  ofSpec("several fields removed", (schema) => withoutKeyword("mode")(withoutKeyword("parts")(schema))),
  ofSpec("a field added", withField("speed", { ...whole, default: 3 })),
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
  ofSpec(
    "a rule about two fields",
    withMore(widgetWithRules({ rule: "!has(self.host) || has(self.colour)" })),
  ),
  ofSpec("a rule that fails without a field", withMore(widgetWithRules({ rule: "self.port > 10" }))),
  ofSpec("a rule about what is of another type", (schema) =>
    changeWithin("port", () => anyString, {
      ...schema,
      ...widgetWithRules({ rule: "!has(self.port) || self.port.size() < 2" }),
    }),
  ),
  ofField("host", "pattern changed", withMore({ pattern: "^[a-m]+$" })),
  ofField("host", "shorter", withMore({ maxLength: 2 })),
  ofField("host", "pattern dropped", withoutField("pattern")),
  ofField("host", "a format", withMore({ format: "ipv4" })),
  ofField("labels", "values of another type", withMore({ additionalProperties: whole })),
  ofField("labels", "a map to an object", () => widgetObject({ a: anyString })),
  ofField(
    "labels",
    "a limit of the values",
    withMore({ additionalProperties: { ...anyString, maxLength: 2 } }),
  ),
  ofField("labels", "a limit of the count", withMore({ maxProperties: 1 })),
  ofField("replicas", "another default", withMore({ default: 2 })),
  ofField("replicas", "no default", withoutField("default")),
  ofField("note", "no null", withoutField("nullable")),
  ofField("note", "no null but a default", (schema) => ({
    ...withoutField("nullable")(schema),
    default: "n",
  })),
  ofField("mode", "a default", (schema) => changeWithin("level", withMore({ default: 3 }), schema)),
  ofField("mode", "a default of the whole", withMore({ default: { kind: "a" } })),
  ofField("mode", "a field required", withMore({ required: ["level"] })),
  ofField("mode", "an object to a text", () => anyString),
  ofField("mode", "a field removed", withoutKeyword("level")),
  ofField("mode", "open", withMore(openSchema)),
  ofField("mode", "a rule", withMore(widgetWithRules({ rule: "!has(self.level) || self.level > 4" }))),
  ofField("mode", "a rule that fails without a field", withMore(widgetWithRules({ rule: "self.level > 2" }))),
  ofField(
    "mode",
    "a rule about a change",
    withMore(widgetWithRules({ rule: "has(self.level) == has(oldSelf.level)" })),
  ),
  ofElements("parts", "a field removed", withoutKeyword("weight")),
  ofElements("parts", "a field required", withMore({ required: ["name", "weight"] })),
  ofElements("parts", "a limit", (schema) => changeWithin("weight", withMore({ maximum: 4 }), schema)),
  ofElements("parts", "a rule", withMore(widgetWithRules({ rule: "!has(self.weight) || self.weight < 5" }))),
  ofElements(
    "parts",
    "a rule about a change",
    withMore(widgetWithRules({ rule: "self.weight >= oldSelf.weight" })),
  ),
  ofField("parts", "no keys", withoutField("x-kubernetes-list-type", "x-kubernetes-list-map-keys")),
  ofField("parts", "two keys", (schema) => ({
    ...schema,
    ...mapByKeys("name", "weight"),
    items: changeWithin("weight", withMore({ default: 1 }), schema.items ?? {}),
  })),
  ofField("parts", "fewer elements", withMore({ maxItems: 1 })),
  ofField("ports", "a set", withMore({ "x-kubernetes-list-type": "set" })),
  ofField("ports", "a limit of the elements", withMore({ items: { ...whole, maximum: 2 } })),
  ofField("ports", "elements of another type", withMore({ items: anyString })),
  ofField("ports", "a list to a map", () => ({ type: "object", additionalProperties: whole })),
  ofField("steps", "keys", withMore(mapByKeys("run"))),
  ofElements("steps", "a field required", withMore({ required: ["again"] })),
  ofElements("steps", "a field removed", withoutKeyword("again")),
  ofElements("steps", "a default", (schema) => changeWithin("again", withMore({ default: 1 }), schema)),
  ofField("open", "closed", withoutField("x-kubernetes-preserve-unknown-fields")),
  ofField("open", "an embedded object", withMore({ "x-kubernetes-embedded-resource": true })),
  ofField("open", "a limit", (schema) => changeWithin("known", withMore({ maxLength: 1 }), schema)),
  ofField("open", "a field required", withMore({ required: ["known"] })),
  ofField("amount", "a number alone", () => whole),
  ofField("choice", "one of two", withMore({ oneOf: [{ required: ["a"] }, { required: ["b"] }] })),
  ofField("choice", "any", withMore({ anyOf: [{ required: ["a"] }, { required: ["b"] }] })),
  ofField("inner", "not embedded any more", withoutField("x-kubernetes-embedded-resource")),
  {
    name: "status: a field required",
    on: "status",
    of: (schema) => changeWithin("status", withMore({ required: ["phase"] }), schema),
  },
  {
    name: "status: a field removed",
    on: "status",
    of: (schema) => changeWithin("status", withoutKeyword("count"), schema),
  },
  {
    name: "status: a default",
    on: "status",
    of: (schema) => changeWithin("status", withMore({ default: { count: -1 } }), schema),
  },
  {
    name: "status: a limit",
    on: "status",
    of: (schema) =>
      changeWithin("status", (status) => changeWithin("count", withMore({ maximum: 3 }), status), schema),
  },
  { name: "root: a field required", on: "root", of: withMore({ required: ["spec"] }) },
  {
    name: "root: a rule",
    on: "root",
    of: withMore(widgetWithRules({ rule: "self.metadata.name.contains('1')" })),
  },
  {
    name: "root: the name limited",
    on: "metadata",
    of: (schema) => changeWithin("metadata", withField("name", { ...anyString, maxLength: 3 }), schema),
  },
];
