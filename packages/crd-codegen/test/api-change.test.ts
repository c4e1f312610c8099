import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { apiChanges, bumpOf } from "../src/api/api-change.ts";
import { apiOf } from "../src/api/api.ts";
import { importCrds } from "../src/import-crds.ts";
import { readModel } from "../src/read/model.ts";

const crd = (spec: string, { status = "{ type: object }", scope = "Namespaced" } = {}): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.example.com }
spec:
  group: example.com
  names: { kind: Shop, plural: shops }
  scope: ${scope}
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: ${spec}, status: ${status} } } }
`;
const api = (text: string) => {
  const files = importCrds([{ file: "shops.yaml", text }], { crds: [], definitions: {} });
  return apiOf(readModel(files.map(({ path, content }) => ({ file: path, text: content }))));
};
const fields = (properties: string, required = ""): string =>
  `{ type: object, properties: { ${properties} }${required === "" ? "" : `, required: [${required}]`} }`;
const changes = (before: string, after: string) => apiChanges(api(before), api(after));

describe("what a change of the spec means", () => {
  test.each<[string, string, string, string[]]>([
    ["nothing", "a: { type: string }", "a: { type: string }", []],
    ["a description", "a: { type: string }", "a: { type: string, description: New }", []],
    ["a field", "", "a: { type: string }", ["minor spec.a: added: string"]],
    ["a field's removal", "a: { type: string }", "", ["major spec.a: removed"]],
    [
      "an object with all that is in it",
      "",
      "a: { type: object, properties: { b: { type: string } } }",
      ["minor spec.a: added: object"],
    ],
    [
      "another type",
      "a: { type: string }",
      "a: { type: boolean }",
      ["major spec.a: another type: string → boolean"],
    ],
    [
      "a wider number",
      "a: { type: integer }",
      "a: { type: number }",
      ["minor spec.a: widened: integer → number"],
    ],
    [
      "one value more",
      "a: { type: string, enum: [x] }",
      "a: { type: string, enum: [x, z] }",
      ['minor spec.a: widened: "x" → "x" | "z"'],
    ],
    [
      "one value less",
      "a: { type: string, enum: [x, z] }",
      "a: { type: string, enum: [x] }",
      ['major spec.a: narrowed: "x" | "z" → "x"'],
    ],
    [
      "an enum where there was none",
      "a: { type: string }",
      "a: { type: string, enum: [x] }",
      ['major spec.a: narrowed: string → "x"'],
    ],
    [
      "no enum any more",
      "a: { type: string, enum: [x] }",
      "a: { type: string }",
      ['minor spec.a: widened: "x" → string'],
    ],
    [
      "a default",
      "a: { type: string }",
      "a: { type: string, default: x }",
      ['minor spec.a: default: none → "x"'],
    ],
    [
      "another default",
      "a: { type: string, default: x }",
      "a: { type: string, default: z }",
      ['major spec.a: default: "x" → "z"'],
    ],
    [
      "no default any more",
      "a: { type: string, default: x }",
      "a: { type: string }",
      ['major spec.a: default: "x" → none'],
    ],
    [
      "a null",
      "a: { type: string }",
      "a: { type: string, nullable: true }",
      ["minor spec.a: widened: nullable: none → true"],
    ],
    [
      "no null any more",
      "a: { type: string, nullable: true }",
      "a: { type: string }",
      ["major spec.a: narrowed: nullable: true → none"],
    ],
    [
      "a pattern",
      "a: { type: string }",
      "a: { type: string, pattern: ^x }",
      ['major spec.a: narrowed: pattern: none → "^x"'],
    ],
    [
      "another pattern",
      "a: { type: string, pattern: ^x }",
      "a: { type: string, pattern: ^y }",
      ['major spec.a: narrowed: pattern: "^x" → "^y"'],
    ],
    [
      "a lower maximum",
      "a: { type: integer, maximum: 9 }",
      "a: { type: integer, maximum: 8 }",
      ["major spec.a: narrowed: maximum: 9 → 8"],
    ],
    [
      "a higher maximum",
      "a: { type: integer, maximum: 9 }",
      "a: { type: integer, maximum: 10 }",
      ["minor spec.a: widened: maximum: 9 → 10"],
    ],
    [
      "a lower minimum",
      "a: { type: string, minLength: 2 }",
      "a: { type: string, minLength: 1 }",
      ["minor spec.a: widened: minLength: 2 → 1"],
    ],
    [
      "unknown fields kept",
      "a: { type: object }",
      "a: { type: object, x-kubernetes-preserve-unknown-fields: true }",
      ["minor spec.a: widened: preserve-unknown-fields: none → true"],
    ],
    [
      "another list type",
      "a: { type: array, items: { type: string } }",
      "a: { type: array, x-kubernetes-list-type: set, items: { type: string } }",
      ['major spec.a: narrowed: list-type: none → "set"'],
    ],
    [
      "a limit of a list's elements",
      "a: { type: array, items: { type: string } }",
      "a: { type: array, items: { type: string, maxLength: 3 } }",
      ["major spec.a[]: narrowed: maxLength: none → 3"],
    ],
    [
      "a rule",
      "a: { type: string }",
      "a: { type: string, x-kubernetes-validations: [{ rule: self != '' }] }",
      ['major spec.a: narrowed: validations: none → [{"rule":"self != \'\'"}]'],
    ],
    [
      "one rule less",
      "a: { type: string, x-kubernetes-validations: [{ rule: self != '' }] }",
      "a: { type: string }",
      ['minor spec.a: widened: validations: [{"rule":"self != \'\'"}] → none'],
    ],
  ])("%s", (_name, before, after, want) => {
    const found = changes(crd(fields(before)), crd(fields(after)));
    expect(found.map(({ bump, path, what }) => `${bump} ${path}: ${what}`)).toEqual(want);
  });

  test.each<[string, string, string, string | undefined]>([
    ["a new required field", fields(""), fields("a: { type: string }", "a"), "major"],
    [
      "a new required field with a default",
      fields(""),
      fields("a: { type: string, default: x }", "a"),
      "minor",
    ],
    [
      "a field that is required now",
      fields("a: { type: string }"),
      fields("a: { type: string }", "a"),
      "major",
    ],
    [
      "a field that is required no more",
      fields("a: { type: string }", "a"),
      fields("a: { type: string }"),
      "minor",
    ],
  ])("%s", (_name, before, after, want) => expect(bumpOf(changes(crd(before), crd(after)))).toBe(want));
});

test.each<[string, string, string, string | undefined]>([
  [
    "a field that is always there now",
    fields("a: { type: string }"),
    fields("a: { type: string }", "a"),
    "minor",
  ],
  [
    "a field that may be missing now",
    fields("a: { type: string }", "a"),
    fields("a: { type: string }"),
    "major",
  ],
  ["a new field that is always there", fields(""), fields("a: { type: string }", "a"), "minor"],
])("what a change of the status means: %s", (_name, before, after, want) => {
  const spec = fields("");
  expect(bumpOf(changes(crd(spec, { status: before }), crd(spec, { status: after })))).toBe(want);
});

test("another scope is major", () => {
  const [change] = changes(crd(fields("")), crd(fields(""), { scope: "Cluster" }));
  expect(change).toMatchObject({ what: "scope: Namespaced → Cluster", bump: "major" });
});

const twice = (schema: string): string =>
  fields(
    `a: { type: object, properties: { secretKeyRef: ${schema} } }, b: { type: object, properties: { secretKeyRef: ${schema} } }`,
  );

test("a shared definition is compared once", () => {
  const selector =
    "{ type: object, required: [key], properties: { key: { type: string }, name: { type: string }, optional: { type: boolean } } }";
  const wider = selector.replace("key: { type: string }", "key: { type: string, maxLength: 9 }");
  expect(changes(crd(twice(selector)), crd(twice(wider)))).toMatchObject([
    { part: "SecretKeySelector", path: "key" },
  ]);
});

describe("import", () => {
  const workspace = mkdtempSync(join(tmpdir(), "crd-codegen-"));
  afterAll(() => rmSync(workspace, { recursive: true }));
  const target = join(workspace, "packages/shop-types");
  mkdirSync(join(workspace, ".changeset"));
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "package.json"), '{ "name": "@example/shop-types" }');
  writeFileSync(join(workspace, "shop.ts"), 'export const shop = { kind: "Shop", spec: { size: "small" } };');
  writeFileSync(
    join(workspace, "other.ts"),
    'export const other = { kind: "ShopFront", spec: { size: "small" } };',
  );
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const run = (input: string) =>
    spawnSync("node", ["--conditions=@atlas/source", main, "import", "-", "--package", target], {
      input,
      encoding: "utf8",
    });
  const first = crd(fields("size: { type: string }"));
  const second = crd(fields("size: { type: string, enum: [small] }"));
  const third = crd(fields("size: { type: string, enum: [small] }, colour: { type: string }"));

  test("reports, names what is affected and leaves one changeset", () => {
    expect(run(first)).toMatchObject({ status: 0, stdout: "" });
    expect(readdirSync(join(workspace, ".changeset"))).toEqual([]);
    expect(run(first)).toMatchObject({ status: 0, stdout: "The API is the same.\n" });
    expect(run(second)).toMatchObject({
      status: 0,
      stdout: `major (1):
  Shop example.com/v1 spec.size: narrowed: string → "small"
Together: a major change.
Files of this workspace that declare objects of these kinds:
  shop.ts: Shop; names spec.size
`,
    });
    const [changeset = "", ...rest] = readdirSync(join(workspace, ".changeset"));
    expect(rest).toEqual([]);
    expect(readFileSync(join(workspace, ".changeset", changeset), "utf8")).toBe(
      '---\n"@example/shop-types": major\n---\n\nThe CRDs have changed:\n\n- Shop example.com/v1 spec.size: narrowed: string → "small"\n',
    );
  });

  test("says how many files a change that breaks nothing does not concern", () => {
    expect(run(third)).toMatchObject({
      status: 0,
      stdout: `minor (1):
  Shop example.com/v1 spec.colour: added: string
Together: a minor change.
Files of this workspace that declare objects of these kinds:
  1 that name no changed field
`,
    });
  });
});
