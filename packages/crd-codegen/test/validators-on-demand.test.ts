import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadValidatorsOf } from "../src/validators-on-demand.ts";
import { validatorsOf } from "../src/validators.ts";
import { gadgetCrd } from "./gadget-crd.ts";

const plain = {
  metadata: { name: "shops.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Shop" },
    versions: [
      {
        name: "v1",
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { name: { type: "string", pattern: "^a" } } } },
          },
        },
      },
    ],
  },
};

test("a definition without rules, and one with, judge as they do when all is loaded", async () => {
  const shop = { apiVersion: "example.com/v1", kind: "Shop", metadata: { name: "a" }, spec: { name: "b" } };
  const gadget = { apiVersion: "features.example.com/v1", kind: "Gadget", metadata: { name: "g" }, spec: 1 };
  const cases = [
    [plain, shop],
    [parse(gadgetCrd), gadget],
  ] as const;
  for (const [crd, object] of cases) {
    const issues = (await loadValidatorsOf(crd)).get("v1")?.validate(object);
    expect(issues?.length).toBeGreaterThan(0);
    expect(issues).toEqual(validatorsOf(crd).get("v1")?.validate(object));
  }
});

/** Whether the library of rules was looked for while validators of a definition were made, in a process of its own. */
function loadsRules(crd: object): boolean {
  const script = `
    import { registerHooks } from "node:module";
    let found = false;
    registerHooks({ resolve: (name, context, next) => {
      found ||= name.includes("cel-js");
      return next(name, context);
    } });
    const { loadValidatorsOf } = await import(${JSON.stringify(fileURLToPath(new URL("../src/validators-on-demand.ts", import.meta.url)))});
    await loadValidatorsOf(${JSON.stringify(crd)});
    process.stdout.write(String(found));`;
  const args = ["--conditions=@atlas/source", "--input-type=module", "--eval", script];
  return execFileSync(process.execPath, args, { encoding: "utf8" }) === "true";
}

test("what runs rules is loaded for a definition that has some", () => {
  expect(loadsRules(plain)).toBe(false);
  expect(loadsRules(parse(gadgetCrd))).toBe(true);
});
