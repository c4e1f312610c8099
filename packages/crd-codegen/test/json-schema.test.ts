import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { generate } from "../src/generate.ts";

/** A validator out of the JSON Schema of a kind with this schema. */
async function validatorOf(schema: object) {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind: "Thing", plural: "things" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", ...schema } },
        },
      ],
    },
  };
  const files = await generate([{ file: "things.yaml", text: stringify(crd) }]);
  const text = files.find(({ path }) => path === "schemas/thing-v1.json")?.content ?? "";
  return new Ajv2020({ strict: false, logger: false }).compile(JSON.parse(text));
}

const head = { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "a" } };
const text = { type: "string" };
const object = (properties: object, more: object = {}) => ({ type: "object", ...more, properties });
const spec = (properties: object, more: object = {}) => object({ spec: object(properties, more) });

/** Schemas, what the API server takes of objects, and what it refuses. */
const cases: readonly {
  readonly name: string;
  readonly schema: object;
  readonly right: readonly object[];
  readonly wrong: readonly object[];
}[] = [
  {
    name: "patterns in Go's syntax",
    schema: spec({
      flag: { ...text, pattern: "^(?i)(abort|warn)?$" },
      any: { ...text, pattern: "^a.c$" },
      escaped: { ...text, pattern: String.raw`^\/a\-b\:$` },
      classes: { ...text, pattern: "^[[:alpha:]]+$" },
      plain: { ...text, pattern: "^[a-z]+$" },
    }),
    right: [
      { spec: { flag: "ABORT", any: "a\rc", escaped: "/a-b:", classes: "ab", plain: "ab" } },
      { spec: { any: "a\u2028c" } },
    ],
    wrong: [{ spec: { plain: "A" } }, { spec: { any: "a\nc" } }, { spec: { escaped: "/ab:" } }],
  },
  {
    name: "bounds that are exclusive",
    schema: spec({
      port: { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: true },
      level: { type: "integer", minimum: 1, exclusiveMinimum: false, maximum: 2 },
    }),
    right: [{ spec: { port: 1, level: 1 } }, { spec: { port: 9, level: 2 } }],
    wrong: [{ spec: { port: 0 } }, { spec: { port: 10 } }, { spec: { level: 0 } }, { spec: { level: 3 } }],
  },
  {
    name: "fields that are required and have a default",
    schema: spec(
      {
        a: { ...text, default: "x" },
        b: text,
        inner: object(
          { c: { ...text, default: "x" }, d: text },
          { required: ["c"], oneOf: [{ required: ["c"] }] },
        ),
        counted: object({ c: { ...text, default: "x" }, d: text, e: text }, { minProperties: 2 }),
        never: { ...text, default: null, nullable: true },
      },
      { required: ["a", "b"], anyOf: [{ required: ["a", "b"] }, { required: ["inner"] }] },
    ),
    right: [{ spec: { b: "x" } }, { spec: { b: "x", inner: {} } }, { spec: { b: "x", counted: { d: "x" } } }],
    wrong: [{ spec: {} }, { spec: { a: "x" } }, { spec: { b: "x", counted: {} } }],
  },
  {
    name: "metadata as the API server writes it",
    schema: object({ metadata: object({ name: { ...text, maxLength: 3 } }) }),
    right: [
      { metadata: { name: "a", creationTimestamp: null } },
      {
        metadata: {
          name: "a",
          uid: "1",
          resourceVersion: "2",
          generation: 1,
          managedFields: [{ manager: "x" }],
        },
      },
      { metadata: { generateName: "a-" } },
    ],
    wrong: [
      { metadata: {} },
      { metadata: { name: "abcd" } },
      { metadata: { name: "A" } },
      { metadata: { name: "a", lables: {} } },
      { metadata: { name: "a", creationTimestamp: 1 } },
    ],
  },
  {
    name: "lists that keep unknown fields",
    schema: spec({
      list: { type: "array", items: object({ a: text }), "x-kubernetes-preserve-unknown-fields": true },
      closed: { type: "array", items: object({ a: text }) },
    }),
    right: [{ spec: { list: [{ a: "x", b: 1 }] } }],
    wrong: [{ spec: { list: [{ a: 1 }] } }, { spec: { closed: [{ b: 1 }] } }],
  },
  {
    name: "objects inside of others",
    schema: spec({
      pod: {
        ...object({ kind: { ...text, enum: ["Pod"], default: "Pod" }, metadata: object({ name: text }) }),
        "x-kubernetes-embedded-resource": true,
      },
    }),
    right: [
      { spec: { pod: { apiVersion: "v1" } } },
      { spec: { pod: { apiVersion: "v1", metadata: { labels: { a: "b" } } } } },
    ],
    wrong: [
      { spec: { pod: {} } },
      { spec: { pod: { apiVersion: "v1", kind: "Node" } } },
      { spec: { pod: { apiVersion: "v1", metadata: { name: 1 } } } },
    ],
  },
  {
    name: "words to people",
    schema: spec({ a: { ...text, title: "A", example: "x", externalDocs: { url: "https://example.com" } } }),
    right: [{ spec: { a: "y" } }],
    wrong: [{ spec: { a: 1 } }],
  },
];

describe.each(cases)("$name", ({ schema, right, wrong }) => {
  test("are judged as the API server judges", async () => {
    const validate = await validatorOf(schema);
    const verdict = (more: object) => [more, validate({ ...head, ...more })];
    expect(right.map(verdict)).toEqual(right.map((more) => [more, true]));
    expect(wrong.map(verdict)).toEqual(wrong.map((more) => [more, false]));
  });
});
