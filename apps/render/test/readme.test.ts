import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { atlasRender } from "./command.ts";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));

test("what the README shows of explain is what is printed", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, args = "", printed] = /\$ atlas-render (explain .*)\n([^]*?)```/.exec(readme) ?? [];
  const { status, stdout, stderr } = atlasRender(...args.split(" "));
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.replaceAll(workspace, "")).toBe(printed);
});
