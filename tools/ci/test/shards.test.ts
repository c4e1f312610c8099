import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matrixOf, shareOut } from "../src/shards.ts";

const dependencies: Record<string, string[]> = {
  "a:unit": ["a:build"],
  "a:lint": ["a:build"],
  "b:unit": ["b:build"],
};
const seconds: Record<string, number> = {
  "a:build": 50,
  "b:build": 50,
  "a:unit": 10,
  "a:lint": 10,
  "b:unit": 10,
};
const weights = {
  machines: 4,
  setUp: 15,
  secondsOf: (task: string) => seconds[task] ?? 1,
  dependenciesOf: (task: string) => dependencies[task] ?? [],
};

describe("machines", () => {
  test.each<[string, string[], Partial<typeof weights>, string[][]]>([
    ["no tasks, no machine", [], {}, []],
    [
      "what needs the same comes together",
      ["a:unit", "b:unit", "a:lint"],
      {},
      [["a:lint", "a:unit"], ["b:unit"]],
    ],
    [
      "a machine that saves less than it takes is not used",
      ["a:unit", "b:unit"],
      { setUp: 61 },
      [["a:unit", "b:unit"]],
    ],
    [
      "no more than there are",
      ["c", "d", "e", "f", "g", "h"],
      { setUp: 0, machines: 2 },
      [
        ["c", "e", "g"],
        ["d", "f", "h"],
      ],
    ],
    ["no more than tasks", ["c", "d"], { setUp: 0 }, [["c"], ["d"]]],
  ])("%s", (_name, tasks, changed, want) => {
    expect(shareOut(tasks, { ...weights, ...changed }).map((shard) => shard.tasks)).toEqual(want);
  });
});

const name = fc.stringMatching(/^[a-e]:[a-e]$/);
const someTasks = fc.uniqueArray(name, { minLength: 1, maxLength: 25 });
const someWeights = fc.record({
  machines: fc.integer({ min: 1, max: 8 }),
  setUp: fc.integer({ min: 0, max: 60 }),
  lengths: fc.dictionary(name, fc.integer({ min: 1, max: 100 })),
  needs: fc.dictionary(name, fc.array(name, { maxLength: 3 })),
});

test("every task runs on one machine, whatever they need and take", () => {
  fc.assert(
    fc.property(someTasks, someWeights, (tasks, { lengths, needs, ...rest }) => {
      const secondsOf = (task: string): number => lengths[task] ?? 1;
      const shards = shareOut(tasks, { ...rest, secondsOf, dependenciesOf: (task) => needs[task] ?? [] });
      expect(shards.flatMap((shard) => shard.tasks).toSorted()).toEqual(tasks.toSorted());
      expect(shards.length).toBeLessThanOrEqual(rest.machines);
    }),
  );
});

test("without needs, no machine has more than the mean and the longest task", () => {
  fc.assert(
    fc.property(someTasks, someWeights, (tasks, { lengths, machines }) => {
      const secondsOf = (task: string): number => lengths[task] ?? 1;
      const shards = shareOut(tasks, { machines, setUp: 0, secondsOf, dependenciesOf: () => [] });
      const all = tasks.map(secondsOf);
      const mean = all.reduce((sum, part) => sum + part, 0) / shards.length;
      for (const shard of shards) expect(shard.seconds).toBeLessThanOrEqual(mean + Math.max(...all));
    }),
  );
});

test("the matrix is what a workflow takes", () => {
  expect(matrixOf(shareOut(["a:unit", "a:lint"], weights))).toBe(
    '[{"name":"1 of 1","tasks":"a:lint a:unit"}]',
  );
  expect(matrixOf([])).toBe("[]");
});
