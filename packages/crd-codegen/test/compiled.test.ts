import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitKindModules } from "../src/emit/kind-modules.ts";
import { generate, generateFrom } from "../src/generate.ts";
import { importCrds } from "../src/import-crds.ts";
import { readModel } from "../src/read/model.ts";
import { gadgetCrd } from "./gadget-crd.ts";
import { otherCrd, shopCrd } from "./fixtures.ts";
import { namesCrds } from "./names-crd.ts";
import { rootsCrds, rootsUse } from "./roots-crds.ts";

const workspace = fileURLToPath(new URL("../../..", import.meta.url));
const packageOf = (name: string, from: string): string =>
  dirname(createRequire(from).resolve(`${name}/package.json`));
const compilers = {
  "TypeScript 5.9": packageOf("typescript-5", import.meta.filename),
  "TypeScript 6": packageOf("typescript-6", import.meta.filename),
  "TypeScript 7": packageOf("typescript", join(workspace, "package.json")),
};

const target = mkdtempSync(join(realpathSync(tmpdir()), "crd-codegen-"));
afterAll(() => rmSync(target, { recursive: true }));

/** A description that would end a comment, a template and a line. */
// As YAML readers agree on it.
const prose = JSON.stringify("*/ export const x = `${1}` \u0007 // \u2028 '\"").replaceAll(
  "\u2028",
  String.raw`\u2028`,
);
const hostile = shopCrd.replaceAll("limit: { ", () => `limit: { description: ${prose}, `);

beforeAll(async () => {
  const model = { crds: [], definitions: {} };
  const inputs = {
    gadget: gadgetCrd,
    names: namesCrds,
    roots: rootsCrds,
    hostile: `${hostile}---\n${otherCrd}`,
  };
  for (const [folder, text] of Object.entries(inputs)) {
    const sources = importCrds([{ file: `${folder}.yaml`, text }], model);
    const texts = sources.map(({ path, content }) => ({ file: path, text: content }));
    const modules = await generateFrom(readModel(texts), emitKindModules);
    const all = [
      ...(await generate(texts)).map((file) => ({ ...file, in: folder })),
      ...modules.map((file) => ({ ...file, in: `${folder}-package` })),
    ];
    for (const { path, content, in: place } of all) {
      mkdirSync(dirname(join(target, place, path)), { recursive: true });
      writeFileSync(join(target, place, path), content);
    }
  }
  for (const library of ["@marcbachmann/cel-js", "re2js"]) {
    const link = join(target, "node_modules", library);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(dirname(dirname(fileURLToPath(import.meta.resolve(library)))), link);
  }
  writeFileSync(join(target, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(target, "tsconfig.json"),
    JSON.stringify({
      extends: join(workspace, "tsconfig.base.json"),
      compilerOptions: {
        types: ["node"],
        typeRoots: [join(workspace, "node_modules/@types")],
        noPropertyAccessFromIndexSignature: true,
        allowUnreachableCode: false,
        allowUnusedLabels: false,
        isolatedDeclarations: true,
        // The base's setting is for the workspace's own dependencies.
        skipLibCheck: false,
      },
      include: ["*/src", "use*.ts"],
    }),
  );
  writeFileSync(join(target, "use.ts"), use);
  writeFileSync(join(target, "use-roots.ts"), rootsUse);
}, 60_000);

/** What an author may and may not write. */
const use = `import type { Gadget, GadgetObserved, GadgetSpec } from "./gadget/src/generated/types.ts";
import type { Foo as FooOfNames } from "./names/src/generated/foo-names.example.com-v1.ts";
import type { K8sWidget, K8sWidgetSpecK8s } from "./names/src/generated/types.ts";
import type { Class } from "./names/src/generated/class-v1.ts";
import type { Widget as SmallWidget } from "./names/src/generated/widget-widgets.names.example.com-v1.ts";
import { numberV1 } from "./names/src/generated/validators.ts";
import type { Record as RecordKind } from "./names/src/generated/types.ts";
import { validator, type Validator as ValidatorKind } from "./names-package/src/names.example.com/validator-v1.ts";
import type { ValidationIssue as IssueKind, Validator as SameKind } from "./names-package/src/index.ts";

export const gadget: Gadget = {
  apiVersion: "features.example.com/v1",
  kind: "Gadget",
  metadata: { name: "g" },
  spec: { port: "http", mode: null, level: 2, source: { file: "a" }, open: { other: 1 }, narrowed: "b", kind: { type: "sized", size: 1 } },
};
export const retries = (observed: GadgetObserved): number => observed.spec.tuning.retries + observed.spec.zones.length;
export const maybe = (observed: GadgetObserved): string | null => observed.spec.maybeWithDefault;
export const widget: K8sWidget = {
  apiVersion: "names.example.com/v1", kind: "K8sWidget", metadata: { name: "w" },
  spec: {
    class: "c", "a.b": "x", constructor: {}, example: "e", title: "t", externalDocs: { url: "u" }, "9lives": "n", k8s: { v1alpha1x: {} },
    documented: "d", $ref: "r", definitions: { a: "a" },
  },
};
export const part: K8sWidgetSpecK8s = { v1alpha1x: { a: "a" } };
export const small: Class = {
  apiVersion: "names.example.com/v1", kind: "class", metadata: { name: "s" }, spec: { class: "c", "a.b": "x", constructor: {} },
};
export const smallKind: SmallWidget["kind"] = "widget";
export const issues: number = numberV1.validate({}).length;
// @ts-expect-error A title is a text.
export const titled: K8sWidget = { ...widget, spec: { class: "c", "a.b": "x", constructor: {}, title: 1 } };
export const foo: FooOfNames = {
  apiVersion: "names.example.com/v1", kind: "Foo", metadata: { name: "f" }, spec: { class: "c", "a.b": "x", constructor: {} },
};
export const record: RecordKind["kind"] = "Record";
export const ofValidators: [ValidatorKind["kind"], SameKind["kind"], IssueKind["kind"]] = ["Validator", "Validator", "ValidationIssue"];
export const validated: number = validator.validate({}).length;

// @ts-expect-error two sources
export const two: GadgetSpec = { source: { file: "a", url: "b" } };
// @ts-expect-error no source
export const none: GadgetSpec = { source: {} };
// @ts-expect-error not in any of the lists
export const narrow: GadgetSpec = { narrowed: "a" };
// @ts-expect-error a text is not a number
export const level: GadgetSpec = { level: "1" };
// @ts-expect-error a misspelt field
export const misspelt: GadgetSpec = { tgs: [] };
// @ts-expect-error an embedded object without its kind
export const embedded: GadgetSpec = { embedded: { apiVersion: "v1" } };
// @ts-expect-error a plain one has no size
export const plain: GadgetSpec = { kind: { type: "plain", size: 1 } };
// @ts-expect-error null where the schema has none
export const never: GadgetSpec = { never: null };
`;

describe.each(Object.entries(compilers))("%s", (_name, compiler) => {
  test("takes what is generated, under the strictest flags", () => {
    const { bin } = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8"));
    const { status, stdout } = spawnSync("node", [join(compiler, bin.tsc), "-p", target], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  }, 60_000);
});

test("nothing has the type any", () => {
  const files = ["gadget", "names", "hostile"].map((folder) =>
    join(target, folder, "src/generated/types.ts"),
  );
  for (const file of files) expect(readFileSync(file, "utf8")).not.toMatch(/\bany\b/);
});

test.each(["names/src/generated/validators.ts", "names-package/src/index.ts"])(
  "%s judges a field called __proto__ as any other",
  async (file) => {
    const { validators } = await import(join(target, file));
    const head = { apiVersion: "names.example.com/v1", kind: "Foo", metadata: { name: "a" } };
    const issues = (value: string): object[] => {
      const spec = JSON.parse(`{ "class": "c", "a.b": "x", "__proto__": ${value}, "k8s": {} }`);
      return validators["names.example.com/v1/Foo"].validate({ ...head, spec });
    };
    expect(issues('"a"')).toEqual([]);
    expect(issues("1")).toMatchObject([{ path: "spec.__proto__", expected: "string" }]);
  },
);
