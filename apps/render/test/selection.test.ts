import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { InputError } from "@atlas/input";
import { environmentNamed, noSuchEnvironment } from "../src/environments/environment-name.ts";
import { selectEnvironments } from "../src/environments/selection.ts";
import { atlasRender, filesIn, moduleOf } from "./command.ts";

const folder = filesIn({
  "environments/dev/index.ts": moduleOf("export default base({});"),
  "environments/prod/index.ts": moduleOf("export default base({});"),
});
const all = ["dev", "prod"].map((name) => ({
  name,
  module: pathToFileURL(join(folder, "environments", name, "index.ts")),
}));

const render = (name: string): string => atlasRender("render", name, "--output", "-").stdout;
const explain = (name: string): string =>
  atlasRender("explain", name, "Namespace/atlas-operator", "kind").stdout;

describe("an environment is taken by its name and by any path of its folder", () => {
  test.each<[string, string | undefined]>([
    ["dev", "dev"],
    ["dev/", "dev"],
    ["./dev", "dev"],
    ["./dev/", "dev"],
    [".//dev", "dev"],
    [String.raw`.\dev`, "dev"],
    ["environments/dev", "dev"],
    ["./environments/dev/index.ts", "dev"],
    [join(folder, "environments/dev"), "dev"],
    [join(folder, "environments/dev/index.ts"), "dev"],
    [join(folder, "environments/prod/../dev"), "dev"],
    ["prod/eu-1", "prod/eu-1"],
    ["prod/eu-1/", "prod/eu-1"],
    ["environments/prod/eu-1", "prod/eu-1"],
    ["stage", undefined],
    ["environments", undefined],
    ["elsewhere/dev", undefined],
    ["../dev", undefined],
    ["Dev", undefined],
    [".", undefined],
    ["/", undefined],
    ["", undefined],
  ])("%j", (given, want) => {
    expect(environmentNamed(given, all)).toBe(want);
  });

  test("once, however often it is named", async () => {
    const { environments } = await selectEnvironments(["dev", "./dev", "environments/dev/"], all);
    expect(environments.map(({ name }) => name)).toEqual(["dev"]);
  });

  test("by every command", () => {
    expect(render("packages/manifests/src/overlays/dev/")).toBe(render("dev"));
    expect(explain("overlays/dev")).toBe(explain("dev"));
  });
});

describe("of one that is not there", () => {
  test.each([
    ["dve", 'did you mean "dev"?'],
    ["DEV", 'did you mean "dev"?'],
    ["elsewhere/dev", 'did you mean "dev"?'],
    ["../prdo/", 'did you mean "prod"?'],
    ["stage", "make it: atlas-render new stage"],
    ["overlays/stage/", "make it: atlas-render new stage"],
    [".", "name one of them"],
    ["", "name one of them"],
  ])("%j says how to go on", async (given, fix) => {
    const names = all.map(({ name }) => name);
    expect(noSuchEnvironment(given, names).fix).toBe(fix);
    await expect(selectEnvironments([given], all)).rejects.toThrow(InputError);
  });
});
