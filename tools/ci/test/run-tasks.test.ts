import { describe, expect, test } from "vitest";
import { nxCalls } from "../src/run-tasks.ts";

const targetsOf = new Map(
  Object.entries({
    lib: ["build", "unit", "lint", "check"],
    app: ["build", "unit", "dev", "staging"],
    e2e: ["unit"],
  }).map(([project, targets]) => [project, new Set(targets)]),
);

describe("calls of nx", () => {
  test.each<[string, string[], string[]]>([
    [
      "everything is one",
      ["lib:build", "lib:unit", "lib:lint", "app:build", "app:unit", "app:dev", "app:staging"],
      ["app,lib -t build,dev,lint,staging,unit"],
    ],
    [
      "a task that is not asked for keeps projects apart",
      ["lib:unit", "app:unit", "app:build"],
      ["app -t build,unit", "lib -t unit"],
    ],
    ["the same target of two", ["lib:unit", "e2e:unit"], ["e2e,lib -t unit"]],
    [
      "checks come first, and alone",
      ["app:build", "lib:build", "lib:check"],
      ["lib -t check", "app,lib -t build"],
    ],
    ["one environment", ["app:staging"], ["app -t staging"]],
  ])("%s", (_name, tasks, want) => {
    const calls = nxCalls(tasks, { targetsOf });
    expect(calls.map(({ projects, targets }) => `${projects.join()} -t ${targets.join()}`)).toEqual(want);
  });

  test("name the tasks that do not exist", () => {
    expect(() => nxCalls(["lib:unit", "lib:untt", "nothing"], { targetsOf })).toThrow(
      'there is no task "lib:untt", "nothing"',
    );
  });
});
