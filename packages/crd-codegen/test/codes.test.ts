import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codegenCodes, type CodegenCode } from "../src/codes.ts";
import { formatProblem, InputError } from "../src/problem.ts";
import { readCrds } from "../src/read/crds.ts";
import { shopCrd } from "./fixtures.ts";

const entries = Object.entries(codegenCodes);
const names = Object.keys(codegenCodes);

test("the codes are sorted, look like codes, and are explained by a sentence", () => {
  expect(names).toEqual(names.toSorted());
  expect(names.filter((name) => !/^[a-z]+(?:-[a-z]+)*$/.test(name))).toEqual([]);
  expect(
    entries.filter(([, { why, fix }]) => !/^[A-Z].*\.$/.test(why) || !/^[a-z].*[^.]$/.test(fix)),
  ).toEqual([]);
});

test("each code is one that a problem of the generator has", () => {
  const folder = new URL("../src/", import.meta.url);
  const text = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "codes.ts")
    .map((file) => readFileSync(new URL(file.replaceAll("\\", "/"), folder), "utf8"))
    .join("\n");
  expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});

test("a problem shows its code at the end of its line", () => {
  const place = { file: "a.yaml", line: 1, column: 2, path: "spec" };
  expect(formatProblem({ code: "crd-malformed", ...place, what: "is\nmissing", fix: "State it" })).toBe(
    "a.yaml:1:2: spec: is missing. State it [crd-malformed]",
  );
});

const cellText = (text: string): string => text.replaceAll("|", String.raw`\|`);
const cells = (row: readonly string[]): string => `| ${row.join(" | ")} |`;

const ready = "ready: { type: boolean";
test.each<[what: string, text: string, codes: readonly CodegenCode[]]>([
  ["broken YAML", "a: [1\n", ["yaml-malformed"]],
  ["YAML that nests too deep", `a: ${"[".repeat(600)}${"]".repeat(600)}\n`, ["yaml-too-deep"]],
  ["a number that is none of JSON's", shopCrd.replace("default: small", "default: .inf"), ["value-not-json"]],
  ["no CRD", "kind: Secret\n", ["crd-missing"]],
  ["an old CRD", shopCrd.replace("k8s.io/v1", "k8s.io/v1beta1"), ["api-version-unsupported"]],
  ["a CRD without a scope", shopCrd.replace("scope: Namespaced", "scope: 1"), ["crd-malformed"]],
  ["one CRD twice", `${shopCrd}---\n${shopCrd.replace("Namespaced", "Cluster")}`, ["crd-conflict"]],
  ["an unknown type", shopCrd.replace(ready, "ready: { type: bool"), ["schema-not-structural"]],
  [
    "a keyword of another type",
    shopCrd.replace(ready, "ready: { minLength: a, type: boolean"),
    ["schema-keyword-malformed"],
  ],
  ["no type", shopCrd.replace(ready, "ready: { title: a"), ["schema-not-structural"]],
  [
    "a default beyond what is exact",
    shopCrd.replace("type: integer, format", "type: integer, default: 9007199254740993, format"),
    ["number-inexact"],
  ],
  [
    "a rule that is not CEL",
    shopCrd.replace(ready, `${ready}, x-kubernetes-validations: [{ rule: self == }]`),
    ["rule-malformed"],
  ],
])("%s has its code", (_what, text, codes) => {
  expect(codesOf(text)).toEqual(codes);
});

function codesOf(text: string): readonly CodegenCode[] {
  try {
    readCrds([{ file: "crds.yaml", text }], undefined);
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

/** A table of Markdown as it is formatted. */
function codeTable(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const [head = "", ...body] = rows.map((row) =>
    cells(row.map((text, column) => text.padEnd(widths[column] ?? 0))),
  );
  return [head, cells(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}

test("the README lists the codes as they are: else run this test with --update", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const start = readme.indexOf("| code ");
  const end = readme.indexOf("\n\n", start);
  const rows = entries.map(([code, { why, fix }]) => [`\`${code}\``, why, fix].map(cellText));
  const listed = codeTable([["code", "what is wrong", "how to fix it"], ...rows]);
  expect(start).toBeGreaterThan(0);
  await expect(`${readme.slice(0, start)}${listed}${end < 0 ? "\n" : readme.slice(end)}`).toMatchFileSnapshot(
    "../README.md",
  );
});
