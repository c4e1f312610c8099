import { base, component, patch, type LayerContent } from "@atlas/compose";
import { configMapGenerator, secretGenerator } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { expect, test } from "vitest";
import { objectOf } from "./difference.ts";
import { podWith } from "./pods.ts";
import { problemsOf, untyped } from "./problems.ts";

const unset = undefined as unknown as string;
const settings = objectOf("v1", "ConfigMap", { data: { a: "1" } });
const withData = objectOf("v1", "ConfigMap", { data: { a: unset } });
const below = base({ resources: [settings] });

const refused: [what: string, given: LayerContent, path: string][] = [
  ["content of an object", { resources: [withData] }, "data.a"],
  ["content of a component's object", { components: [component({ resources: [withData] })] }, "data.a"],
  [
    "a variable's value",
    { resources: [podWith({ containers: [{ name: "a", env: [{ name: "A", value: unset }] }] })] },
    "spec.template.spec.containers[0].env[0].value",
  ],
  ["a Secret", { resources: [objectOf("v1", "Secret", { stringData: { "a.b": unset } })] }, "stringData.a.b"],
  ["a custom kind", { resources: [objectOf("example.com/v1", "Thing", { spec: { a: unset } })] }, "spec.a"],
  ["a patch", { patches: [untyped(settings, { data: { a: unset } })] }, "patches[0]: data.a"],
  ["a typed patch", { patches: [patch(settings, { data: { b: unset } } as never)] }, "patches[0]: data.b"],
  ["strategicMerge", { patches: [strategicMerge(settings, { data: { a: unset } })] }, "patches[0]: data.a"],
  [
    "an operation",
    { patches: [jsonPatch(settings, [{ op: "add", path: "/data/b", value: unset }])] },
    "patches[0]: [0].value",
  ],
  [
    "what is in an operation",
    { patches: [jsonPatch(settings, [{ op: "add", path: "/data", value: { b: unset } }])] },
    "patches[0]: [0].value.b",
  ],
  [
    "a generator's label",
    { generators: [configMapGenerator({ name: "a", labels: { b: unset } })] },
    "labels.b",
  ],
  [
    "a generator's namespace",
    { generators: [secretGenerator({ name: "a", namespace: unset })] },
    "namespace",
  ],
  ["a generator's environment", { generators: [secretGenerator({ name: "a", env: unset })] }, "env"],
  [
    "a generator's literals",
    { generators: [configMapGenerator({ name: "a", literals: unset as never })] },
    "literals",
  ],
  ["a label of a layer", { labels: [{ pairs: { a: unset } }] }, "labels[0].pairs.a"],
  ["an annotation of a layer", { annotations: { a: unset } }, "annotations.a"],
  ["a count", { replicas: [{ name: "a", count: unset as never }] }, "replicas[0].count"],
];

test.each(refused)("undefined is refused, with its path: %s", (_what, given, path) => {
  expect(problemsOf(given, below)).toMatchObject([
    { path, what: "the value is undefined", fix: expect.stringMatching(/left out/) },
  ]);
});

test.each([true, false])("a field that is left out is not an undefined one: %s", (isOn) => {
  const given = objectOf("v1", "ConfigMap", { metadata: { name: "b" }, ...(isOn && { data: { a: "1" } }) });
  expect(problemsOf({ resources: [given] }, below)).toEqual([]);
});
