import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { startServer, type TestServer } from "@atlas/download/test-server";
import { temporaryFolder } from "@atlas/testing";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { shopCrd } from "./fixtures.ts";
import { gadgetCrd } from "./gadget-crd.ts";

const command = join(import.meta.dirname, "../src/main.ts");
let folder = "";
let server: TestServer | undefined;
beforeEach(() => {
  folder = temporaryFolder();
  write({ "crds.yaml": shopCrd });
});
afterEach(() => server?.close());

const path = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(path(name), "utf8");

const treeOf = (place: string): Record<string, string> =>
  statSync(place).isFile()
    ? { "": readFileSync(place, "utf8") }
    : Object.fromEntries(
        readdirSync(place, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [file, readFileSync(file, "utf8")]),
      );

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  }
}

function run(args: readonly string[], input = "", programs?: string) {
  const env = { ...process.env, ...(programs && { PATH: `${programs}${delimiter}${process.env["PATH"]}` }) };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@atlas/source", command, ...args],
    { cwd: folder, encoding: "utf8", input, env },
  );
  return { status, stdout, stderr };
}

function made(...args: string[]): void {
  const { status, stderr } = run([...args, "--output", "shop"]);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/wrote \d+ files and removed 0 in shop\n$/)]);
}

describe("a package that is made", () => {
  test("has an entry for each kind, whose validator runs, and whose types refuse what is wrong", () => {
    made("crds.yaml");
    const { exports } = JSON.parse(text("shop/package.json"));
    expect(Object.keys(exports)).toEqual([
      ".",
      "./example.com/shop-v1",
      "./crds",
      "./manifests/*",
      "./schemas/*",
      "./package.json",
    ]);
    write({
      "use.mjs": `import { validator } from "./shop/dist/example.com/shop-v1.js";
import { validators } from "./shop/dist/index.js";
const object = { apiVersion: "example.com/v1", kind: "Shop", metadata: { name: "a" }, spec: {} };
console.log([validator.validate(object).length, validator.complete(object).spec.size].join(" "));
const [issue] = validator.validate({ ...object, spec: { size: 1 } });
console.log([validators["example.com/v1/Shop"] === validator, issue.path].join(" "));
`,
    });
    const said = execFileSync(process.execPath, ["use.mjs"], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("0 small\ntrue spec.size\n");
  });

  test.each(["typescript-5", "typescript-6"])(
    "compiles with %s, strictly, library declarations and all",
    (name) => {
      made("crds.yaml");
      write({
        "use.ts": `import { validator, type Shop, type ShopObserved } from "./shop/dist/example.com/shop-v1.js";
import { validators } from "./shop/dist/index.js";
const shop: Shop = { apiVersion: "example.com/v1", kind: "Shop", metadata: { name: "a" }, spec: {} };
export const size: "small" | "big" = validator.complete(shop).spec.size;
export const same: ShopObserved["spec"]["size"] = validators["example.com/v1/Shop"].complete(shop).spec.size;
// @ts-expect-error There is no such size.
export const wrong: Shop = { ...shop, spec: { size: "medium" } };
`,
      });
      const compiler = createRequire(import.meta.url).resolve(`${name}/lib/tsc.js`);
      const compilerOptions = { strict: true, noEmit: true, module: "nodenext", target: "es2023", types: [] };
      write({ "tsconfig.json": JSON.stringify({ compilerOptions, files: ["use.ts"] }) });
      const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", "."], {
        cwd: folder,
        encoding: "utf8",
      });
      expect([stdout, status]).toEqual(["", 0]);
    },
  );

  test("is as it was after an update that finds nothing new, and check says so", () => {
    made("crds.yaml");
    const before = text("shop/.crd-codegen.json");
    expect(run(["check", "shop"])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(run(["update", "shop"]).stdout).toBe("The API is the same.\n");
    expect(text("shop/.crd-codegen.json")).toBe(before);
  });

  test("is stale after a change of its source, until it is updated, which proposes a version", () => {
    made("crds.yaml");
    write({ "crds.yaml": shopCrd.replace("labels:", "tags:") });
    const stale = run(["check", "shop"]);
    expect(stale.status).toBe(1);
    expect(stale.stdout).toContain("stale: ../crds.yaml is not what shop/crd-codegen.yaml has the hash of\n");
    expect(stale.stdout).toContain("stale: shop/dist/example.com/shop-v1.js\n");
    const { status, stdout } = run(["update"], "");
    expect([status, stdout]).toEqual([2, ""]);
    expect(run(["update", "shop"]).stdout).toBe(`major (1):
  Shop example.com/v1 spec.labels: removed
minor (1):
  Shop example.com/v1 spec.tags: added: { [name]: string }
Together: a major change.
The version is 0.1.0; the next is 0.2.0: npm version 0.2.0 --no-git-tag-version
`);
    expect(run(["check", "shop"]).status).toBe(0);
  });

  test("keeps what its user writes in package.json, README.md and the config", () => {
    made("crds.yaml");
    const manifest = {
      ...JSON.parse(text("shop/package.json")),
      name: "@me/shop",
      version: "3.1.4",
      author: "me",
    };
    write({
      "shop/package.json": JSON.stringify(manifest),
      "shop/README.md": "Mine.\n",
      "shop/crd-codegen.yaml": text("shop/crd-codegen.yaml").replace("sources:", "# mine\nsources:"),
      "crds.yaml": shopCrd.replace("labels:", "tags:"),
    });
    expect(run(["update", "shop"]).stderr).toContain(
      "left as it is, for it was changed since: shop/README.md\n",
    );
    expect(JSON.parse(text("shop/package.json"))).toMatchObject({
      name: "@me/shop",
      version: "3.1.4",
      author: "me",
    });
    expect(text("shop/README.md")).toBe("Mine.\n");
    expect(text("shop/crd-codegen.yaml")).toContain("# mine\nsources:");
    run(["crds.yaml", "--output", "shop", "--name", "@me/shops"]);
    expect(JSON.parse(text("shop/package.json"))).toMatchObject({ name: "@me/shops", version: "3.1.4" });
  });

  test.each<[name: string, files: Record<string, string>, said: string]>([
    ["a package.json", { "shop/package.json": "{}" }, "shop/package.json: is there, and was not generated"],
    ["a module", { "shop/dist/index.js": "mine" }, "shop/dist/index.js: is there, and was not generated"],
  ])("is not made over %s of somebody else's", (_name, files, said) => {
    write(files);
    const { status, stderr } = run(["crds.yaml", "--output", "shop"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(existsSync(path("shop/crds"))).toBe(false);
    for (const [name, content] of Object.entries(files)) expect(text(name)).toBe(content);
  });

  test.each(["crds", "dist", ".crd-codegen.json", "LICENSE.md"])(
    "is neither made nor updated through a symbolic link in the place of %s",
    (name) => {
      made("crds.yaml");
      const elsewhere = path("elsewhere");
      renameSync(path(`shop/${name}`), elsewhere);
      write({ "crds.yaml": shopCrd.replace("labels:", "tags:") });
      const before = treeOf(elsewhere);
      symlinkSync(elsewhere, path(`shop/${name}`));
      // A file that stays as it is need not be written.
      expect(run(["update", "shop"]).status).toBe(name === "LICENSE.md" ? 0 : 2);
      expect(treeOf(elsewhere)).toEqual(before);
      rmSync(path(`shop/${name}`));
      // Where it leads to nothing, what is written would be new there.
      symlinkSync(path("nowhere"), path(`shop/${name}`));
      const { status, stderr } = run(["crds.yaml", "--output", "shop"]);
      expect([status, stderr]).toEqual([2, expect.not.stringContaining("a fault of")]);
      expect(existsSync(path("nowhere"))).toBe(false);
    },
  );

  test("loses a symbolic link where a generated file is not needed any more, and not what it leads to", () => {
    made("crds.yaml");
    write({ elsewhere: text("shop/schemas/shop-v1.json") });
    rmSync(path("shop/schemas/shop-v1.json"));
    symlinkSync("../../elsewhere", path("shop/schemas/shop-v1.json"));
    write({ "crds.yaml": shopCrd.replaceAll(/\bShop\b/g, "Store") });
    expect(run(["update", "shop"]).status).toBe(0);
    expect(existsSync(path("shop/schemas/shop-v1.json"))).toBe(false);
    expect(existsSync(path("elsewhere"))).toBe(true);
  });

  test("loses what it no longer has, but for what somebody has changed", () => {
    write({ "more.yaml": shopCrd.replaceAll("Shop", "Mall").replaceAll("shops", "malls") });
    made("crds.yaml", "more.yaml");
    write({ "shop/schemas/mall-v1.json": "mine" });
    const { stderr } = run(["crds.yaml", "--output", "shop"]);
    expect(stderr).toContain("left as it is, for it was changed since: shop/schemas/mall-v1.json\n");
    expect(existsSync(path("shop/dist/example.com/mall-v1.js"))).toBe(false);
    expect(text("shop/schemas/mall-v1.json")).toBe("mine");
  });

  test("depends on the libraries that its rules and patterns need, in the versions it was tried with", () => {
    write({
      "crds.yaml": shopCrd
        .replace("class: { type: string,", 'class: { type: string, pattern: "^(a+)+$",')
        .replace(
          "required: [size]",
          'x-kubernetes-validations: [{ rule: "self.size != self.class" }]\n              required: [size]',
        ),
    });
    made("crds.yaml");
    expect(Object.keys(JSON.parse(text("shop/package.json")).dependencies)).toEqual([
      "@marcbachmann/cel-js",
      "re2js",
    ]);
    // No module leads to one that is not there.
    for (const file of globSync("shop/dist/**/*.{js,d.ts}", { cwd: folder }))
      for (const [, to = ""] of text(file).matchAll(/(?:from |import )"(\.[^"]+)"/g))
        expect([file, to, existsSync(join(folder, dirname(file), to))]).toEqual([file, to, true]);
  });

  test.each<[what: string, files: Readonly<Record<string, string>>, said: string]>([
    [
      "whose package.json is broken",
      { "shop/package.json": '{"name": "shop"' },
      "package.json: is not a JSON object",
    ],
    [
      "whose record names files of others",
      { "shop/.crd-codegen.json": '{"files":{"../crds.yaml":"0"}}' },
      ".crd-codegen.json: is not a record of this command",
    ],
    [
      "whose record is broken",
      { "shop/.crd-codegen.json": "<<<<<<<" },
      "json: is not a record of this command",
    ],
    ["in place of a file", { shop: "" }, "shop: is not a folder"],
    ["of broken YAML", { "crds.yaml": "a: [1\n" }, "crds.yaml:2:1: not valid YAML"],
    ["of a broken config", { "shop/crd-codegen.yaml": "a: [1\n" }, "crd-codegen.yaml:2:1: not valid YAML"],
  ])("%s is refused", (_what, files, said) => {
    write(files);
    const { status, stdout, stderr } = run(["crds.yaml", "--output", "shop"]);
    expect([status, stdout, stderr.trim().split("\n")]).toEqual([2, "", [expect.stringContaining(said)]]);
  });

  test("has validators that leave a rule to the API server, which is named", () => {
    const rule = "self.fromANewerServer()";
    write({
      "crds.yaml": shopCrd.replace("limit: { ", `limit: { x-kubernetes-validations: [{ rule: ${rule} }], `),
    });
    expect(run(["crds.yaml", "--output", "shop"]).stderr).toContain(
      `warning: dist/index.js: leaves to the API server a rule that is not understood here: of Shop, ${rule}.`,
    );
  });

  test("in the folder of its sources is none of them", () => {
    expect(run([".", "--output", "shop"]).status).toBe(0);
    expect(run([".", "--output", "shop"]).stderr).toMatch(/wrote 0 files and removed 0 in shop\n$/);
    expect(run(["check", "shop"]).status).toBe(0);
  });

  test("of a broken CRD is none, and each problem has its place", () => {
    write({ "crds.yaml": shopCrd.replace("type: integer, format", "type: intger, format") });
    const { status, stderr } = run(["crds.yaml", "--output", "shop"]);
    expect([status, existsSync(path("shop"))]).toEqual([2, false]);
    expect(stderr).toContain("crds.yaml:24: ");
  });
});

/** A repository's archive, as GitHub hands it out. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`repo-1.0/${name}`, content])));
  create({ file: path("repo.tgz"), gzip: true, sync: true, cwd: folder }, ["repo-1.0"]);
  return readFileSync(path("repo.tgz"));
}

async function readAll(source: string, github?: string): Promise<string[]> {
  const { readInputs } = await import("../src/sources/sources.ts");
  return (await readInputs([source], github === undefined ? {} : { github })).map(({ file }) => file);
}

/** A program that prints what it was asked, and a file. */
function program(name: string, file: string): string {
  write({ [`bin/${name}`]: `#!/bin/sh\necho "$@" > "${path("asked")}"\ncat "${path(file)}"\n` });
  execFileSync("chmod", ["+x", path(`bin/${name}`)]);
  return path("bin");
}

test.each([
  "ftp://me:secret@127.0.0.1/a.yaml?token=secret",
  "s3://key:secret@bucket/a.yaml?sig=secret",
  "git+ssh://me:secret@example.com/a.git",
  "https:/me:secret@127.0.0.1/a.yaml",
  "https:me:secret@127.0.0.1/a.yaml",
  "//me:secret@127.0.0.1/a.yaml",
  "me:secret@example.com:a.yaml",
  "oci://me:secret@127.0.0.1/a",
  "github:me:secret@owner/repository@v1",
  "data:text/plain;token=secret,a",
  "http://me:secret@127.0.0.1:99999/a.yaml",
  "http://me:secret@[::1/a.yaml",
])("what may be secret of %j is not shown, whatever kind of address it is", (source) => {
  const { status, stdout, stderr } = run([source, "--output", "shop"]);
  expect([status, stdout, existsSync(path("shop"))]).toEqual([2, "", false]);
  expect(stderr).toContain("cannot be read");
  expect(stderr).not.toContain("secret@");
  expect(stderr.replaceAll("may be secret", "")).not.toContain("secret");
});

test.each([["check"], ["update"], ["generate"]])(
  "%s of a folder without a package names how one is made",
  (name) => {
    write({ "empty/a.txt": "" });
    for (const of of ["empty", "nowhere"]) {
      const { status, stderr } = run([name, of]);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        new RegExp(
          `^${of}/\\S+: is not there\\. .*crd-codegen SOURCE… --output .*\\[package-missing\\]$`,
          "m",
        ),
      );
    }
  },
);

test("a working directory that is gone is the user's to fix", () => {
  const entry = join(import.meta.dirname, "../src/start.js");
  const script = `mkdir gone && cd gone && rmdir ../gone && exec "$1" --conditions=@atlas/source "$2" a.yaml --output p`;
  const given = { cwd: folder, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync("sh", ["-c", script, "sh", process.execPath, entry], given);
  expect([status, stderr]).toEqual([
    2,
    "crd-codegen: the current folder is not there any more. Change into one: cd\n",
  ]);
});

describe("a source", () => {
  test.each<[name: string, source: string, files: Record<string, string>]>([
    ["a folder", "all", { "all/a.yaml": shopCrd, "all/values.yaml": "{{ broken" }],
    ["a pattern", "all/*.crd.yaml", { "all/a.crd.yaml": shopCrd, "all/b.yaml": "{{ broken" }],
    [
      "a chart",
      "chart",
      { "chart/Chart.yaml": "name: c", "chart/crds/a.yaml": shopCrd, "chart/templates/a.yaml": "{{ x }}" },
    ],
    [
      "a package",
      "old",
      {
        "old/crd-codegen.yaml": "",
        "old/crds/a.yaml": "kind: CustomResourceDefinition",
        "old/manifests/a.yaml": shopCrd,
      },
    ],
  ])("can be %s", (_name, source, files) => {
    write(files);
    made(source);
    expect(existsSync(path("shop/dist/example.com/shop-v1.js"))).toBe(true);
  });

  test("can be an archive, and so can a URL of one", async () => {
    const bytes = archive({ "deploy/a.yaml": shopCrd, "templates/b.yaml": "kind: Pod" });
    made("repo.tgz");
    rmSync(path("shop"), { recursive: true });
    server = await startServer((_request, response) => response.end(bytes));
    expect(await readAll(`${server.url}/crds.tgz?token=secret`)).toEqual([
      `${server.url}/crds.tgz?…/repo-1.0/deploy/a.yaml`,
    ]);
  });

  test("can be in a repository on GitHub, at a tag, below a path", async () => {
    const bytes = archive({ "deploy/a.yaml": shopCrd, "test/b.yaml": shopCrd });
    server = await startServer((request, response) => {
      response.statusCode = request.url === "/me/repo/archive/v1.0.tar.gz" ? 200 : 404;
      response.end(response.statusCode === 200 ? bytes : "");
    });
    const { url } = server;
    expect(await readAll("github:me/repo@v1.0:deploy", url)).toEqual(["github:me/repo@v1.0/deploy/a.yaml"]);
    expect(await readAll("github:me/repo@v1.0:deploy/a.yaml", url)).toHaveLength(1);
    expect(await readAll("github:me/repo@v1.0", url)).toHaveLength(2);
    await expect(readAll("github:me/repo@v1.0:nothing", url)).rejects.toThrow(
      "it has no YAML file at or below nothing",
    );
    await expect(readAll("github:me/repo@v2.0", url)).rejects.toThrow("the server answered 404");
    await expect(readAll("github:me", url)).rejects.toThrow("github:OWNER/REPOSITORY@TAG[:PATH]");
  });

  test("can be stdin", () => {
    expect(run(["-", "--output", "shop"], shopCrd).status).toBe(0);
    expect(text("shop/crd-codegen.yaml")).toContain('from: "-"');
  });

  test("can be a cluster, by a context", () => {
    const bin = program("kubectl", "crds.yaml");
    expect(run(["--cluster", "--context", "kind", "--output", "shop"], "", bin).status).toBe(0);
    expect(text("asked")).toBe("--context=kind get customresourcedefinitions --output=json\n");
    expect(text("shop/crd-codegen.yaml")).toContain("from: cluster:kind");
  });

  test("can be a chart with CRDs among its templates, which helm renders", () => {
    write({
      "chart/Chart.yaml": "name: c",
      "chart/templates/a.yaml": "{{ x }}kind: CustomResourceDefinition",
    });
    const bin = program("helm", "crds.yaml");
    expect(run(["chart", "--output", "shop"], "", bin).status).toBe(0);
    expect(text("asked")).toMatch(/^template crd-codegen .*chart\n$/);
  });

  test.each<[args: string[], said: string]>([
    [["nothing.yaml"], "nothing.yaml: cannot be read"],
    [["no*.yaml"], "no*.yaml: cannot be read: no file has such a name"],
    [["http://127.0.0.1:9/a?token=secret"], "http://127.0.0.1:9/a?…: cannot be read"],
    [["github:owner/repository@../../other"], "its tag ../../other is not one that Git has"],
  ])("%j that cannot be read is refused", (args, said) => {
    const { status, stderr } = run([...args, "--output", "shop"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(stderr).not.toContain("secret");
  });
});

describe("sources that have more than CRDs, or have one twice", () => {
  test.each([
    ["a kustomization", "resources: [crds.yaml]\n"],
    ["a chart's values", "replicas: 1\n"],
    ["a list", "- 1\n"],
    ["a text", "hello\n"],
  ])("are taken beside %s", (_name, other) => {
    write({ "other.yaml": other });
    const { status, stderr } = run(["crds.yaml", "other.yaml", "--output", "shop"]);
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining("passed over other.yaml: it holds no CustomResourceDefinition\n"),
    ]);
  });

  test("are taken where a CRD lies beside a bundle of it, in lists of lists or not", () => {
    const inside = shopCrd.trimEnd().replaceAll(/^/gm, "      ").replace(/^ {6}/, "    - ");
    write({
      "bundle.yaml": `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n${inside}\n`,
    });
    expect(run(["crds.yaml", "bundle.yaml", "--output", "shop"]).status).toBe(0);
  });

  test("are refused where two files say different things of a CRD", () => {
    write({ "other.yaml": shopCrd.replace("Namespaced", "Cluster") });
    const { status, stderr } = run(["crds.yaml", "other.yaml", "--output", "shop"]);
    expect([status, stderr]).toEqual([
      2,
      "shops.example.com: was given in crds.yaml and in other.yaml, and they differ. Name the one that is meant [crd-conflict]\n",
    ]);
  });
});

describe("a package that is made of stdin", () => {
  test("is checked and updated with the same input, and says so", () => {
    const { status, stderr } = run(["-", "--output", "shop"], shopCrd);
    expect(status).toBe(0);
    expect(stderr).toContain(
      `${join("shop", "crd-codegen.yaml")} names stdin: check and update take that source from stdin as well\n`,
    );
    expect(run(["check", "shop"], shopCrd)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(run(["update", "shop"], shopCrd)).toMatchObject({ status: 0, stdout: "The API is the same.\n" });
    expect(run(["check", "shop"], shopCrd.replace("size", "room")).status).toBe(1);
  });

  test.each(["check", "update"])("is not taken for one without CRDs by %s, which has no input", (name) => {
    run(["-", "--output", "shop"], shopCrd);
    const before = treeOf(path("shop"));
    const { status, stderr } = run([name, "shop"]);
    expect([status, stderr]).toEqual([
      2,
      `${join("shop", "crd-codegen.yaml")}: sources[0]: is stdin, and nothing comes from there. Pipe in what the package is made of, or make it of files: crd-codegen FILE… --output shop [source-unreadable]\n`,
    ]);
    expect(treeOf(path("shop"))).toEqual(before);
  });
});

describe("validate", () => {
  const object = "apiVersion: example.com/v1\nkind: Shop\nmetadata: { name: a }\n";

  test("names the place of each finding, of documents and items of lists", () => {
    write({
      "a.yaml": `${object}spec:\n  size: medium\n  prot: 3\n---\napiVersion: v1\nkind: List\nitems:\n  - apiVersion: example.com/v1\n    kind: Shpo\n  - kind: Pod\n    apiVersion: v1\n`,
    });
    const { status, stdout, stderr } = run(["validate", "a.yaml", "--crds", "crds.yaml"]);
    expect(status).toBe(1);
    expect(stdout.split("\n").map((line) => line.split(". ")[0])).toEqual([
      "a.yaml:5:3: spec.size: the value is not allowed",
      'a.yaml:6:3: spec.prot: the field "prot" does not exist',
      "a.yaml:12:5: kind: no CRD declares example.com/v1/Shpo",
      "",
    ]);
    expect(stderr).toBe("passed over 1 of 3 objects, whose kinds no CRD declares\n");
  });

  test("looks at each object of lists in lists, and of lists of a kind, whose items do not repeat it", () => {
    write({
      "a.yaml": `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: List
    items:
      - { apiVersion: example.com/v1, kind: Shop, metadata: { name: a }, spec: { prot: 1 } }
  - null
  - { metadata: { name: b } }
---
apiVersion: example.com/v1
kind: ShopList
items:
  - { metadata: { name: c }, spec: { prot: 2 } }
  - { kind: Shpo, apiVersion: example.com/v1, metadata: { name: d } }
`,
    });
    const { status, stdout, stderr } = run(["validate", "a.yaml", "--crds", "crds.yaml"]);
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout.split("\n").map((line) => line.split(". ")[0])).toEqual([
      'a.yaml:7:82: spec.prot: the field "prot" does not exist',
      "a.yaml:8:5: is no object of Kubernetes [object-malformed]",
      "a.yaml:9:5: states no apiVersion and kind [object-malformed]",
      'a.yaml:14:38: spec.prot: the field "prot" does not exist',
      "a.yaml:15:7: kind: no CRD declares example.com/v1/Shpo",
      "",
    ]);
  });

  test("takes an object for no list whose kind ends as those of lists do", () => {
    const schema = `type: object, properties: { items: { type: array, items: { type: string, maxLength: 3 } } }`;
    write({
      "lists.yaml": `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: allowlists.example.com }
spec:
  group: example.com
  names: { kind: AllowList, plural: allowlists }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { ${schema} } } }]
`,
      "a.yaml": `- { apiVersion: example.com/v1, kind: AllowList, metadata: { name: a }, items: [abcd] }
- { apiVersion: example.com/v1, kind: AllowListList, items: [{ metadata: { name: b }, items: [efgh] }] }
`.replaceAll("- {", "---\n{"),
    });
    const { status, stdout } = run(["validate", "a.yaml", "--crds", "lists.yaml"]);
    expect(status).toBe(1);
    expect(stdout.split("\n").map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "a.yaml:2:79: items[0]:",
      "a.yaml:4:93: items[0]:",
      "",
    ]);
  });

  test.each([
    [
      "nothing",
      "",
      "stdin: holds no object. A command before a pipe may have failed unseen [nothing-validated]\n",
    ],
    [
      "comments",
      "# none\n---\n",
      "stdin: holds no object. A command before a pipe may have failed unseen [nothing-validated]\n",
    ],
    [
      "kinds of others",
      "kind: Pod\napiVersion: v1\n",
      "stdin: holds 1 objects, and the CRDs declare the kind of none. Name the CRDs of these kinds with --crds [nothing-validated]\n",
    ],
  ])("is not green where nothing is looked at: %s", (_what, given, said) => {
    for (const more of [[], ["--complete"]]) {
      const { status, stdout, stderr } = run(["validate", "-", "--crds", "crds.yaml", ...more], given);
      expect([status, stdout, stderr]).toEqual([2, "", said]);
    }
  });

  test("shows defaults with --complete", () => {
    const { status, stdout } = run(
      ["validate", "-", "--crds", "crds.yaml", "--complete"],
      `${object}spec: {}\n`,
    );
    expect([status, stdout]).toEqual([
      0,
      `---\napiVersion: example.com/v1\nkind: Shop\nmetadata:\n  name: a\nspec:\n  size: small\n`,
    ]);
  });

  test("takes the CRDs of the package in the current folder", () => {
    made("crds.yaml", "--name", "x");
    write({ "shop/a.yaml": `${object}spec: {}\n` });
    const { status } = spawnSync(
      process.execPath,
      ["--conditions=@atlas/source", command, "validate", "a.yaml"],
      {
        cwd: path("shop"),
      },
    );
    expect(status).toBe(0);
  });
});

describe("explain", () => {
  test.each<[args: string[]]>([
    [["shop"]],
    [["shops.example.com", "spec.secretKeyRef"]],
    [["Shop.spec.size"]],
    [["example.com/v1/Shop", "spec.labels"]],
  ])("%j", (args) => {
    const { status, stdout } = run(["explain", ...args, "--crds", "crds.yaml"]);
    expect(status).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  test.each<[field: string, said: readonly string[]]>([
    ["spec.code", ["limits: 2 to 4 characters, matches `^[\\w\\-]+$`"]],
    ["spec.tuning.retries", ["default: 5", "limits: at least 0, at most 10"]],
    ["spec.tuning.factor", ["limits: more than 0"]],
    ["spec.count", ["limits: a multiple of 5, format: int32"]],
    ["spec.tags", ["limits: 1 to 3 elements, no element twice", "each: limits: at most 10 characters"]],
    ["spec.labels", ["limits: at most 2 fields", "each: limits: at least 1 characters"]],
    ["spec.source", ["exactly one of: file, url, inline"]],
    ["spec.target", ["at least one of: a, b"]],
    [
      "spec.ports",
      [
        "limits: at most 5 elements, elements differ in: number, protocol",
        "each: rule: a port is not bad: !has(self.name) || self.name != 'bad'",
      ],
    ],
    ["spec", ["code\t<string>\n    limits: 2 to 4 characters", "exactly one of: file, url, inline\n"]],
  ])("all that the schema says of %s", (field, said) => {
    write({ "gadgets.yaml": gadgetCrd });
    const { status, stdout } = run(["explain", "gadget", field, "--crds", "gadgets.yaml"]);
    expect(status).toBe(0);
    for (const line of said) expect(stdout).toContain(line);
  });

  test.each<[args: string[], said: string]>([
    [["shpo"], 'shpo: is no kind that the CRDs declare. Did you mean "shop"? [kind-unknown]\n'],
    [["shop", "spec.szie"], 'Shop: spec.szie: does not exist. Did you mean "spec.size"? [field-unknown]\n'],
    [
      ["example.com/v2/Shop"],
      "example.com/v2/Shop: is not served in the version v2. It is in: v1 [version-not-served]\n",
    ],
  ])("%j is refused", (args, said) => {
    expect(run(["explain", ...args, "--crds", "crds.yaml"])).toEqual({ status: 2, stdout: "", stderr: said });
  });
});

test.each<[args: string[], said: string]>([
  [["crds.yaml"], "--output is missing"],
  [[], "no SOURCE was named"],
  [["crds.yaml", "--outpt", "x"], "there is no option --outpt; did you mean --output?"],
  [["help", "chek"], 'there is no command "chek"; did you mean "check"?'],
  [["validate"], "validate needs a FILE"],
  [["a.yaml", "--context", "x", "--output", "x"], "--context needs --cluster"],
  [["crds.yaml", "--output", "x", "--name", "My Shop"], '--name "My Shop": expected a name that npm takes'],
])("%j is wrong usage", (args, said) => {
  const { status, stdout, stderr } = run(args);
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(said)]);
});

test.each([[["--help"]], [["help", "validate"]], [["import", "--help"]]])("%j prints help", (args) => {
  const { status, stdout, stderr } = run(args);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchSnapshot();
});
