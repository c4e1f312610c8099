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
