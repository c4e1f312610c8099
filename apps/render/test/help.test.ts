import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { atlasRender } from "./command.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README quotes the help", () => {
  const [, quoted] = /\$ atlas-render --help\n([^]*?)```/.exec(readme) ?? [];
  expect(quoted).toBe(atlasRender("--help").stdout);
});
