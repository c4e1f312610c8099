import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocuments } from "../src/read/documents.ts";
import { parse } from "yaml";
import { expand } from "../src/model/expand.ts";
import { fold } from "../src/model/fold.ts";
import { generate } from "../src/generate.ts";
import { importCrds } from "../src/import-crds.ts";
import { readKubernetesNames } from "../src/model/kubernetes-names.ts";
import { readModel } from "../src/read/model.ts";
import type { Model } from "../src/model/model.ts";
import { InputError } from "../src/problem.ts";
import { readCrds } from "../src/read/crds.ts";
import { canonical } from "../src/model/schema.ts";
import { otherCrd, shopCrd } from "./fixtures.ts";
import { gadgetCrd } from "./gadget-crd.ts";

const nothing: Model = { crds: [], definitions: {} };
const text = (content: string, file = "shops.yaml") => ({ file, text: content });
const toTexts = (files: readonly { path: string; content: string }[]) =>
  files.map(({ path, content }) => text(content, path));
const imported = (...contents: string[]) =>
  toTexts(
    importCrds(
      contents.map((content) => text(content)),
      nothing,
    ),
  );
/** Text that some reader of YAML takes for a number, or that it cannot read as it is. */
const awkward = [
  "0o755",
  "0X1F",
  "0B1",
  "1e-7",
  "017",
  "190:20:30",
  "1_000",
  ".inf",
  "2024-01-01",
  "yes",
  "~",
  "<<",
  "=",
  "\u0000",
  "\u001b",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\ufffe",
  "a\r\nb",
  "a\n\n",
  "\t",
  "😀",
];
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const temporary = (): string => temporaryFolder("crd-codegen-");

function codegen(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@atlas/source", main, ...args],
    {
      encoding: "utf8",
      ...(input !== undefined && { input }),
    },
  );
  return { status, stdout, stderr };
}

/** As JSON, without the characters that YAML does not print. */
const quoted = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

test.each<[content: string, want: unknown]>([
  [
    "a: [yes, off, 0644, 0X1F, 2024-01-01, 9007199254740993]",
    [[true, false, 420, 31, "2024-01-01", 9007199254740993n]],
  ],
  ["---\n---\na: 1\n---\n# nothing\n", [1]],
  ["\ufeffa: 1\r\n---\r\n", [1]],
  ["%YAML 1.1\n---\na: 1\n", "1: kubectl takes no directives"],
  ["a: 1\n...\na: 2\n", "3: kubectl drops what follows on ... without a word"],
  ["a: 1\n# \u2028\n", "2: U+2028 ends a line to kubectl, and to no other reader"],
])("a source is read as kubectl reads it: %j", (content, want) => {
  const { sources, problems } = readDocuments(text(content, "a.yaml"));
  if (typeof want === "string") expect(problems.map(({ line, what }) => `${line}: ${what}`)).toEqual([want]);
  else expect([sources.map(({ value }) => (value as { a: unknown }).a), problems]).toEqual([want, []]);
});

describe("import", () => {
  test("loses nothing, and the prose where that is asked for", () => {
    const crds = readCrds([text(shopCrd)], undefined);
    const folded = fold(crds, readKubernetesNames());
    expect(Object.keys(folded.definitions)).toEqual(["SecretKeySelector"]);
    expect(canonical(folded.crds.map((crd) => expand(crd, folded.definitions)))).toBe(canonical(crds));
    const textOf = (descriptions: "upstream" | "none") =>
      importCrds([text(shopCrd)], nothing, { descriptions })
        .map(({ content }) => content)
        .join("");
    expect(textOf("upstream")).toContain("Prose of theirs");
    expect(textOf("none")).not.toContain("Prose of theirs");
  });

  test("names an embedded definition once, as Kubernetes does", () => {
    const [crd] = imported(shopCrd);
    expect(crd?.text.match(/kubernetes\.yaml#\/\$defs\/SecretKeySelector/g)).toHaveLength(2);
  });

  test("keeps descriptions that are written in the sources", () => {
    const first = imported(shopCrd);
    const described = first.map(({ file, text: content }) =>
      text(content.replace("limit: { ", "limit: { description: Ours., "), file),
    );
    expect(described).not.toEqual(first);
    expect(toTexts(importCrds([text(shopCrd)], readModel(described)))).toEqual(described);
  });

  test.each(["kubernetes", "my-kubernetes"])("tells a CRD named %s from the shared definitions", (plural) => {
    const { crds, definitions } = readModel(imported(shopCrd.replaceAll("shops", plural)));
    expect(crds.map(({ spec }) => spec.names.plural)).toEqual([plural]);
    expect(Object.keys(definitions)).toEqual(["SecretKeySelector"]);
  });

  test("takes a condition on a field of a Kubernetes definition", () => {
    const condition =
      "required: [spec]\n          not: { properties: { spec: { properties: { secretKeyRef: { properties: { key: { enum: [a] } } } } } } }";
    const [crd] = readModel(imported(shopCrd.replace("required: [spec]", condition))).crds;
    expect(crd?.spec.versions[0]?.schema?.openAPIV3Schema?.not).toBeDefined();
  });

  test("takes << in quotes for a field like any other", async () => {
    const given = imported(shopCrd.replace("class:", '"<<":'));
    const files = await generate(given);
    const manifest = files.find(({ path }) => path.startsWith("manifests/"))?.content ?? "";
    const written = [...given.map((file) => file.text), manifest].join("");
    expect(written.match(/"<<": *(?:\{|\n)/g)).toHaveLength(2);
  });

  test("keeps CRDs that are not given again", () => {
    const both = importCrds([text(otherCrd)], readModel(imported(shopCrd)));
    expect(both.map(({ path }) => path)).toEqual([
      "shops.example.com.yaml",
      "shops.example.org.yaml",
      "kubernetes.yaml",
    ]);
  });

  test("reads a file, stdin and a URL", async () => {
    const folder = temporary();
    writeFileSync(join(folder, "crd.yaml"), shopCrd);
    const want = importCrds([text(shopCrd)], nothing);
    const read = (target: string) =>
      want.map(({ path }) => ({ path, content: readFileSync(join(target, "crds", path), "utf8") }));
    const big = `${shopCrd}${"# padding\n".repeat(50_000)}`;
    for (const [args, input] of [[[join(folder, "crd.yaml")]], [["-"], big], [[], shopCrd]] as [
      string[],
      string?,
    ][]) {
      const target = join(temporary(), "package");
      expect(codegen(["import", ...args, "--package", target], input)).toMatchObject({
        status: 0,
        stdout: "",
      });
      expect(read(target)).toEqual(want);
    }
    const server = createServer((request, response) => {
      response.statusCode = request.url === "/crd.yaml" ? 200 : 404;
      response.end(shopCrd);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const target = join(temporary(), "package");
    const { spawn } = await import("node:child_process");
    const exits = (file: string) =>
      new Promise((resolve) =>
        spawn(
          process.execPath,
          ["--conditions=@atlas/source", main, "import", `${url}/${file}`, "--package", target],
          {
            stdio: "ignore",
          },
        ).on("exit", resolve),
      );
    expect(await exits("crd.yaml")).toBe(0);
    expect(read(target)).toEqual(want);
    expect(await exits("gone.yaml")).toBe(2);
    server.close();
  });
});

describe("a broken CRD", () => {
  const table: [string, { given: string; says: string[] }][] = [
    ["not YAML", { given: "a: [", says: ["crd.yaml:", "not valid YAML"] }],
    [
      "v1beta1",
      {
        given: shopCrd.replace("k8s.io/v1", "k8s.io/v1beta1"),
        says: ["crd.yaml:1: apiVersion", "v1beta1 left Kubernetes"],
      },
    ],
    ["no CRD", { given: "kind: Secret\n", says: ["holds no CustomResourceDefinition"] }],
    [
      "another kind of its group, beside one that is none",
      {
        given: `${shopCrd}\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefiniton\n`,
        says: ['kind: is "CustomResourceDefiniton", "CustomResourceDefinition" was expected'],
      },
    ],
    [
      "another name",
      {
        given: shopCrd.replace("name: shops.example.com", "name: shop"),
        says: ['"shops.example.com" was expected'],
      },
    ],
    [
      "half of a character",
      { given: shopCrd.replace("class:", '"\\ud800":'), says: ['"\\ud800" has half of a character'] },
    ],
    [
      "a number that is none of JSON's",
      {
        given: shopCrd.replace("maximum: 9223372036854775807", "maximum: .inf"),
        says: ["crd.yaml:24:56: cannot be read: Infinity is not a number of JSON's"],
      },
    ],
    [
      "a default of int64",
      {
        given: shopCrd.replace("maximum: 9223372036854775807", "default: 9223372036854775807"),
        says: ["crd.yaml:24", "limit.default: holds 9223372036854775807, and no number of JavaScript's is"],
      },
    ],
    [
      "a default that holds an int64",
      {
        given: shopCrd.replace("extra: { ", "extra: { default: { a: [-9007199254740993] }, "),
        says: ["extra.default: holds -9007199254740993"],
      },
    ],
    [
      "an enum of int64",
      {
        given: shopCrd.replace("maximum: 9223372036854775807", "enum: [1, 9007199254740993]"),
        says: ["limit.enum: holds 9007199254740993"],
      },
    ],
    [
      "fifty thousand nested lists",
      {
        given: `${shopCrd}deep: ${"[".repeat(50_000)}${"]".repeat(50_000)}\n`,
        says: ["nests more than 500 levels"],
      },
    ],
    [
      "fifty thousand nested objects",
      {
        given: `${shopCrd}deep: ${"{a: ".repeat(50_000)}${"}".repeat(50_000)}\n`,
        says: ["nests more than 500 levels"],
      },
    ],
    [
      "a list that holds itself",
      { given: `${shopCrd}deep: &deep [*deep]\n`, says: ["crd.yaml:1:1: cannot be read", "holds itself"] },
    ],
    [
      "a kind that is not a name of a type",
      {
        given: shopCrd.replace("kind: Shop", "kind: Sh-op"),
        says: ["spec.names.kind: is not a name of a type"],
      },
    ],
    [
      "short names that are no text",
      {
        given: shopCrd.replace("plural: shops", "plural: shops, shortNames: [{}], categories: all"),
        says: ["spec.names.shortNames: must be a list", "spec.names.categories: must be a list"],
      },
    ],
    [
      "an unknown type",
      {
        given: shopCrd.replace("ready: { type: boolean }", "ready: { type: bool }"),
        says: ["properties.ready.type", '"bool" is not a type of a schema'],
      },
    ],
    [
      "a type left out",
      {
        given: shopCrd.replace("ready: { type: boolean }", "ready: {}"),
        says: ["properties.ready.type", "the schema has no type"],
      },
    ],
    [
      "a rule that does not parse",
      {
        given: shopCrd.replace(
          "ready: { type: boolean }",
          "ready: { type: boolean, x-kubernetes-validations: [{ rule: self == }, { message: no rule }] }",
        ),
        says: [
          "properties.ready.x-kubernetes-validations[0].rule: is not an expression of CEL",
          "properties.ready.x-kubernetes-validations[1].rule: ",
        ],
      },
    ],
    [
      "a reference",
      {
        given: shopCrd.replace("ready: { type: boolean }", "ready: { $ref: a }"),
        says: ["$ref is not supported"],
      },
    ],
  ];
  test.each(table)(
    "%s: file, line and path, nothing written, nothing on stdout",
    (_name, { given, says }) => {
      const folder = temporary();
      writeFileSync(join(folder, "crd.yaml"), given);
      const { status, stdout, stderr } = codegen([
        "import",
        join(folder, "crd.yaml"),
        "--package",
        join(folder, "package"),
      ]);
      expect([status, stdout], stderr).toEqual([2, ""]);
      for (const part of says) expect(stderr).toContain(part);
      expect(existsSync(join(folder, "package"))).toBe(false);
    },
  );

  test("has every problem said, of every file", () => {
    const given = [shopCrd.replace("type: boolean", "type: bool"), "a: ["].map((content, index) =>
      text(content, `${index}.yaml`),
    );
    expect(() => readCrds(given, undefined)).toThrow(InputError);
    const folder = temporary();
    const { status, stderr } = codegen(["import", join(folder, "a.yaml"), folder]);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });

  test("in the sources leaves what was generated as it is", () => {
    const target = temporary();
    codegen(["import", "-", "--package", target], shopCrd);
    codegen(["generate", "--package", target]);
    const before = readdirSync(target, { recursive: true });
    writeFileSync(
      join(target, "crds/shops.yaml"),
      readFileSync(join(target, "crds/shops.yaml"), "utf8").replace("type: boolean", "type: bool"),
    );
    expect(codegen(["generate", "--package", target])).toMatchObject({ status: 2, stdout: "" });
    expect(readdirSync(target, { recursive: true })).toEqual(before);
  });
});

describe("generate", () => {
  test("gives the same files for the same sources, in whatever order they are read", async () => {
    const sources = imported(shopCrd, otherCrd);
    expect(await generate(sources)).toEqual(await generate(sources.toReversed()));
  });

  test("keeps every text in the CRD and in its source, whichever version of YAML reads them", async () => {
    const texts = [
      ...awkward,
      ...fc.sample(fc.string({ unit: "grapheme" }), { numRuns: 500, seed: 1 }),
    ].filter((item) => item.isWellFormed());
    const unique = [...new Set(texts)];
    const given = shopCrd
      .replace("class: { type: string,", () => `class: { type: string, enum: ${quoted(unique)},`)
      .replace("labels: { ", () => `labels: { default: ${quoted(Object.fromEntries(unique.entries()))}, `);
    const sources = imported(given);
    const manifest = (await generate(sources)).find(({ path }) => path.startsWith("manifests/"));
    for (const content of [sources[0]?.text ?? "", manifest?.content ?? ""])
      for (const version of ["1.1", "1.2"] as const) {
        const { properties } = parse(content, { version }).spec.versions[0].schema.openAPIV3Schema.properties
          .spec;
        expect(properties.class.enum).toEqual(unique);
        expect(properties.labels.default).toEqual(Object.fromEntries(unique.entries()));
      }
  });

  test("keeps the digits of an int64", async () => {
    const files = await generate(imported(shopCrd));
    for (const folder of ["manifests/", "schemas/"])
      expect(files.find(({ path }) => path.startsWith(folder))?.content).toContain("9223372036854775807");
  });

  test("takes every name for a field's", async () => {
    const names = [
      ...Object.getOwnPropertyNames(Object.prototype),
      "hasOwnProperty_",
      "$ref",
      "$id",
      "tsType",
    ];
    const fields = names
      .map((name) => `${JSON.stringify(name)}: { type: string }\n${" ".repeat(16)}`)
      .join("");
    const files = await generate(imported(shopCrd.replace("class:", `${fields}class:`)));
    const types = files.find(({ path }) => path.endsWith("/shop-v1.ts"))?.content;
    for (const name of names) expect(types).toContain(`  ${name}?: string;\n`);
  });

  test("states types, defaults and nullable fields", async () => {
    const files = await generate(imported(shopCrd));
    const types = files.find(({ path }) => path.endsWith("shop-v1.ts"))?.content ?? "";
    for (const line of [
      'size?: "small" | "big";',
      '@default "small"',
      "port?: number | string;",
      "class?: string | null;",
      "passwordFrom?: ShopSpecPasswordFrom;",
      '"foo-bar"?: ShopSpecFooBar;',
      '"foo.bar"?: ShopSpecFooBarNested;',
      "  spec: ShopSpec;",
      "status?: ShopStatus;",
    ]) {
      expect(types).toContain(line);
    }
    expect(types).not.toMatch(/\bany\b/);
    const schema = files.find(({ path }) => path === "schemas/shop-v1.json")?.content ?? "";
    expect(schema).toContain("9223372036854775807");
  });

  test.each([
    ["shops.example.com", shopCrd],
    ["gadgets.features.example.com", gadgetCrd],
  ])("gives full CRDs that are equal to what was imported: %s", async (name, given) => {
    const files = await generate(imported(given));
    const full = parse(files.find(({ path }) => path === `manifests/${name}.yaml`)?.content ?? "", {
      intAsBigInt: true,
    });
    const [plain] = readCrds([text(given)], undefined);
    expect(canonical(full)).toBe(canonical(plain));
  });
});

const withRule = (rule: string): string =>
  shopCrd.replace(
    "ready: { type: boolean }",
    `ready: { type: string, x-kubernetes-validations: [{ rule: ${JSON.stringify(rule)} }] }`,
  );
const withPattern = (pattern: string): string =>
  shopCrd.replace("class: { type: string,", `class: { type: string, pattern: ${JSON.stringify(pattern)},`);

describe("a library", () => {
  test.each<[string, { given: string; needs: string[] }]>([
    ["for what JavaScript can say", { given: withPattern("^[a-z]+$"), needs: [] }],
    ["for a pattern that hangs", { given: withPattern("^(a+)+$"), needs: ["re2js"] }],
    ["for a pattern of another syntax", { given: withPattern("(?i)^a$"), needs: ["re2js"] }],
    ["for a rule", { given: withRule("self != ''"), needs: ["@marcbachmann/cel-js"] }],
    [
      "for a rule with a pattern",
      { given: withRule("self.matches('a')"), needs: ["@marcbachmann/cel-js", "re2js"] },
    ],
  ])("is needed %s: %o", async (_name, { given, needs }) => {
    const folder = temporary();
    codegen(["import", "--package", folder], given);
    writeFileSync(join(folder, "package.json"), "{}");
    const { status, stdout } = codegen(["generate", "--package", folder]);
    expect(status).toBe(needs.length > 0 ? 1 : 0);
    const missing = [...stdout.matchAll(/: (\S+) is missing from the dependencies/g)].map(([, name]) => name);
    expect(missing).toEqual(needs);
  });
});

test("check says what is stale and how to fix it", () => {
  const target = temporary();
  codegen(["import", "-", "--package", target], shopCrd);
  codegen(["generate", "--package", target]);
  expect(codegen(["check", "--package", target])).toEqual({ status: 0, stdout: "", stderr: "" });
  const source = join(target, "crds/shops.yaml");
  writeFileSync(source, readFileSync(source, "utf8").replace("type: boolean", "type: string"));
  const { status, stdout, stderr } = codegen(["check", "--package", target]);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(`stale: ${join(target, "src/generated/shop-v1.ts")}`);
  expect(stderr).toContain(`crd-codegen generate --package ${target}`);
  writeFileSync(
    join(target, "package.json"),
    JSON.stringify({ name: "x", nx: { name: "shop", targets: { generate: {} } } }),
  );
  expect(codegen(["check", "--package", target]).stderr).toContain("pnpm exec nx run shop:generate");
});

test.each([
  [[], "no SOURCE was named"],
  [["genrate"], 'there is no command "genrate"; did you mean "generate"?'],
  [["check", "x", "y"], "check takes one folder, not also y"],
  [["--outt"], "--outt"],
])("%j is wrong usage", (args, says) => {
  const { status, stdout, stderr } = codegen(args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(says);
});
