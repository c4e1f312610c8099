import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atlasRender, configMap, environmentsOf, temporaryFolder } from "./command.ts";

const right = (name: string): string =>
  `export default base({ namespace: "shop", resources: [${configMap(name, "b")}] });`;

const wrong = {
  "does not parse": "export default base({ resources: , });",
  "is refused": `export default overlay({ base: base({ resources: [${configMap("a", "b")}] }), replicas: [{ name: "b", count: 1 }] });`,
  "is a fleet with a wrong row":
    'export default fleet({ fields: { a: "string" }, rows: [{ a: 1 }], name: () => "b", overlay: () => base({}) });',
} satisfies Record<string, string>;

const throwing = 'throw new Error("no");';

describe("beside an environment that", () => {
  describe.each(Object.entries(wrong))("%s,", (_what, text) => {
    const environments = environmentsOf({ a: right("one"), b: right("two"), x: text });
    const run = (...args: string[]) => atlasRender(...args, "--environments", environments);

    test("the others are listed and checked, and it is named", () => {
      const listed = run("list", "--format", "json");
      const rows: readonly { environment: string }[] = JSON.parse(listed.stdout);
      expect([listed.status, rows.map(({ environment }) => environment)]).toEqual([2, ["a", "b"]]);
      const checked = run("check");
      expect([checked.status, checked.stdout]).toEqual([2, "a: nothing found\n\nb: nothing found\n"]);
      for (const { stderr } of [listed, checked]) {
        expect(stderr).toMatch(/^atlas-render: x: /);
        expect(stderr).toContain("1 of 3 environments is wrong: x; what is shown is of the others\n");
      }
    });

    test("nothing is written unless it is named, and that is said", () => {
      const output = temporaryFolder();
      for (const command of [["render"], ["report"]]) {
        const { status, stdout, stderr } = run(...command, "-o", join(output, "out"));
        expect([status, stdout, existsSync(join(output, "out"))]).toEqual([2, "", false]);
        expect(stderr).toContain(
          "1 of 3 environments is wrong: x; nothing was written, of the others neither",
        );
        expect(stderr).toContain("name those that are to be taken: a, b\n");
      }
      expect(run("render", "b", "a", "-o", join(output, "out"))).toEqual({
        status: 0,
        stdout: "",
        stderr: "",
      });
      expect(run("check", "b").status).toBe(0);
    });
  });

  test("is not alone in being wrong, no other is shown", () => {
    const environments = environmentsOf({ x: throwing, y: wrong["is refused"] });
    for (const command of ["list", "check", "render"]) {
      const { status, stdout, stderr } = atlasRender(command, "--environments", environments);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^2 of 2 environments are wrong: x, y(; nothing was written)?\n/m);
    }
  });

  test("is rendered alone, its own problem is enough", () => {
    const environments = environmentsOf({ a: right("one"), x: throwing });
    const { status, stderr } = atlasRender("render", "x", "--environments", environments);
    expect(status).toBe(2);
    expect(stderr).not.toContain("environments");
  });
});
