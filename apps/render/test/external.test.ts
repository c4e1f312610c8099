import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { base, compose, external, type KubernetesObject } from "@atlas/compose";
import { afterAll, expect, test } from "vitest";
import { documentsOf } from "../src/output/document.ts";
import { readExternal } from "../src/read/external.ts";
import { findingsOf } from "@atlas/input";
import { rememberedText } from "../src/output/remembered-text.ts";
import { atlasRender, environmentsOf, temporaryFolder } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "atlas-render-external-"));
afterAll(() => rmSync(folder, { recursive: true }));

const crd = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "foos.example.com" },
};
const file = join(folder, "crd.yaml");
writeFileSync(
  file,
  `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: foos.example.com }
spec: { most: 9223372036854775807, least: -9223372036854775808, few: 5 }
`,
);
const resource = external(crd, pathToFileURL(file));

test.each([
  ["that a transform changes", base({ resources: [resource], annotations: { a: "b" } })],
  ["that is copied", base({ resources: [resource] })],
])("the int64 of an external file %s keeps its digits", (_name, layer) => {
  const objects = compose(layer, readExternal);
  for (const format of ["yaml", "json"] as const)
    for (const text of [undefined, rememberedText]) {
      const [document] = documentsOf({ objects, namespace: undefined }, format, text);
      const printed = String(document?.text);
      expect(printed).toMatch(/"?most"?: ?9223372036854775807\b/);
      expect(printed).toMatch(/"?least"?: ?-9223372036854775808\b/);
      expect(printed).toMatch(/"?few"?: ?5\b/);
    }
});

test.each([
  ["is not YAML", "a: [", /cannot be read: .* at line 1/],
  [
    "nests fifty thousand lists",
    `a: ${"[".repeat(50_000)}${"]".repeat(50_000)}`,
    /cannot be read: it nests too deep/,
  ],
  ["is not there", undefined, /cannot be read: ENOENT/],
])("an external file that %s is the user's to fix", (name, text, what) => {
  const broken = join(folder, `${name}.yaml`);
  if (text !== undefined) writeFileSync(broken, text);
  const layer = base({ resources: [external(crd, pathToFileURL(broken))], annotations: { a: "b" } });
  expect(() => compose(layer, readExternal)).toThrow(what);
  try {
    compose(layer, readExternal);
  } catch (error) {
    expect(findingsOf(error)).toMatchObject([{ file: broken }]);
  }
});

test.each<{ options: string[] }>([
  { options: [] },
  { options: ["--output", "-"] },
  { options: ["--validate"] },
])("a file that is not there is not blamed on the output: $options", ({ options }) => {
  const environments = environmentsOf({
    dev: `export default base({ resources: [external({ apiVersion: "v1", kind: "Secret", metadata: { name: "a" } }, new URL("gone.yaml", import.meta.url))] });`,
  });
  const output = options.includes("--output") ? [] : ["--output", join(temporaryFolder(), "out")];
  const { status, stderr } = atlasRender("render", "--environments", environments, ...options, ...output);
  expect(status).toBe(2);
  expect(stderr).toMatch(/gone\.yaml: the file of an external object cannot be read: ENOENT/);
  expect(stderr).toContain("correct its name where external() is called");
  expect(stderr).not.toContain("output");
});

test("an external file is read as kubectl reads it: 0644 is octal, and << merges", () => {
  const source = join(folder, "octal.yaml");
  writeFileSync(
    source,
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: octal }\nmode: 0644\na: &a { x: 1 }\nb: { <<: *a }\n",
  );
  expect(readExternal(pathToFileURL(source))).toMatchObject({ mode: 420, b: { x: 1 } });
});

const one = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\n";
const readText = (text: string): KubernetesObject => {
  const source = join(temporaryFolder(), "file.yaml");
  writeFileSync(source, text);
  return readExternal(pathToFileURL(source));
};

test.each([
  ["an end that is announced", `${one}---\n`],
  ["documents without content", `# one\n---\n---\n${one}---\n# nothing\n`],
  ["an end mark", `${one}...\n`],
  ["line ends of Windows and a byte order mark", `\ufeff${one}---\n`.replaceAll("\n", "\r\n")],
  ["JSON", JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one" } })],
])("an external file may hold beside its object what kubectl passes over: %s", (_what, text) => {
  expect(readText(text)).toEqual({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one" } });
});

test.each<[what: string, text: string, says: RegExp]>([
  [
    "text that -f takes for a boolean",
    `${one}data: { a: yes }\n`,
    /reads yes as true, .* -k as "yes": quote it/,
  ],
  ["a key that -f takes for a boolean", `${one}data: { y: a }\n`, /reads y as true, .* -k as "y": quote it/],
  [
    "a date that -k takes for a time",
    `${one}data: { a: 2024-01-01 }\n`,
    /-k as "2024-01-01T00:00:00Z": quote it/,
  ],
  ["two objects", `${one}---\n${one}`, /it holds 2 objects/],
  ["a list", "- a\n", /it holds no object/],
  ["a directive", `%YAML 1.1\n---\n${one}`, /kubectl takes no directives at line 1/],
  ["a line separator", `${one}# \u2028data: {}\n`, /U\+2028 ends a line to kubectl, .* at line 4/],
  ["a key twice", `${one}kind: ConfigMap\n`, /Map keys must be unique at line 4/],
])(
  "an external file that kubectl's two readers read differently, or not at all, is refused: %s",
  (_what, text, says) => {
    expect(() => readText(text)).toThrow(says);
  },
);

test.each<[what: string, text: string, says: readonly string[]]>([
  [
    "another object",
    "apiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: shop }\n",
    [
      'kind: its file has "Secret", and it is declared with "ConfigMap"',
      'metadata.name: its file has "other", and it is declared with "mine"',
      'metadata.namespace: its file has "shop", and it is declared with none',
    ],
  ],
  ["nothing", "# nothing\n", ["the file of an external object cannot be read: it holds no object"]],
  ["a text", "text\n", ["the file of an external object cannot be read: it holds no object"]],
])("an external file with %s is refused", (what, text, says) => {
  const source = join(temporaryFolder(), "file.yaml");
  writeFileSync(source, text);
  const environments = environmentsOf({
    shop: `const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine" } };
export default base({ resources: [external(object, new URL(${JSON.stringify(pathToFileURL(source).href)}))] });`,
  });
  const { status, stdout, stderr } = atlasRender("render", "--environments", environments, "--output", "-");
  expect([what, status, stdout]).toEqual([what, 2, ""]);
  for (const each of says) expect(stderr).toContain(each);
});
