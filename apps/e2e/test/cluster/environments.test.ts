import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { applicable, isExisting, kubectl, ownNamespace } from "./cluster.ts";
import { apply, ensureNamespace, everything, liveObjects, remove, resourceVersions } from "./live.ts";

const environments = inject("environments");

test("the base and at least one overlay are tried", () => {
  expect(environments.map(({ name }) => name)).toEqual(expect.arrayContaining(["base", "dev"]));
});

const ways: [way: string, flags: string[]][] = [
  ["by kubectl apply -k", []],
  ["by kubectl apply --server-side -k", ["--server-side"]],
];

// One step after the other, as a person would take them.
describe.each(environments)("$name", ({ folder, namespace }) => {
  const target = applicable(folder);

  describe.each(ways)("%s", (_way, flags) => {
    let before: ReadonlySet<string>;
    let removeNamespace: () => Promise<void>;
    beforeAll(async () => {
      removeNamespace = await ensureNamespace(target, isExisting ? ownNamespace : namespace);
      before = await everything();
    });
    afterAll(() => removeNamespace());

    test("is accepted under strict validation, without a warning or a conflict", async () => {
      await apply(target, ...flags);
      expect((await liveObjects(target)).length).toBeGreaterThan(8);
    });

    test("changes nothing when it is applied again", async () => {
      const versions = await resourceVersions(target);
      await apply(target, ...flags);
      expect(await resourceVersions(target)).toEqual(versions);
    });

    test("has no difference by kubectl diff", async () => {
      expect(await kubectl("diff", "-k", target, ...flags)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    });

    test("leaves nothing behind when it is deleted", async () => {
      await remove(target);
      expect([...(await everything())].filter((name) => !before.has(name))).toEqual([]);
    });
  });
});
