import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@atlas/testing";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { generate } from "../src/generate.ts";
import { importCrds } from "../src/import-crds.ts";
import { InputError } from "../src/problem.ts";
import { readInputs } from "../src/sources/sources.ts";
import { readModel } from "../src/read/model.ts";
import { otherCrd, shopCrd } from "./fixtures.ts";

const imported = (text: string, others: string[] = []) =>
  importCrds(
    [{ file: "given.yaml", text }],
    { crds: [], definitions: {} },
    { onOther: (file) => void others.push(file) },
  );

/** What an API server returns of a CRD. */
function observed(text: string) {
  const crd = parse(text, { intAsBigInt: true });
  return {
    ...crd,
    metadata: {
      annotations: {
        "kubectl.kubernetes.io/last-applied-configuration": "{}\n",
        ...crd.metadata.annotations,
      },
      creationTimestamp: "2026-01-01T00:00:00Z",
      generation: 1,
      managedFields: [{ manager: "kubectl" }],
      resourceVersion: "123",
      uid: "1a2b",
      ...crd.metadata,
    },
    status: { acceptedNames: crd.spec.names, conditions: [], storedVersions: ["v1"] },
  };
}

const listOf = (kind: string, items: object[]) => stringify({ apiVersion: "v1", kind, metadata: {}, items });

describe("what `kubectl get crd -o yaml` prints is imported as it was written", () => {
  const { apiVersion: _apiVersion, kind: _kind, ...bare } = observed(shopCrd);

  test.each([
    ["one", stringify(observed(shopCrd))],
    ["several", listOf("List", [observed(shopCrd)])],
    [
      "the API server's own list",
      stringify({
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinitionList",
        items: [bare],
      }),
    ],
  ])("%s", (_name, text) => expect(imported(text)).toEqual(imported(shopCrd)));

  test("and keeps the annotations that are its own", () => {
    const annotated = parse(shopCrd, { intAsBigInt: true });
    annotated.metadata.annotations = { "controller-gen.kubebuilder.io/version": "v0.18.0" };
    const text = stringify(annotated);
    const [ours] = imported(stringify(observed(text)));
    expect(parse(ours?.content ?? "")).toEqual(parse(imported(text)[0]?.content ?? ""));
    expect(imported(text)[0]?.content).toContain("v0.18.0");
  });
});

describe("a file without a CRD", () => {
  const values = { file: "values.yaml", text: "a: 1\n---\nkind: Secret\n" };
  const given = { file: "given.yaml", text: shopCrd };

  test("is passed over beside others", () => {
    const others: string[] = [];
    const files = importCrds(
      [{ ...values, text: "kind: Secret\n" }, given],
      { crds: [], definitions: {} },
      { onOther: (file) => void others.push(file) },
    );
    expect(files).toEqual(imported(shopCrd));
    expect(others).toEqual(["values.yaml"]);
  });

  test("alone is a problem", () => {
    expect(() => imported("kind: Secret\n")).toThrow(InputError);
    expect(() => imported("kind: Secret\n")).toThrow("given.yaml: holds no CustomResourceDefinition");
  });
});

describe("a folder", () => {
  test("gives the files in it that may hold CRDs, in the order of their names", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "nested"));
    mkdirSync(join(folder, ".git"));
    const files = {
      "b.yaml": shopCrd,
      "a.yml": otherCrd,
      "nested/c.json": JSON.stringify(parse(shopCrd)),
      ".git/d.yaml": shopCrd,
      "template.yaml": "{{- if .Values.crds }}\n",
      "read.me": shopCrd,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const read = await readInputs([folder]);
    expect(read.map(({ file }) => file)).toEqual(
      ["a.yml", "b.yaml", "nested/c.json"].map((name) => join(folder, name)),
    );
  });

  test("without any is a problem", async () => {
    const folder = temporaryFolder();
    await expect(readInputs([folder])).rejects.toThrow("no file in it holds a CustomResourceDefinition");
  });
});

test.each([
  ["itself", { A: { type: "object", properties: { a: { $ref: "A" } } } }, ["A"]],
  [
    "another that holds it",
    {
      A: { type: "object", properties: { b: { $ref: "B" } } },
      B: { type: "array", items: { $ref: "A" } },
      C: { type: "object", properties: { a: { $ref: "A" } } },
    },
    ["A", "B"],
  ],
])("a definition that holds %s is a problem", (_what, $defs, names) => {
  const prefixed = JSON.stringify($defs).replaceAll(/"\$ref":"(\w+)"/g, '"$ref":"kubernetes.yaml#/$defs/$1"');
  const texts = [
    ...imported(shopCrd)
      .filter(({ path }) => path !== "kubernetes.yaml")
      .map(({ path, content }) => ({
        file: path,
        text: content
          .replace("properties:", 'properties:\n  self: { "$ref": "kubernetes.yaml#/$defs/A" }')
          .replace(/^( *)properties:\n {2}self/m, "$1properties:\n$1  self"),
      })),
    { file: "kubernetes.yaml", text: `$defs: ${prefixed}\n` },
  ];
  expect(() => readModel(texts)).toThrow(InputError);
  for (const name of names)
    expect(() => readModel(texts)).toThrow(`kubernetes.yaml: $defs.${name}: holds itself`);
});

test("kinds that differ in case, in one group and in another, have files of their own", async () => {
  const kinds = [
    ["Shop", "shops", "example.com"],
    ["SHOP", "shops2", "example.com"],
    ["shop", "shops", "example.org"],
  ] as const;
  const texts = kinds.map(([kind, plural, group]) =>
    shopCrd
      .replace("kind: Shop", `kind: ${kind}`)
      .replaceAll("shops", plural)
      .replaceAll("example.com", group),
  );
  const sources = imported(texts.join("---\n"));
  const files = await generate(sources.map(({ path, content }) => ({ file: path, text: content })));
  const paths = [...sources, ...files].map(({ path }) => path.toLowerCase());
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toContain("src/generated/shop-shops2.example.com-v1.ts");
});
