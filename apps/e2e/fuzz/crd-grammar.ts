import {
  constant,
  edited,
  either,
  entries,
  list,
  odd,
  oddText,
  oneOf,
  rarely,
  record,
  some,
  type Grammar,
} from "./grammar.ts";

type Fields = Readonly<Record<string, Grammar>>;
type Value = Record<string, unknown>;

const fieldName = rarely(
  oneOf(
    "a",
    "b",
    "name",
    "key",
    "foo-bar",
    "foo.bar",
    "type",
    "items",
    "default",
    "kind",
    "class",
    "A",
    "a1",
  ),
  oddText,
);
const flag = oneOf(true, false);
const texts = rarely<unknown>(entries(oddText, oddText), odd);

const about = {
  description: rarely(oneOf("A field.", "Of */ and `x`.", "", "Two\n\nparagraphs."), oddText),
  default: rarely<unknown>(oneOf<unknown>("a", 1, true), odd),
  nullable: flag,
  enum: list(rarely<unknown>(oneOf<unknown>("a", "b", 1, 1.5, true), odd)),
  title: oddText,
  example: odd,
};
const bounds = {
  minimum: oneOf(0, -1, 1.5, 2 ** 53, -1e308),
  maximum: oneOf(10, 0, 1e21),
  exclusiveMinimum: flag,
  multipleOf: oneOf(2, 0, 0.1),
  format: rarely(oneOf("int32", "int64", "double", "float"), oddText),
};
const rule = record({
  rule: rarely(
    oneOf(
      "self == self",
      "has(self.a)",
      "self.size() < 3",
      "self.all(x, x > 0)",
      "oldSelf == self",
      "1 / 0 > 1",
    ),
    either<string>(oneOf("((((", "self.b[0]", "self.", "self.a.matches('(')"), oddText),
  ),
  message: rarely(oneOf("must be so"), oddText),
});

/** What a combinator may say of a schema: of fields that the schema has. */
const branch =
  (schema: Value): Grammar =>
  (next) => {
    const fields = Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, Value>>);
    const [name, inner] = fields[next() % fields.length] ?? [undefined, {}];
    return some({
      ...(name !== undefined && {
        required: constant([name]),
        properties: (following) => Object.fromEntries([[name, branch(inner)(following)]]),
      }),
      enum: list(rarely<unknown>(oneOf<unknown>("a", 1), odd), 2),
      pattern: rarely(oneOf("^a"), oddText),
      minLength: oneOf(0, 1),
      not: branch({}),
      anyOf: list(branch(schema), 2),
    })(next);
  };

/** A schema of a type, at times with combinators of what it has. */
const typed =
  (type: string, fields: Fields): Grammar<Value> =>
  (next) => {
    const schema = {
      type,
      ...some({ ...fields, ...about, "x-kubernetes-validations": list(rule, 2) })(next),
    };
    if (next() % 4 !== 3) return schema;
    const inner = branch(schema);
    return {
      ...schema,
      ...some({ allOf: list(inner), anyOf: list(inner), oneOf: list(inner), not: inner })(next),
    };
  };

/** As Kubernetes keeps the reference to a key of a Secret: the importer gives it its name. */
const keyReference = {
  type: "object",
  required: ["key"],
  properties: {
    key: { type: "string" },
    name: { type: "string", default: "" },
    optional: { type: "boolean" },
  },
  "x-kubernetes-map-type": "atomic",
};
const probe = {
  type: "object",
  required: ["port"],
  properties: {
    host: { type: "string" },
    port: { anyOf: [{ type: "integer" }, { type: "string" }], "x-kubernetes-int-or-string": true },
  },
};

const embedded = constant({
  type: "object",
  properties: { secretKeyRef: keyReference, tcpSocket: probe, configMapKeyRef: keyReference },
});

const properties: Grammar = (next) => ({
  ...entries(fieldName, schema)(next),
  ...some({ secretKeyRef: constant(keyReference), tcpSocket: constant(probe) })(next),
});

const schema: Grammar = (next) =>
  either<unknown>(
    typed("object", {
      properties,
      required: list(fieldName),
      "x-kubernetes-map-type": oneOf("atomic", "granular"),
    }),
    typed("object", {
      properties,
      "x-kubernetes-preserve-unknown-fields": constant(true),
      maxProperties: oneOf(1, 0),
    }),
    (following) => ({
      ...typed("object", {})(following),
      additionalProperties: rarely(schema, flag)(following),
    }),
    (following) => ({
      ...typed("array", { maxItems: oneOf(3, 0), uniqueItems: flag })(following),
      items: schema(following),
    }),
    record({
      type: constant("array"),
      "x-kubernetes-list-type": rarely(oneOf("map"), oneOf("set", "atomic", "x")),
      "x-kubernetes-list-map-keys": rarely<unknown>(constant(["name"]), list(fieldName)),
      items: (following) => ({
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, ...entries(fieldName, schema)(following) },
      }),
    }),
    typed("string", {
      pattern: rarely(
        oneOf("^a+$", "\\p{L}", "[^]", "^(?i)a$", "a{2,3}"),
        oneOf("(", "(?<a>b)", "a{2,1}", "[z-a]"),
      ),
      format: rarely(oneOf("date-time", "byte", "duration", "uuid"), oddText),
      maxLength: oneOf(5, 0),
      minLength: oneOf(1, 0),
    }),
    either(typed("integer", bounds), typed("number", bounds), typed("boolean", {})),
    constant({ "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] }),
    record({ "x-kubernetes-preserve-unknown-fields": constant(true) }),
    typed("object", { "x-kubernetes-embedded-resource": flag, "x-kubernetes-preserve-unknown-fields": flag }),
    rarely<unknown>(
      embedded,
      some({ $ref: oneOf("kubernetes.yaml#/$defs/a", "a"), ...about, properties: odd, items: odd }),
    ),
  )(next);

const version = (name: Grammar<string>): Grammar =>
  record({
    name,
    served: rarely(oneOf(true), oneOf(false)),
    storage: flag,
    schema: record({
      openAPIV3Schema: (next) => ({
        ...typed("object", {})(next),
        ...some({ required: constant(["spec"]) })(next),
        properties: { spec: schema(next), status: schema(next), ...entries(fieldName, schema, 1)(next) },
      }),
    }),
    subresources: some({ status: constant({}), scale: odd }),
    ...(name === first && { additionalPrinterColumns: list(odd, 2) }),
  });
const first = oneOf("v1", "v1alpha1");

/** A CustomResourceDefinition, or what is nearly one. */
export const crd: Grammar = edited((next) => {
  const plural = oneOf("gadgets", "parts", "constructor", "types", "kubernetes")(next);
  const group = oneOf("example.com", "example.org")(next);
  const kind = oneOf(
    "Gadget",
    "Part",
    "Object",
    "ObjectMeta",
    "Kubernetes",
    "constructor",
    "SecretKeySelector",
  )(next);
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, ...some({ annotations: texts, labels: texts })(next) },
    spec: {
      group,
      scope: oneOf("Namespaced", "Cluster")(next),
      names: {
        kind,
        plural,
        ...some({ shortNames: constant(["g"]), singular: oddText, listKind: oddText })(next),
      },
      versions: [version(first)(next), ...list(version(oneOf("v2", "v2beta1")), 1)(next)],
      ...some({ conversion: odd })(next),
    },
  };
});
