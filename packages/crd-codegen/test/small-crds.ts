import { crdOf, type SmallCrd } from "./small-crd.ts";
import { ruledCrd } from "./rule-crds.ts";

const text = { type: "string" };
const object = (properties: object, more: object = {}) => ({ type: "object", ...more, properties });
const keeping = { "x-kubernetes-preserve-unknown-fields": true };
const list = (items: object, more: object = {}) => ({ type: "array", ...more, items });
const status = { status: {} };
const scale = {
  specReplicasPath: ".spec.replicas",
  statusReplicasPath: ".status.replicas",
  labelSelectorPath: ".status.selector",
};
const scaled = (replicas: object) =>
  object({ spec: object({ replicas }), status: object({ replicas, selector: keeping }) });

const embedded = (properties: object, more: object = {}) => ({
  ...object(properties, more),
  "x-kubernetes-embedded-resource": true,
  ...keeping,
});
const pod = { apiVersion: "v1", kind: "Pod" };
const owner = { ...pod, name: "a", uid: "u" };
/** What metadata may hold, be it right or wrong: the object's own, and that of one inside of it. */
const metadataOfAll: readonly object[] = [
  { labels: { a: null }, annotations: null },
  { labels: [] },
  {
    namespace: "",
    generateName: "",
    uid: "",
    labels: {},
    finalizers: [],
    ownerReferences: [],
    generation: 0,
  },
  { creationTimestamp: null, deletionTimestamp: null, deletionGracePeriodSeconds: 0 },
  { creationTimestamp: "2020-01-01T01:00:00.5+01:00" },
  { creationTimestamp: "2020-01-01t00:00:00z" },
  { creationTimestamp: "" },
  { deletionTimestamp: "yesterday" },
  { generation: -1 },
  { managedFields: [{ manager: "a", operation: "Apply", fieldsType: "FieldsV1", fieldsV1: { "f:a": {} } }] },
  { managedFields: [{ manager: "a", operation: "Apply", a: 1 }] },
  { ownerReferences: [owner] },
  { ownerReferences: [{ ...owner, name: "" }] },
  { ownerReferences: [{ ...owner, uid: null }] },
  { ownerReferences: [{ ...owner, apiVersion: "a/" }] },
  { ownerReferences: [{ ...owner, kind: "Event" }] },
  { ownerReferences: ["a", "b"].map((name) => ({ ...owner, name, controller: true })) },
  { finalizers: ["orphan"] },
  { finalizers: ["orphan", "foregroundDeletion"] },
  { generateName: "a-" },
  { generateName: "a." },
  { generateName: "A B" },
  { clusterName: "a" },
];

/** Texts of each format that API servers know, and others. */
const formatted: { readonly [format: string]: readonly string[] } = {
  bsonobjectid: [
    "507f1f77bcf86cd799439011",
    "507F1F77BCF86CD799439011",
    "507f1f77bcf86cd79943901",
    "z".repeat(24),
  ],
  byte: ["", "YQ==", "YWI=", "YQ=", "Y Q=="],
  cidr: ["10.0.0.0/8", "10.1.2.3/8", "::/0", "10.0.0.0/33", "10.0.0.0"],
  "credit-card": ["4111111111111111", "4111-1111 1111a1111", "4111111111111112", "2221000000000009", ""],
  date: ["2020-02-29", "2019-02-29", "0000-01-01", "2020-1-1"],
  datetime: [
    "2020-01-01T00:00:00Z",
    "2020-01-01t00:00:00.5z",
    "2020-01-01T24:00:00Z",
    "2020-01-01 00:00:00Z",
  ],
  duration: ["1h30m", "-1.5h", "1 day", "2weeks", "P1D", "1"],
  email: ["a@b", "A <a@b.c>", "a", "@b"],
  hexcolor: ["#fff", "FFFFFF", "#ffff"],
  hostname: ["example.com", "-a", "a_b", "ä.de"],
  ipv4: ["10.0.0.1", "::ffff:1.2.3.4", "10.0.0.256"],
  ipv6: ["::1", "10.0.0.1", "1::2::3"],
  isbn: ["0321751043", "978-0321751041", "0321751044"],
  isbn10: ["0-321-75104-3", "080442957X", "080442957x", "978-0321751041"],
  isbn13: ["978 0321751041", "9780321751042", "0321751043"],
  "k8s-long-name": ["a.b", "A B"],
  "k8s-short-name": ["a", "A B"],
  mac: ["aa:bb:cc:dd:ee:ff", "AABB.CCDD.EEFF", "aa:bb"],
  password: ["", "a"],
  rgbcolor: ["rgb(1,2,3)", "rgb( 255 , 0 ,19 )", "rgb(256,0,0)", "rgb(01,1,1)", "rgb(1,\u00a02,3)"],
  ssn: ["123-45-6789", "123 45 6789", "123456789"],
  uri: ["https://example.com/a", "/a", "a", "a b"],
  uuid: ["550e8400-e29b-41d4-a716-446655440000", "550E8400E29B41D4A716446655440000", "550e8400"],
  uuid3: ["550e8400-e29b-31d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440000"],
  uuid4: ["550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-2716-446655440000"],
  uuid5: ["550e8400-e29b-51d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440000"],
  whatever: ["", "a"],
};

/** Each holds one thing that API servers do, and that is easily got wrong. */
export const smallCrds: readonly SmallCrd[] = [
  {
    crd: crdOf(
      "Mixed",
      object({
        text: { type: "string", "x-kubernetes-int-or-string": true, pattern: "^[0-9]+$" },
        number: { type: "integer", "x-kubernetes-int-or-string": true, maximum: 5, default: 3 },
        flag: { type: "boolean", "x-kubernetes-int-or-string": true, nullable: true },
      }),
    ),
    objects: [
      {},
      { text: 5 },
      { text: "5" },
      { text: "x" },
      { text: 5.5 },
      { number: 6 },
      { number: 5 },
      { number: "x" },
      { number: null },
      { flag: true },
      { flag: 1 },
      { flag: "" },
      { flag: null },
      { flag: {} },
    ],
  },
  {
    crd: crdOf(
      "Stated",
      object({
        status: object(
          { phase: text, ready: { type: "boolean", default: false }, list: list(object({ a: text })) },
          { default: { phase: "New" } },
        ),
      }),
      status,
    ),
    objects: [
      {},
      { status: { phase: "Old" } },
      { status: null },
      { status: 5 },
      { status: { phase: 5 } },
      { status: { x: 1 } },
      { status: { list: [{ b: 1 }] } },
      { status: { list: "x" } },
    ],
  },
  {
    crd: crdOf(
      "Demanding",
      object({ status: object({ phase: text }, { default: {} }) }, { required: ["status"] }),
      status,
    ),
    objects: [{}, { status: { phase: "Old" } }],
  },
  {
    crd: crdOf(
      "Plain",
      object({ status: object({ phase: text }, { default: {} }) }, { required: ["status"] }),
    ),
    objects: [{}, { status: { phase: "Old" } }, { status: { phase: 5 } }, { status: { x: 1 } }],
  },
  {
    crd: crdOf(
      "Keeping",
      object({
        spec: object({
          any: list({ type: "object" }, keeping),
          known: list(object({ a: text }), keeping),
          nested: list(list(object({ a: text })), keeping),
          inner: list(object({ b: object({ c: text }) }), keeping),
          map: list({ type: "object", additionalProperties: object({ c: text }) }, keeping),
          texts: list(text, keeping),
        }),
      }),
    ),
    objects: [
      { spec: { any: [{ a: 1 }, {}] } },
      { spec: { any: ["x"] } },
      { spec: { known: [{ a: "x", b: 1 }] } },
      { spec: { known: [{ a: 1 }] } },
      { spec: { nested: [[{ a: "x", b: 2 }]] } },
      { spec: { inner: [{ b: { c: "x" }, e: 1 }] } },
      { spec: { inner: [{ b: { c: "x", d: 1 } }] } },
      { spec: { map: [{ e: { c: "x" } }] } },
      { spec: { map: [{ e: { c: "x", d: 1 } }] } },
      { spec: { texts: ["x"] } },
      { spec: { texts: [{ a: 1 }] } },
    ],
  },
  {
    crd: crdOf(
      "Named",
      object({
        metadata: object({
          name: { ...text, maxLength: 8, pattern: "^a" },
          generateName: { ...text, maxLength: 3 },
        }),
      }),
    ),
    objects: [
      { metadata: { name: "abc" } },
      { metadata: { name: "abcdefghi" } },
      { metadata: { name: "b" } },
      { metadata: { name: "A" } },
      { metadata: { generateName: "abc" } },
      { metadata: { generateName: "abcd" } },
      { metadata: { generateName: "b" } },
    ],
  },
  {
    crd: crdOf("Stateless", object({ spec: text }), status),
    objects: [{}, { status: null }, { status: {} }, { status: { a: 1 } }],
  },
  {
    crd: crdOf("Lax", object({ status: object({ a: text }) }, keeping), status),
    objects: [{ status: { a: 1 } }, { status: { b: 1 } }],
  },
  {
    crd: crdOf("Bare", object({})),
    objects: [
      ...metadataOfAll.map((metadata) => ({ metadata: { name: "a", ...metadata } })),
      ...["a-", "a.", "a..b", "A B", ""].map((generateName) => ({ metadata: { generateName } })),
    ],
  },
  {
    crd: crdOf(
      "Holding",
      object({
        any: embedded({}),
        named: embedded({ metadata: object({ name: { ...text, maxLength: 5 } }, { minProperties: 1 }) }),
        ruled: embedded({
          metadata: object(
            { name: { ...text, "x-kubernetes-validations": [{ rule: "self != 'b'" }] } },
            { "x-kubernetes-validations": [{ rule: "self.name != 'c'" }] },
          ),
        }),
        typed: embedded({
          kind: { ...text, enum: ["Pod"], default: "Pod" },
          apiVersion: { ...text, default: "v1" },
        }),
        called: embedded(
          { metadata: object({ name: { ...text, default: "a" } }, { default: {} }) },
          { required: ["metadata"] },
        ),
      }),
    ),
    objects: [
      ...metadataOfAll.map((metadata) => ({ any: { ...pod, metadata } })),
      ...[null, {}, { name: "" }, { name: "A B" }, { name: ".." }, { name: "a/b" }].map((metadata) => ({
        any: { ...pod, metadata },
      })),
      ...["a/", "/", "/v1", "a/b/c", "", null].map((apiVersion) => ({ any: { ...pod, apiVersion } })),
      ...["pod", "Pod_", "", null].map((of) => ({ any: { ...pod, kind: of } })),
      ...[undefined, null, {}, { name: "abcdef" }, { name: "abc", labels: { a: "b" } }].map((metadata) => ({
        named: { ...pod, metadata },
      })),
      ...["a", "b", "c"].map((name) => ({ ruled: { ...pod, metadata: { name } } })),
      { typed: {} },
      { typed: { kind: "Node" } },
      { typed: { kind: null } },
      { called: pod },
      { called: { ...pod, metadata: null } },
      { called: { ...pod, metadata: { labels: { a: "b" } } } },
    ],
  },
  {
    crd: crdOf(
      "Wide",
      object({
        map: { type: "object", additionalProperties: true },
        kept: { type: "object", additionalProperties: true, ...keeping },
        whole: { type: "integer", format: "int64" },
        either: { "x-kubernetes-int-or-string": true },
        any: { type: "number" },
      }),
    ),
    objects: [
      ...["a", 1, [], ["a", null], {}, { b: 1 }, [{ b: 1 }], null].map((a) => ({ map: { a } })),
      ...[{ b: 1 }, [{ b: null }]].map((a) => ({ kept: { a } })),
      ...[2 ** 53, 2 ** 62, 1e19, -1e19, 1e300].flatMap((value) => [
        { whole: value },
        { either: value },
        { any: value },
      ]),
    ],
  },
  {
    crd: crdOf(
      "Formatted",
      object(Object.fromEntries(Object.keys(formatted).map((format) => [format, { ...text, format }]))),
    ),
    objects: Object.entries(formatted).flatMap(([format, texts]) => texts.map((of) => ({ [format]: of }))),
  },
  {
    crd: crdOf(
      "Proto",
      object(
        JSON.parse(
          '{"__proto__":{"type":"string","maxLength":2},"constructor":{"type":"object","default":{"__proto__":"x"},"properties":{"__proto__":{"type":"string"}}}}',
        ),
      ),
    ),
    objects: ['{"__proto__":"a"}', '{"__proto__":"abc"}', '{"__proto__":1}', '{"constructor":{}}'].map(
      (json) => JSON.parse(json),
    ),
  },
  {
    crd: crdOf("Scaled", scaled({ type: "integer" }), { ...status, scale }),
    objects: [
      {},
      ...[0, 1, -1, 2 ** 31 - 1, 2 ** 31, 1.5, "1", null].map((replicas) => ({ spec: { replicas } })),
      { spec: { replicas: 1 }, status: { replicas: -1 } },
    ],
  },
  {
    crd: crdOf("Grown", scaled(keeping), { scale }),
    objects: [
      ...[1, -1, 2 ** 31, 1.5, "1", {}, null].map((replicas) => ({ spec: { replicas } })),
      ...[{ replicas: -1 }, { replicas: 1, selector: "a=b" }, { selector: 1 }].map((of) => ({ status: of })),
    ],
  },
  {
    crd: crdOf(
      "Numbered",
      object({
        least: { type: "number", minimum: 0.5 },
        more: { type: "number", minimum: 1.5, exclusiveMinimum: true },
        most: { type: "number", maximum: 2.5 },
        less: { type: "number", maximum: 2.5, exclusiveMaximum: true },
        half: { type: "number", multipleOf: 0.5 },
        tenth: { type: "number", multipleOf: 0.1 },
        odd: { type: "number", multipleOf: 1.5 },
        either: { "x-kubernetes-int-or-string": true, maximum: 2.5, minimum: 0.5 },
      }),
    ),
    objects: [
      ...[-1, 0, 0.4, 0.5, 1].map((least) => ({ least })),
      ...[1, 1.5, 1.6, 2].map((more) => ({ more })),
      ...[2, 2.4, 2.5, 2.6, 3].map((most) => ({ most })),
      ...[1, 2, 2.4, 2.5, 3].map((less) => ({ less })),
      ...[0, 0.5, 0.6, 1, 1.5].map((half) => ({ half })),
      ...[0.3, 0.7, 1.1, 4.35, 0.35, 0.9, 123456.7].map((tenth) => ({ tenth })),
      ...[1, 1.5, 2, 3, 4.5].map((odd) => ({ odd })),
      ...[0, 1, 2, 3, "x"].map((either) => ({ either })),
    ],
  },
  ruledCrd,
];
