import { expect, test } from "vitest";
import { atlasRender, environmentsOf } from "./command.ts";

test.each([
  [
    "a component",
    'export default { ...base({}), type: "component" };',
    "the module exports a component by default",
  ],
  ["a plain object", "export default { resources: [] };", "the module exports a plain object by default"],
  ["a list", "export default [];", "the module exports a list by default"],
  ["a path", 'export default "../base";', 'the module exports "../base" by default'],
  ["a module", 'export * as default from "node:path";', "the module exports a whole module"],
  ["a patch", "export default patch({}, {});", "the module exports a patch by default"],
  ["a function", "export default () => base({});", "the module exports a function by default"],
  ["nothing", "export const dev = base({});", "the module exports no overlay by default"],
  [
    "an overlay of a plain object",
    "export default overlay({ base: { resources: [] } });",
    "the base of an overlay is a plain object",
  ],
  [
    "an overlay with a variable that is not set",
    'export default overlay({ base: base({}), namespace: process.env["NOT_SET_ANYWHERE"] });',
    "the value is undefined",
  ],
])("%s in place of an overlay is refused", (_name, module, what) => {
  const folder = environmentsOf({ dev: module });
  const { status, stdout, stderr } = atlasRender("render", "--environments", folder, "--output", "-");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(what);
  expect(stderr).toMatch(/dev\/index\.ts/);
});
