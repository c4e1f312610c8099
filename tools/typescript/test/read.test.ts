import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { declarationsIn, requestsIn, type DeclaredType } from "../src/read.ts";

const word = (name: string): DeclaredType => ({ kind: "word", name, module: "m" });

test.each<[type: string, want: DeclaredType]>([
  ["string", word("string")],
  ["Pod", word("Pod")],
  ["core.Pod", word("core.Pod")],
  ["Array<Pod>", { kind: "list", items: word("Pod") }],
  ["readonly string[]", word("readonly string[]")],
  [
    "(string | number)[]",
    { kind: "list", items: { kind: "union", members: [word("string"), word("number")] } },
  ],
  ['"a" | 1', { kind: "union", members: [{ kind: "literal", value: "a" }, word("1")] }],
  ["{ [name: string]: Array<string> }", { kind: "map", values: { kind: "list", items: word("string") } }],
  [
    '{ a: string; "b-c"?: number; readonly readonly: any; // d: string;\n }',
    {
      kind: "object",
      fields: new Map([
        ["a", { type: word("string"), isOptional: false }],
        ["b-c", { type: word("number"), isOptional: true }],
        ["readonly", { type: word("any"), isOptional: false }],
      ]),
    },
  ],
  ["(a: string) => void", word("(a: string) => void")],
])("the type %s is read", (type, want) => {
  expect(declarationsIn(`export type T = ${type};`, "m").types.get("T")).toEqual(want);
  if (want.kind === "object")
    expect(declarationsIn(`/** é } */\nexport interface T ${type}`, "m").types.get("T")).toEqual(want);
});

test("of a module is read what it exports, and where its names come from", () => {
  const text = `import { A, B as C } from "../b";\nimport D from "./d";\ntype E = string;\nexport interface F {}\n`;
  const { types, origins } = declarationsIn(text, "m");
  expect([...types.keys()]).toEqual(["F"]);
  expect(Object.fromEntries(origins)).toEqual({ A: "../b", C: "../b", D: "./d" });
});

test("what is no TypeScript is refused", () => {
  expect(() => declarationsIn("export interface {", "core/v1")).toThrow(/^core\/v1: /);
});

test("every type of kubernetes-types is of a form that is known", () => {
  const folder = dirname(fileURLToPath(import.meta.resolve("kubernetes-types/package.json")));
  const strange = (type: DeclaredType): string[] => {
    switch (type.kind) {
      case "word":
        return /^\w+$/.test(type.name) ? [] : [type.name];
      case "list":
        return strange(type.items);
      case "map":
        return strange(type.values);
      case "union":
        return type.members.flatMap(strange);
      case "object":
        return [...type.fields.values()].flatMap((field) => strange(field.type));
      default:
        return [];
    }
  };
  const files = globSync("**/*.d.ts", { cwd: folder });
  const types = files.flatMap((file) => [
    ...declarationsIn(readFileSync(`${folder}/${file}`, "utf8"), file).types.values(),
  ]);
  expect(types.length).toBeGreaterThan(600);
  expect(types.flatMap(strange)).toEqual([]);
});

test.each<[text: string, want: string[]]>([
  ['import "./a.ts";', ["./a.ts"]],
  ["import a, { b, c } from \"./a.ts\";\nimport type { D } from 'd';", ["./a.ts", "d"]],
  [
    'export { a, b } from "./a.ts";\nexport * from "./b.ts";\nexport type { C } from "./c.ts";',
    ["./a.ts", "./b.ts", "./c.ts"],
  ],
  ['const a = await import("./é.ts"); const b = import(a);', ["./é.ts"]],
  ['// import "./a.ts";\nconst text = `import "./b.ts"`;', []],
])("%j names %j", (text, want) => {
  const found = requestsIn(text);
  expect(found.map(({ request }) => request)).toEqual(want);
  expect(found.map(({ start, end }) => text.slice(start + 1, end - 1))).toEqual(want);
});
