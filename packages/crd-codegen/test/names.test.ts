import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apiChanges } from "../src/api/api-change.ts";
import { apiOf } from "../src/api/api.ts";
import { generate } from "../src/generate.ts";
import { importCrds } from "../src/import-crds.ts";
import { expand } from "../src/model/expand.ts";
import type { Model } from "../src/model/model.ts";
import { canonical, type Schema } from "../src/model/schema.ts";
import { readCrds } from "../src/read/crds.ts";
import { readModel } from "../src/read/model.ts";

const nothing: Model = { crds: [], definitions: {} };
const text = { type: "string" };
const object = (properties: object, more: object = {}): object => ({ type: "object", ...more, properties });

function crdOf(kind: string, schema: object): string {
  const plural = `${kind.toLowerCase()}s`;
  return JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.example.com` },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind, plural },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  });
}

const imported = (texts: readonly string[], earlier = nothing) =>
  readModel(
    importCrds(
      texts.map((content, index) => ({ file: `${index}.yaml`, text: content })),
      earlier,
    ).map(({ path, content }) => ({ file: path, text: content })),
  );

const generated = (texts: readonly string[], earlier = nothing) =>
  generate(
    importCrds(
      texts.map((content, index) => ({ file: `${index}.yaml`, text: content })),
      earlier,
    ).map(({ path, content }) => ({ file: path, text: content })),
  );

const contentOf = (files: Files, path: string): string =>
  files.find((file) => file.path === path)?.content ?? "";

const selector = object({ key: text, name: { ...text, default: "" }, optional: { type: "boolean" } });
/** A Toleration of Kubernetes', of which versions limit the effect differently. */
const toleration = (effect: object): object =>
  object({
    effect: { ...text, ...effect },
    key: text,
    operator: text,
    tolerationSeconds: { type: "integer" },
    value: text,
  });
const tolerant = (kind: string, effect: object): string =>
  crdOf(
    kind,
    object({
      spec: object({
        passwordFrom: object({ secretKeyRef: selector }),
        tolerations: { type: "array", items: toleration(effect) },
      }),
    }),
  );

type Files = readonly { path: string; content: string }[];

const typesOf = (files: Files) =>
  [...contentOf(files, "src/generated/shop-v1.ts").matchAll(/: (\w+)\b/g)].map(([, name]) => name);

const specOf = (files: Files) =>
  contentOf(files, "api/api.txt")
    .split("\n")
    .filter((line) => line.startsWith("  spec"));

const described = (description: string) =>
  crdOf(
    "Shop",
    object({ spec: object({ a: { ...text, description }, b: text }, { description: "All of it." }) }),
  );
const descriptionsIn = (model: Model) => {
  const spec = model.crds[0]?.spec.versions[0]?.schema?.openAPIV3Schema?.properties?.["spec"];
  return [spec?.description, spec?.properties?.["a"]?.description, spec?.properties?.["b"]?.description];
};
const modelOf = (files: Files) =>
  readModel(files.map(({ path, content }) => ({ file: path, text: content })));

describe("a shape is called as Kubernetes calls it", () => {
  const reference = object({ name: text, namespace: text });
  const claims = object({ limits: { type: "object", additionalProperties: text }, requests: text });
  const metadata = object({ labels: { type: "object", additionalProperties: text } });
  test.each([
    ["under a field that holds it in Kubernetes, too", "secretRef", reference, "SecretReference"],
    ["but under no other, if it has few fields", "target", reference, undefined],
    ["when its fields have the same types", "secretKeyRef", selector, "SecretKeySelector"],
    ["and not when they have others", "resources", claims, undefined],
    ["and not when it has a few of many", "metadata", metadata, undefined],
  ])("%s", (_when, field, shape, name) => {
    const { crds } = imported([crdOf("Shop", object({ spec: object({ [field]: shape }) }))]);
    const found =
      crds[0]?.spec.versions[0]?.schema?.openAPIV3Schema?.properties?.["spec"]?.properties?.[field];
    expect(found?.$ref?.split("/").at(-1)).toBe(name);
  });

  test("where it stands within another, if it is that", () => {
    const template = (more: object) =>
      object({
        metadata: object({ labels: { type: "object", additionalProperties: text } }),
        spec: object(more),
      });
    const { crds } = imported([crdOf("Shop", object({ spec: object({ template: template({ a: text }) }) }))]);
    expect(JSON.stringify(crds)).not.toContain("$ref");
  });
});

describe("names follow from a CRD alone", () => {
  const shop = tolerant("Shop", {});
  const zoo = tolerant("Zoo", { enum: ["NoExecute"] });
  const ark = tolerant("Ark", { maxLength: 20 });

  test("in whatever order CRDs are given", () => {
    expect(imported([zoo, ark, shop])).toEqual(imported([shop, zoo, ark]));
  });

  test.each([
    ["one after it", zoo],
    ["one before it", ark],
  ])("a kind's types stay as they are beside %s", async (_which, other) => {
    const before = imported([shop]);
    const after = imported([other], before);
    const changes = apiChanges(apiOf(before), apiOf(after));
    expect(changes.map(({ what, bump }) => [what, bump])).toEqual([["added", "minor"]]);
    const [alone, together] = [await generated([shop]), await generated([other], before)];
    for (const path of ["src/generated/shop-v1.ts", "schemas/shop-v1.json"])
      expect(contentOf(together, path)).toBe(contentOf(alone, path));
  });

  test.each([
    ["one after it", zoo],
    ["one before it", ark],
  ])("so do their names where both are imported at once: %s", async (_which, other) => {
    const [alone, together] = [await generated([shop]), await generated([other, shop])];
    expect(typesOf(together)).toEqual(expect.arrayContaining(typesOf(alone)));
    expect(specOf(together)).toEqual([...specOf(alone), ...specOf(alone)]);
  });
});

describe("what stands in several places of a CRD", () => {
  const store = object({
    bucket: text,
    endpoint: text,
    region: text,
    insecure: { type: "boolean" },
    accessKey: object({ a: text, b: text }),
    encryption: object({ c: text, d: text }),
  });
  const step = (inner: object) => ({ type: "array", items: object({ input: inner, output: inner }) });

  test("has one short name", async () => {
    const files = await generated([
      crdOf(
        "Flow",
        object({
          spec: object({ archive: store, steps: step(store) }),
          status: object({ steps: step(store) }),
        }),
      ),
    ]);
    const types = contentOf(files, "src/generated/flow-v1.ts");
    expect([...types.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name)).toEqual([
      "Flow",
      "FlowObserved",
      "FlowArchive",
      "FlowStepsItem",
      "FlowSpec",
      "FlowStatus",
      "FlowArchiveAccessKey",
      "FlowArchiveEncryption",
    ]);
  });

  test("is told apart where it differs", () => {
    const other = object({ ...Object(store).properties, region: { type: "integer" } });
    const { definitions } = imported([
      crdOf(
        "Flow",
        object({
          spec: object({ a: object({ in: store, out: store }), b: object({ in: other, out: other }) }),
        }),
      ),
    ]);
    expect(Object.keys(definitions).toSorted()).toEqual([
      "flows.example.com#/$defs/FlowAIn",
      "flows.example.com#/$defs/FlowBIn",
    ]);
  });

  test("loses nothing, and has no name over 60 characters but for a field's", async () => {
    const names = fc.constantFrom("a", "items", "someRatherLongNameOfAField", "k8s", "spec", "another-one");
    const { node } = fc.letrec<{ node: Schema }>((tie) => ({
      node: fc.oneof(
        { depthSize: "large" },
        fc.constant<Schema>({ type: "string" }),
        fc.constant<Schema>(store as Schema),
        fc
          .dictionary(names, tie("node"), { minKeys: 1 })
          .map((properties): Schema => ({ type: "object", properties })),
        tie("node").map((items): Schema => ({ type: "array", items })),
        tie("node").map((additionalProperties): Schema => ({ type: "object", additionalProperties })),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, node), async (properties) => {
        const given = crdOf(
          "AKindWithALongName",
          object({ spec: object(properties), status: object(properties) }),
        );
        const { crds, definitions } = imported([given]);
        expect(canonical(crds.map((crd) => expand(crd, definitions)))).toBe(
          canonical(readCrds([{ file: "given.yaml", text: given }], undefined)),
        );
        const types = contentOf(await generated([given]), "src/generated/akindwithalongname-v1.ts");
        const all = [...types.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((name) => name.length > 60)).toEqual([]);
      }),
      { numRuns: 12, seed: 1 },
    );
  });
});

describe("descriptions", () => {
  const ours = modelOf(
    importCrds([{ file: "a.yaml", text: described("Theirs.") }], nothing, { descriptions: "none" }).map(
      ({ path, content }) => ({
        path,
        content: content.replaceAll(
          /\b([ab]): \{ type/g,
          (_match, name) => `${name}: { description: ${name === "a" ? "Ours" : "Also ours"}, type`,
        ),
      }),
    ),
  );

  test.each([
    [undefined, ["All of it.", "Theirs.", "Also ours"]],
    ["upstream", ["All of it.", "Theirs.", "Also ours"]],
    ["own", [undefined, "Ours", "Also ours"]],
    ["none", [undefined, undefined, undefined]],
  ] as const)("%s", (descriptions, want) => {
    const files = importCrds([{ file: "a.yaml", text: described("Theirs.") }], ours, {
      ...(descriptions && { descriptions }),
    });
    expect(descriptionsIn(modelOf(files))).toEqual(want);
  });

  test("upstream's are in the types, the JSON Schema and the CRD", async () => {
    const files = await generated([described("Theirs.")]);
    for (const path of [
      "src/generated/shop-v1.ts",
      "schemas/shop-v1.json",
      "manifests/shops.example.com.yaml",
    ])
      expect(contentOf(files, path)).toContain("Theirs.");
  });
});
