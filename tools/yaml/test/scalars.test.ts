import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { afterAll, describe, expect, test } from "vitest";
import { scalarTags, type Dialect } from "@atlas/yaml";

const isMissing = spawnSync("kubectl", ["version", "--client"]).error !== undefined;
const withoutKubectl = isMissing ? "kubectl is not installed" : undefined;

function kubectl(args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync("kubectl", args, { encoding: "utf8", input });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

const object = (scalars: readonly string[]): string =>
  `apiVersion: v1\nkind: Thing\nmetadata: { name: a }\nspec:\n${scalars.map((text) => `  - ${text}\n`).join("")}`;

/** What `kubectl apply -f` sends of plain scalars. */
function applied(scalars: readonly string[]): unknown[] {
  const args = ["patch", "--local", "--type=merge", "--patch={}", "--output=json", "-f", "-"];
  return JSON.parse(kubectl(args, object(scalars))).spec;
}

const read = (scalars: readonly string[], dialect: Dialect): unknown[] =>
  parse(object(scalars), { customTags: scalarTags(dialect) }).spec;

const numbers = [
  ..."0644 0o644 0O644 0x1F 0X1F -0x1F +0x1F 0b11 0B11 -0b11 1_000 1__0 _1 0_7 0x_1F 09 08.5 0o8 00 0b 0x".split(
    " ",
  ),
  ..."1e3 1E3 1e+3 1_0e3 12e03 .5 +.5 -.5 .5_0 1. 1.e3 0. -0 -0.0 +1 1_ 0_ -_1 0x1p4 0x1.8p1 1.0 100.0".split(
    " ",
  ),
  ..."1:30 190:20:30 1e e3 .e3 ._ 0b12 0o_7 -0o17 +0b1 -010 1e-400 1e21 0.1e-6 1_000.5 0.1_5 0o1_7 685_230.15".split(
    " ",
  ),
  ..."9007199254740991 -9007199254740991 = nan NaN Inf 2001:db8::1 1.2.3 v1 1.2.3.4/8 - 0-1 1-1 .- +. -.".split(
    " ",
  ),
];
const words =
  "y Y yes Yes YES yEs on On ON oN n N no No NO nO off Off OFF ofF true True TRUE tRue false ~ null Null nUll";
const dates = [
  ..."2024-01-01 2024-1-1 2024-01-01T10:00:00Z 2024-01-01t10:00:00Z 2024-01-01T1:2:3Z 2024-13-01 2024-02-30".split(
    " ",
  ),
  ..."2024-01-01T10:00:00+02:00 2024-01-01T10:00:00.100Z 2024-01-01T10:00:00 0001-01-01 9999-12-31 2024-001-01".split(
    " ",
  ),
  ..."2024-01-01T10:00 2024-01-01T10:00:00.123456789123Z 2024-01-01T24:00:00Z 2024-01-01T10:00:00-00:00 24-1-1".split(
    " ",
  ),
];
const all = [...numbers.filter((text) => text !== "-"), ...words.split(" "), ...dates];

describe.skipIf(withoutKubectl)("as kubectl reads plain scalars", () => {
  test("in a file that is applied", () => {
    expect(zip(read(all, "kubectl"))).toEqual(zip(applied(all)));
  });

  test("in a file that a kustomization names, but words, which are text", () => {
    const own = parse(kubectl(["kustomize", folderOf(object(all))], ""), { customTags: scalarTags("text") });
    expect(zip(read(all, "kustomize"))).toEqual(zip(own.spec));
  });

  test("in a file of either, or refuses", () => {
    const [asApplied, asBuilt] = [read(all, "kubectl"), read(all, "kustomize")];
    for (const [index, text] of all.entries()) {
      if (JSON.stringify(asApplied[index]) === JSON.stringify(asBuilt[index]))
        expect([text, ...read([text], "both")]).toEqual([text, asApplied[index]]);
      else expect(() => read([text], "both"), text).toThrow(`reads ${text} as`);
    }
  });

  test("in twenty thousand random ones", () => {
    const parts = fc.constantFrom(..."0 1 7 9 _ . - + e E x X b o O : a F T Z y n 2024".split(" "));
    const text = fc.array(parts, { minLength: 1, maxLength: 7 }).map((several) => several.join(""));
    const given = fc.sample(text.filter(isPlain), { numRuns: 20_000, seed: 1 });
    expect(zip(read(given, "kubectl"), given)).toEqual(zip(applied(given), given));
  });
});

/** Whether a text stands for itself, and not for a list or a field. */
const isPlain = (text: string): boolean => !/^[-:]$|:$|^:/.test(text);

/** Each with its text: a difference shows which. */
const zip = (values: readonly unknown[], texts = all): unknown[] =>
  values.map((value, index) => [texts[index], Object.is(value, -0) ? 0 : value]);

function folderOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "yaml-"));
  folders.push(folder);
  writeFileSync(join(folder, "kustomization.yaml"), "resources: [a.yaml]\n");
  writeFileSync(join(folder, "a.yaml"), text);
  return folder;
}
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
