import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { atlasRender } from "../command.ts";

const workspace = fileURLToPath(new URL("../../../../", import.meta.url));

test.each([
  ["README.md", "pnpm exec atlas-render"],
  ["apps/render/README.md", "atlas-render"],
])("what %s shows of explain is what is printed", (file, command) => {
  const readme = readFileSync(join(workspace, file), "utf8");
  const [, args = "", printed] = new RegExp(`\\$ ${command} (explain .*)\\n([^]*?)\`\`\``).exec(readme) ?? [];
  const { status, stdout, stderr } = atlasRender(...args.split(" "));
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.replaceAll(workspace, "")).toBe(printed);
});
