import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { temporaryFolder } from "@atlas/testing";
import { recordFailure } from "@atlas/testing/recorded";
import { withoutKubectl } from "@atlas/testing/kubectl";
import {
  composed,
  configMap,
  deployment,
  folderOf,
  importFolder,
  importOf,
  importWithoutPrograms,
  shop,
  together,
  type Files,
} from "./kustomize-folders.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}
const keyOf = ({ kind, metadata }: Named): string => `${kind} ${metadata.namespace} ${metadata.name}`;
const objectsOf = (yaml: string): Named[] =>
  parseAllDocuments(yaml, { version: "1.1" })
    .map((document): Named => document.toJS())
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

describe.skipIf(withoutKubectl)("a directory with every feature", () => {
  let run: ReturnType<typeof importOf>;
  beforeAll(() => {
    run = importOf(shop);
  }, 120_000);

  test("comes to the same objects, and says so of each base and overlay", () => {
    expect(run.stdout.trimEnd().split("\n").toSorted()).toEqual([
      "bases/base: same: 11 objects",
      "bases/cache: same: 1 objects",
      "overlays/all: same: 12 objects",
      "overlays/dev: same: 11 objects",
      "overlays/prod: same: 12 objects",
      "overlays/staging: same: 13 objects",
    ]);
    expect(run.status).toBe(0);
  });

  test.each(["all", "dev", "prod", "staging"])("composes %s, wherever its folder lies", (name) => {
    const { stdout, stderr } = composed(join(run.output, "overlays", name, "index.ts"));
    expect(stderr).toBe("");
    const theirs = execFileSync("kubectl", ["kustomize", join(run.source, "overlays", name)], {
      encoding: "utf8",
      stdio: "pipe",
    });
    expect(objectsOf(stdout)).toEqual(objectsOf(theirs));
  });

  test("compiles under strict, and the formatter and the linter are content", () => {
    // Beside the packages that it imports.
    const copy = mkdtempSync(join(root, "packages/import-kustomize/import-"));
    try {
      cpSync(run.output, copy, { recursive: true });
      const tsconfig = { extends: "../../../tsconfig.base.json", include: ["**/*.ts"] };
      writeFileSync(join(copy, "tsconfig.json"), JSON.stringify(tsconfig));
      const bin = (name: string): string => join(root, "node_modules/.bin", name);
      const checks: [string, string[]][] = [
        [bin("tsc"), ["-p", copy]],
        [bin("oxfmt"), ["--check", copy, "!**/*.{yaml,json}"]],
        [bin("oxlint"), ["--type-aware", copy]],
      ];
      for (const [program, args] of checks) {
        const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
        expect(status, `${program}:\n${stdout}${stderr}`).toBe(0);
      }
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  test("reads as a person would write it", () => {
    expect(read(run.output, "overlays/dev/index.ts")).toBe(`import { overlay } from "@atlas/compose";
import base from "../../bases/base/index.ts";
import debug from "../../components/debug/index.ts";
import tls from "../../components/tls/index.ts";
import { deployment } from "./patches/deployment.ts";
import { sharedPatch } from "./patches/shared-patch.ts";
import { statefulSet } from "./patches/stateful-set.ts";
import { two } from "./patches/two.ts";

export default overlay({
  base,
  namespace: "dev",
  components: [debug, tls],
  patches: [deployment, statefulSet, two, ...sharedPatch],
  labels: [{ pairs: { env: "dev" }, templates: "all" }],
  images: [{ name: "nginx", mirror: "registry.example.com/nginx" }],
});
`);
    expect(read(run.output, "overlays/dev/patches/deployment.ts"))
      .toBe(`import { patch } from "@atlas/compose";
import { deployment as target } from "../../../bases/base/deployment.ts";

export const deployment = patch(target, { spec: { minReadySeconds: 5 } });
`);
    expect(read(run.output, "overlays/prod/patches/again.ts")).toContain("{ override: true }");
    const typed = read(run.output, "bases/base/deployment.ts");
    expect(typed).toContain("export const deployment = define<Deployment>()({");
    expect(typed).toContain('resources: { limits: { cpu: 1 as never, memory: "1Gi" } },');
    expect(read(run.output, "bases/base/stateful-set.ts")).toContain(
      "// Without the type of its kind: spec.selector is missing.",
    );
    expect(read(run.output, "bases/base/gadgets.example.com.yaml")).toBe(shop["base/crd.yaml"]);
  });

  test("is imported into the same folder again, until somebody changes that", () => {
    const again = () => importFolder(run.source, run.output);
    expect(again()).toMatchObject({
      status: 0,
      stdout: run.stdout,
      stderr: expect.stringMatching(/^unchanged$/m),
    });
    const file = join(run.output, "overlays/dev/index.ts");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, `${before}// mine\n`);
    expect(again()).toMatchObject({ status: 2, stdout: "" });
    expect(again().stderr).toContain("the sources have been changed since they were imported");
    expect(readFileSync(file, "utf8")).toContain("// mine");
    writeFileSync(file, before);
    expect(again().status).toBe(0);
  });
});

const clusterRole = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n";
const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
const localConfig = 'metadata: {name: b, annotations: {config.kubernetes.io/local-config: "true"}}';
const base = "resources: [../base]\n";

/** Folders, what the note of each says, and what its index does. */
const harmless: Readonly<Record<string, { files: Files; note: string; fix?: string; comment?: string }>> = {
  image: {
    files: { "kustomization.yaml": `${base}images:\n- {name: nginxx, newTag: '2'}\n` },
    note: 'image/kustomization.yaml:3: note: the image "nginxx" matches no container',
    fix: 'did you mean "nginx"? Then correct it, and import again',
    comment: '// Left out: the image "nginxx" in image/kustomization.yaml:3 matches no container.',
  },
  "nameless-image": {
    files: { "kustomization.yaml": `${base}images:\n- {newTag: '2'}\n` },
    note: "nameless-image/kustomization.yaml:3: note: an image without a name matches no container",
    comment:
      "// Left out: an image without a name in nameless-image/kustomization.yaml:3 matches no container.",
  },
  prefix: {
    files: { "kustomization.yaml": "resources: [a.yaml]\nnamePrefix: x-\n", "a.yaml": namespace },
    note: 'prefix/kustomization.yaml:2: note: "x-" applies to no object',
    comment: "// Left out: namePrefix x- in prefix/kustomization.yaml:2 applies to no object.",
  },
  target: {
    files: {
      "kustomization.yaml": `${base}patches:\n- target: {kind: Job}\n  patch: '[{"op": "remove", "path": "/spec"}]'\n`,
    },
    note: "target/kustomization.yaml:4: note: the patch's target selects no object",
    fix: "correct the target, and import again; or take the patch out",
    comment: "// Left out: the patch in target/kustomization.yaml:4, whose target selects no object.",
  },
  removal: {
    files: {
      "kustomization.yaml": `${base}patches: [{path: p.yaml}]\n`,
      "p.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  gone: null\n",
    },
    note: "removal/p.yaml:5: note: there is nothing to remove",
    comment:
      "// Left out: the removal of ConfigMap/settings's data.gone in removal/p.yaml:5, which is not there.",
  },
  namespace: {
    files: { "kustomization.yaml": "resources: [a.yaml]\nnamespace: shop\n", "a.yaml": clusterRole },
    note: 'namespace/kustomization.yaml:2: note: the namespace "shop" applies to no object',
    comment: "// Left out: the namespace shop in namespace/kustomization.yaml:2 applies to no object.",
  },
  order: {
    files: { "kustomization.yaml": `${base}sortOptions: {order: fifo}\n` },
    note: "order/kustomization.yaml:2: note: sortOptions is left out",
  },
  crds: {
    files: { "kustomization.yaml": `${base}crds: [x.json]\n`, "x.json": "{}" },
    note: "crds/kustomization.yaml:2: note: crds is left out",
  },
  local: {
    files: {
      "kustomization.yaml": "resources: [a.yaml]\n",
      "a.yaml": `${configMap("a")}---\napiVersion: v1\nkind: ConfigMap\n${localConfig}\n`,
    },
    note: "local/a.yaml:6: note: the object is left out",
  },
};

describe.skipIf(withoutKubectl)("what changes nothing is said and left out", () => {
  let run: ReturnType<typeof importOf>;
  beforeAll(() => {
    const folders = Object.entries(harmless).map(([name, { files }]): [string, Files] => [name, files]);
    run = importOf({
      ...together(Object.fromEntries(folders)),
      "base/kustomization.yaml": "resources: [web.yaml, settings.yaml]\n",
      "base/web.yaml": deployment,
      "base/settings.yaml": configMap("settings"),
    });
  }, 120_000);

  test.each(Object.entries(harmless))("%s", (name, { note, fix = "", comment }) => {
    expect(run.stderr).toContain(note);
    expect(run.stderr).toContain(fix);
    expect(run.stdout).toMatch(new RegExp(`^overlays/${name}: same: \\d+ objects$`, "m"));
    const text = read(run.output, `overlays/${name}/index.ts`);
    if (comment !== undefined) expect(text.replaceAll(/\n\s*\/\/ (?!Left)/g, " ")).toContain(comment);
    expect(run.status).toBe(0);
  });
});

describe.skipIf(withoutKubectl)("what means nothing in the cluster is said beside the verdict", () => {
  test.each([
    ["alone", "", /note: the namespace "shop" applies to no object, so it is left out/],
    ["beside a namespaced one", configMap("c"), /^written$/m],
  ])("a namespace over a cluster-scoped custom object %s", (_name, other, said) => {
    const { status, stdout, stderr } = importOf({
      "kustomization.yaml": "resources: [crd.yaml, a.yaml]\nnamespace: shop\n",
      "crd.yaml": `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Cluster
  names: {kind: Widget, plural: widgets}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`,
      "a.yaml": `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n${other && `---\n${other}`}`,
    });
    expect([status, stderr]).toEqual([0, expect.stringMatching(said)]);
    expect(stdout).toMatch(
      / \(but for a namespace, which objects of the cluster do not have: Widget\/w\)\n$/,
    );
  });
});

describe.skipIf(withoutKubectl)("what differs on purpose", () => {
  test("is listed, with exit code 1", () => {
    const { status, stdout } = importOf({
      "kustomization.yaml": "resources: [a.yaml]\nnamespace: shop\n",
      "a.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}
subjects: [{kind: Group, name: default}]
`,
    });
    expect(stdout).toMatch(
      /^overlays\/\S+: RoleBinding\/a in shop: subjects\[0\]\.namespace: theirs "shop", ours \(none\)$/m,
    );
    expect(status).toBe(1);
  });
});

const unsupported = Object.entries({
  helmCharts: "[{name: a}]",
  helmGlobals: "{chartHome: x}",
  helmChartInflationGenerator: "[{chartName: a}]",
  resourcez: "[a.yaml]",
});

describe.skipIf(withoutKubectl)("what cannot be imported", () => {
  test("is named with file and line, all of it at once, and nothing is written", () => {
    const lines = [
      ...unsupported.map(([field, value]) => `${field}: ${value}`),
      "configMapGenerator: [{name: a, envs: [e.env]}]",
      "patches: [{patch: '[]', target: {name: '('}}]",
      'resources: ["https://example.com/x?ref=v1", "../outside.yaml", "github.com/a/b"]',
    ];
    const { status, stdout, stderr, output } = importOf({
      "a/kustomization.yaml": `${lines.join("\n")}\n`,
      "a/e.env": "A=1\nHOME\n",
      "outside.yaml": configMap("a"),
    });
    expect([status, stdout]).toEqual([2, ""]);
    expect(existsSync(output)).toBe(false);
    for (const [index, [field]] of unsupported.entries())
      expect(stderr).toContain(
        `a/kustomization.yaml:${index + 1}: ${field === "resourcez" ? 'the field "resourcez"' : field}`,
      );
    for (const said of [
      'did you mean "resources"?',
      'a/e.env:2: "HOME" has no value',
      'the pattern "(" cannot be read',
      "resources[0]: ",
      'the file "../outside.yaml" lies outside of the kustomization\'s folder',
      '"github.com/a/b" lies elsewhere',
    ])
      expect(stderr).toContain(said);
  });
});

const one = (object: string | Uint8Array, kustomization = "resources: [a.yaml]\n"): Files => ({
  "kustomization.yaml": kustomization,
  "a.yaml": object,
});
const nest = (levels: number): string => `a: ${"[".repeat(levels)}${"]".repeat(levels)}\n`;
const bomb = [
  "a: &a [1,1,1,1,1,1,1,1,1,1]",
  ..."bcde".split("").map((name, index) => {
    const other = "abcd"[index];
    return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${other}`).join(",")}]`;
  }),
].join("\n");

const patched = (
  patch: string,
  kustomization = "resources: [a.yaml]\npatches: [{path: p.yaml}]\n",
): Files => ({
  ...one(configMap("a"), kustomization),
  "p.yaml": patch,
});
const named = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

/** What is wrong in what is read. */
const unreadable: Readonly<Record<string, [Files, RegExp]>> = {
  "key-twice": [one(configMap("a", "data: {}\n")), /a\.yaml:5:1: the key "data" is there twice/],
  "field-twice": [
    one(configMap("a"), "resources: []\nresources: []\n"),
    /kustomization\.yaml:2:1: the key "resources"/,
  ],
  "aliases-without-end": [one(bomb), /a\.yaml:\d+:\d+: aliases repeat more than/],
  "deep-nesting": [one(nest(2000)), /a\.yaml:1:\d+: the file nests more than 500 levels/],
  "no-utf-8": [
    one(Buffer.concat([Buffer.from(configMap("a")), Buffer.from([0xff])])),
    /a\.yaml:5:1: the file is not UTF-8/,
  ],
  "no-object": [one("- a\n"), /a\.yaml:1: the document is not an object/],
  "no-name": [one("apiVersion: v1\nkind: ConfigMap\n"), /a\.yaml:1: the object has no metadata\.name/],
  "no-file": [
    one("", "resources: [b.yaml]\n"),
    /kustomization\.yaml:1: "b\.yaml" is not there[^]*did you mean "a\.yaml"/,
  ],
  circle: [
    { "a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n" },
    /b\/kustomization\.yaml:1: kustomizations stand on each other/,
  ],
  itself: [one("", "resources: [.]\n"), /kustomization\.yaml:1: kustomizations stand on each other/],
  "two-kustomizations": [
    { ...one(configMap("a")), Kustomization: "{}" },
    /kustomization\.yaml: the folder has two kustomizations/,
  ],
  "component-as-base": [
    { "kustomization.yaml": "resources: [c]\n", "c/kustomization.yaml": "kind: Component\n" },
    /kustomization\.yaml:1: "c" is a component/,
  ],
  types: [
    one(configMap("a"), "resources: {a: b}\nnamespace: 5\ncommonLabels: {a: 1}\n"),
    /kustomization\.yaml:1: got an object[^]*:2: got 5[^]*:3: got 1/,
  ],
  "no-target": [
    patched("x", 'patches: [{patch: "[]"}, {path: p.yaml, patch: a}]\n'),
    /kustomization\.yaml:1: the patch has not just one of path and patch/,
  ],
};

/** What is wrong in what was read. */
const senseless: Readonly<Record<string, [Files, RegExp]>> = {
  "object-twice": [one(`${configMap("a")}---\n${configMap("a")}`), /a\.yaml:6: the object is there twice/],
  namespace: [
    one(configMap("a"), "resources: [a.yaml]\nnamespace: A B\n"),
    /kustomization\.yaml:2: "A B" is not the name of a namespace/,
  ],
  "object-field": [
    one(`${configMap("a")}imutable: true\n`),
    /the field "imutable" does not exist[^]*a\.yaml:5:1[^]*did you mean "immutable"/,
  ],
  "object-kind": [
    one(`apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a}\n`),
    /no kind "Deploymnt" in apps\/v1[^]*a\.yaml:2:1[^]*did you mean "Deployment"/,
  ],
  "unknown-field": [
    patched(`${named}dat: {}\n`),
    /p\.yaml:4: the field "dat" does not exist[^]*did you mean "data"/,
  ],
  proto: [patched(`${named}__proto__: {x: 1}\n`), /p\.yaml:4: the field "__proto__" does not exist/],
  "no-such-object": [patched(configMap("b")), /p\.yaml:1: the patch is for an object of which there is none/],
  pointer: [
    patched(
      "- {op: remove, path: /data/x}\n",
      "resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, path: p.yaml}]\n",
    ),
    /p\.yaml:1: .*the pointer stops matching/,
  ],
  "pointer-above": [
    {
      "base/kustomization.yaml": "resources: [a.yaml]\ncommonLabels: {a: b}\n",
      "base/a.yaml": configMap("a"),
      "kustomization.yaml": "resources: [base]\npatches: [{target: {kind: ConfigMap}, path: p.yaml}]\n",
      "p.yaml": "- {op: remove, path: /data/x}\n",
    },
    /p\.yaml:1: .*the pointer stops matching/,
  ],
  generator: [
    one(configMap("a"), "resources: [a.yaml]\nconfigMapGenerator: [{name: a}]\n"),
    /kustomization\.yaml:2: a generator creates what is there already/,
  ],
};

describe.skipIf(withoutKubectl).each([
  ["that cannot be read", unreadable],
  ["that makes no sense", senseless],
])("bad input %s is said with its place, all at once", (_what, cases) => {
  let run: ReturnType<typeof importOf>;
  beforeAll(() => {
    const folders = Object.entries(cases).map(([name, [files]]): [string, Files] => [name, files]);
    run = importOf(together(Object.fromEntries(folders)));
  }, 120_000);

  test.each(Object.entries(cases))("%s", (name, [, said]) => {
    const blocks = run.stderr.split(/^(?=import: )/m).filter((block) => block.includes(`/${name}/`));
    expect(blocks.join("")).toMatch(said);
    recordFailure(run.status, blocks.join(""));
  });

  test("and nothing is written", () => {
    expect([run.status, run.stdout, existsSync(run.output)]).toEqual([2, "", false]);
    expect(run.stderr).not.toMatch(/^fault: /m);
    expect(run.stderr).not.toContain("import-kustomize/src/");
  });
});

describe.skipIf(withoutKubectl)("the output folder", () => {
  test.each<[string, Files, RegExp]>([
    ["no kustomization", { "a.yaml": configMap("a") }, /there is no kustomization/],
    [
      "what Kustomize alone refuses",
      one(configMap("a"), "resources: [a.yaml]\napiVersion: v2\n"),
      /kubectl kustomize refuses the folder: .*apiVersion for Kustomization should be/,
    ],
  ])("is not made of %s", (_name, files, said) => {
    const { status, stdout, stderr, output } = importOf(files);
    expect(stderr).toMatch(said);
    expect([status, stdout, existsSync(output)]).toEqual([2, "", false]);
  });

  test("kinds that lead elsewhere stay in the folder", () => {
    const { status, output } = importOf(
      one("apiVersion: example.com/v1\nkind: ../../Kind\nmetadata: {name: a-b}\n---\n" + configMap("up.up")),
    );
    expect(status).toBe(0);
    const files = readdirSync(output, { recursive: true, encoding: "utf8" }).map((file) =>
      file.split("/").slice(2).join("/"),
    );
    expect(files.filter(Boolean).toSorted()).toEqual(["index.ts", "kind.ts", "up-up.ts"]);
  });

  test.each(["../../../up", "a/b", ".."])("is not made of the name %s", (name) => {
    const { status, stderr, output } = importOf(one(configMap(name)));
    expect(stderr).toContain(`"${name}" cannot be a name`);
    expect([status, existsSync(output)]).toEqual([2, false]);
  });

  test("what is not an import's is never replaced", () => {
    const source = folderOf(one(configMap("a")));
    const { status, stderr } = importFolder(source, source);
    expect([status, readdirSync(source).length]).toEqual([2, 2]);
    expect(stderr).toContain("the folder holds something else than imported sources");
  });
});

test("without kubectl it says what to install", () => {
  const output = join(temporaryFolder(), "imported");
  const { status, stderr } = importWithoutPrograms(folderOf(one(configMap("a"))), output);
  expect(stderr).toContain("install kubectl");
  expect(status).toBe(2);
});

test.each([
  [
    "is not there",
    "bse",
    /there is no such folder\n  expected: the folder of a kustomization.*\n  fix: +did you mean "base"\?/,
  ],
  [
    "is a file",
    "base/a.yaml",
    /it is a file\n  expected: the folder of a kustomization.*\n  fix: +name its folder: .*base$/m,
  ],
])("a folder to import that %s", (_name, path, what) => {
  const { status, stderr } = importFolder(
    join(folderOf({ "base/a.yaml": configMap("a") }), path),
    join(temporaryFolder(), "imported"),
  );
  expect([status, stderr]).toEqual([2, expect.stringMatching(what)]);
});
