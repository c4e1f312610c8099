import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { exitCodeOf } from "@atlas/input";
import { atlasRender, filesIn, moduleOf } from "./command.ts";

/** The prelude of {@link moduleOf} has six lines. */
const after = (text: string): string => moduleOf(`${text}\nexport default base({});`);

interface Case {
  readonly text: string;
  /** Line and column, where the failure has them. */
  readonly at: string;
  readonly says: string;
  readonly fix: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Where it stands, if not in the environment's own module. */
  readonly file?: string;
}

const table: Readonly<Record<string, Case>> = {
  "a package that is not there": {
    text: 'import x from "no-such-package";',
    at: "7:15",
    says: 'the import of "no-such-package" leads nowhere',
    fix: "install it: npm install no-such-package",
  },
  "a part of a package that is not there": {
    text: 'import x from "@no/such/part";',
    at: "7:15",
    says: 'the import of "@no/such/part" leads nowhere',
    fix: "install it: npm install @no/such",
  },
  "a misspelt dependency": {
    text: 'export * from "yalm";',
    at: "7:15",
    says: 'the import of "yalm" leads nowhere',
    fix: 'did you mean "yaml"?',
    files: { "package.json": '{ "dependencies": { "yaml": "2" } }' },
  },
  "a package of a workspace of pnpm": {
    text: 'import "@shop/rules/part";',
    at: "7:8",
    says: 'the import of "@shop/rules/part" leads nowhere',
    fix: "make it a dependency: pnpm --dir . add '@shop/rules@workspace:*'",
    files: {
      "package.json": '{ "name": "shop" }',
      "pnpm-workspace.yaml": "packages: [packages/*, '!packages/old']",
      "packages/rules/package.json": '{ "name": "@shop/rules" }',
    },
  },
  "a package of a workspace of npm": {
    text: 'import "@shop/rules";',
    at: "7:8",
    says: 'the import of "@shop/rules" leads nowhere',
    fix: "make it a dependency: npm install @shop/rules --workspace .",
    files: {
      "package.json": '{ "name": "shop", "workspaces": ["packages/*"] }',
      "packages/rules/package.json": '{ "name": "@shop/rules" }',
    },
  },
  "a misspelt package of a workspace": {
    text: 'import "@shop/ruels";',
    at: "7:8",
    says: 'the import of "@shop/ruels" leads nowhere',
    fix: 'did you mean "@shop/rules"?',
    files: {
      "package.json": '{ "workspaces": { "packages": ["packages/*"] } }',
      "packages/rules/package.json": '{ "name": "@shop/rules" }',
    },
  },
  "a dependency that is not installed": {
    text: 'import "yaml";',
    at: "7:8",
    says: 'the import of "yaml" leads nowhere',
    fix: "it is among the dependencies: install them",
    files: { "package.json": '{ "dependencies": { "yaml": "2" } }' },
  },
  "a part that a package does not export": {
    text: 'import "@atlas/compose/patchez";',
    at: "7:8",
    says: 'the import of "@atlas/compose/patchez" leads nowhere',
    fix: 'did you mean "@atlas/compose/patches"?',
  },
  "a file without its ending": {
    text: 'import "./web";',
    at: "7:8",
    says: 'the import of "./web" leads nowhere',
    fix: 'write "./web.ts"',
    files: { "web.ts": "export {};" },
  },
  "a file with the ending that it will have": {
    text: 'import "./web.js";',
    at: "7:8",
    says: 'the import of "./web.js" leads nowhere',
    fix: 'write "./web.ts"',
    files: { "web.ts": "export {};" },
  },
  "a misspelt file": {
    text: 'import "./wbe.ts";',
    at: "7:8",
    says: 'the import of "./wbe.ts" leads nowhere',
    fix: 'did you mean "./web.ts"?',
    files: { "web.ts": "export {};" },
  },
  "a file that is not there": {
    text: 'await import("../elsewhere/web.ts");',
    at: "7:14",
    says: 'the import of "../elsewhere/web.ts" leads nowhere',
    fix: "correct the path, or write the file",
  },
  "a folder": {
    text: 'import "./patches";',
    at: "7:8",
    says: 'the import of "./patches" leads nowhere',
    fix: 'write "./patches/index.ts"',
    files: { "patches/index.ts": "export {};" },
  },
  "JSON as a module": {
    text: 'import x from "./x.json";',
    at: "7:15",
    says: 'the import of "./x.json" does not say that it is JSON',
    fix: 'write "./x.json" with { type: "json" }',
    files: { "x.json": "{}" },
  },
  "an import of a helper": {
    text: 'import "./helper.ts";',
    at: "2:8",
    file: "helper.ts",
    says: "leads nowhere",
    fix: "install it: npm install no-such-package",
    files: { "helper.ts": '\nimport "no-such-package";' },
  },
  "an error in a helper": {
    text: 'import { help } from "./helper.ts";\nhelp();',
    at: "3",
    file: "helper.ts",
    says: "the overlay cannot be loaded: Error: boom",
    fix: "fix the line named, then type-check",
    files: { "helper.ts": 'export function help() {\n\n  throw new Error("boom");\n}' },
  },
  "a wrong call of Node": {
    text: "\nfileURLToPath(undefined);",
    at: "8",
    says: "the overlay cannot be loaded: TypeError",
    fix: "fix the line named, then type-check",
  },
  "a change of what a layer states": {
    text: [
      'const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };',
      "base({ resources: [object] });",
      'Object.assign(object.metadata, { name: "b" });',
    ].join("\n"),
    at: "9",
    says: "TypeError: Cannot assign to read only property 'name'",
    fix: "say it with a patch: what a layer states is shared by all that stand on it",
  },
  "an addition to what a layer states": {
    text: "const resources = [];\nbase({ resources });\nresources.push({});",
    at: "9",
    says: "TypeError: Cannot add property 0, object is not extensible",
    fix: "say it with a patch: what a layer states is shared by all that stand on it",
  },
  "a removal from what a layer states": {
    text: 'const labels = { a: "b" };\nbase({ labels: [{ pairs: labels }] });\ndelete labels.a;',
    at: "9",
    says: "TypeError: Cannot delete property 'a'",
    fix: "say it with a patch: what a layer states is shared by all that stand on it",
  },
  "a name that a module does not export": {
    text: 'import { web } from "./web.ts";',
    at: "7",
    says: "does not provide an export named 'web'",
    fix: "fix the line named, then type-check",
    files: { "web.ts": "export {};" },
  },
  "what does not parse": {
    text: "const x = ;",
    at: "7",
    says: "SyntaxError: Expression expected",
    fix: "fix the line named, then type-check",
  },
  "an enum": {
    text: "enum Size { Small }",
    at: "7",
    says: "TypeScript enum is not supported",
    fix: "write it in JavaScript, such as a constant object",
  },
};
const cases = Object.entries(table);

// Names that other parts of a path are called, too.
describe.each(["packages/istio", "apps/render", "packages/compose", "my shop (old)", "a:1"])(
  "in %s",
  (place) => {
    const folder = filesIn(
      Object.fromEntries(
        cases.flatMap(([, { text, files = {} }], index) => [
          [`${place}/c${index}/index.ts`, after(text)],
          ...Object.entries(files).map(([file, content]) => [`${place}/c${index}/${file}`, content]),
        ]),
      ),
    );
    const { status, stdout, stderr } = atlasRender(
      "render",
      "--environments",
      join(folder, place),
      "--output",
      "-",
    );
    const blocks = stderr.split(/^atlas-render: /m).slice(1);

    test.each(cases.map(([name], index) => [name, index] as const))("%s names its place", (name, index) => {
      const { at = "", file = "index.ts", says = "", fix = "" } = table[name] ?? {};
      expect([status, stdout]).toEqual([2, ""]);
      const block = blocks.find((each) => each.startsWith(`c${index}: `)) ?? "";
      expect(block).toContain(`c${index}: ${join(folder, place, `c${index}`, file)}:${at}: `);
      expect(block.split("\n")[0]).toContain(says);
      expect(block).toContain(fix);
    });
  },
);

test("a library that generated code needs and nobody has installed is the user's to add, and no fault of ours", async () => {
  const folder = filesIn({ "generated.mjs": 'import "library-that-nobody-has";\n' });
  const file = join(folder, "generated.mjs");
  const error: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href).catch(
    (each: unknown) => each,
  );
  expect(exitCodeOf(error)).toBe(2);
});

test.each<[what: string, text: string]>([
  ["awaits what never comes", "await new Promise<void>(() => undefined);"],
  ["ends the process", "process.exit(0);"],
])("one that %s is an error, in every command", (_what, text) => {
  const folder = filesIn({ "shop/index.ts": after(text), "dev/index.ts": after("") });
  for (const command of ["render", "list", "check"]) {
    const { stdout, stderr, status } = atlasRender(command, "--environments", folder);
    expect([command, status, stdout]).toEqual([command, 2, ""]);
    expect(stderr).toMatch(/shop\/index\.ts: ended before it was loaded\n/);
  }
});

const standsOn = (name: string): string => `import below from "../${name}/index.ts";`;

test("of two that import each other, it is said that they do", () => {
  const folder = filesIn({
    "a/index.ts": moduleOf(`${standsOn("b")}\nexport default overlay({ base: below });`),
    "b/index.ts": moduleOf(`${standsOn("a")}\nexport default overlay({ base: below });`),
  });
  const { status, stderr } = atlasRender("render", "a", "--environments", folder, "--output", "-");
  expect(status).toBe(2);
  expect(stderr).toContain("b/index.ts:8: the overlay cannot be loaded");
  expect(stderr).toContain("fix:      look for two files that import each other");
});
