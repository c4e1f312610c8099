import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parameters as measured, setUpOf, type Parameters } from "../src/parameters.ts";
import { listSchedule, machinesThatPay, simulate, type Scenario } from "../src/simulation.ts";
import { report } from "../src/simulation-report.ts";

const seconds = fc.double({ min: 0.01, max: 100, noNaN: true });
const someParameters: fc.Arbitrary<Parameters> = fc.record({
  boot: seconds,
  setUp: seconds,
  nxStart: seconds,
  nxPerOverlay: seconds,
  before: seconds,
  beforePerOverlay: seconds,
  taskStart: seconds,
  render: seconds,
  artifact: fc.integer({ min: 1, max: 1_000_000 }),
  cores: fc.integer({ min: 1, max: 8 }),
  roundTrip: seconds,
  bandwidth: fc.integer({ min: 1_000, max: 100_000_000 }),
});
const someScenario: fc.Arbitrary<Scenario> = fc
  .record({
    environments: fc.integer({ min: 1, max: 300 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    fleet: fc.integer({ min: 1, max: 60 }),
    machines: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ part, ...rest }) => ({ ...rest, affected: Math.floor(part * rest.environments) }));
/** A millionth of a second: sums of the same numbers in another order differ by less. */
const tiny = 1e-6;

function holds(property: (scenario: Scenario, parameters: Parameters) => void): void {
  fc.assert(fc.property(someScenario, someParameters, property));
}

describe("a schedule", () => {
  test.each<[string, number[], number, number]>([
    ["of nothing ends at once", [], 3, 0],
    ["on one worker is the sum", [1, 2, 3], 1, 6],
    ["on as many workers as tasks is the longest", [1, 2, 3], 3, 3],
    ["gives the next task to who is free first", [3, 1, 1, 1, 2], 2, 5],
  ])("%s", (_name, tasks, workers, want) => {
    expect(listSchedule(tasks, workers)).toBe(want);
  });

  test("keeps Graham's bounds, and is never slower for one more worker", () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1 }), fc.integer({ min: 1, max: 20 }), (tasks, workers) => {
        const end = listSchedule(tasks, workers);
        const share = tasks.reduce((sum, task) => sum + task, 0) / workers;
        const longest = Math.max(...tasks);
        expect(end).toBeGreaterThanOrEqual(Math.max(share, longest) - tiny);
        expect(end).toBeLessThanOrEqual(share + longest + tiny);
        expect(listSchedule(tasks, workers + 1)).toBeLessThanOrEqual(end + tiny);
      }),
    );
  });
});

describe("a simulated run", () => {
  test("is worked out by hand", () => {
    const simple = {
      ...measured,
      boot: 4,
      setUp: 6,
      nxStart: 1,
      nxPerOverlay: 0.1,
      before: 4.5,
      beforePerOverlay: 0.05,
      taskStart: 2,
      render: 1,
    };
    const exact = { ...simple, artifact: 100, bandwidth: 1000, roundTrip: 0.45, cores: 2 };
    // 5 tasks of 2 + 1 + 2 × 0.45 + 0.1 = 4 s: three on the first machine, in two rounds of its cores.
    const outcome = simulate({ environments: 10, affected: 5, fleet: 1, machines: 2 }, exact);
    expect(outcome.spent).toEqual({ setUp: 20, nx: 6, before: 5, render: 8 });
    expect(outcome.seconds).toBeCloseTo(39);
    expect(outcome.machineSeconds).toBeCloseTo(12 + 27 + 23);
    expect(outcome.bytes).toBe(500);
  });

  test("spends its seconds on what it names", () => {
    holds((scenario, parameters) => {
      const { spent, seconds: wall } = simulate(scenario, parameters);
      expect(Object.values(spent).reduce((sum, part) => sum + part, 0)).toBeCloseTo(wall);
    });
  });

  test("is never slower for one more machine", () => {
    holds((scenario, parameters) => {
      const more = simulate({ ...scenario, machines: scenario.machines + 1 }, parameters);
      expect(more.seconds).toBeLessThanOrEqual(simulate(scenario, parameters).seconds + tiny);
    });
  });

  test("costs no less machine time for one more machine", () => {
    // On one core, so that no core of another machine idles.
    holds((scenario, parameters) => {
      const single = { ...parameters, cores: 1 };
      const more = simulate({ ...scenario, machines: scenario.machines + 1 }, single);
      expect(more.machineSeconds).toBeGreaterThanOrEqual(simulate(scenario, single).machineSeconds - tiny);
    });
  });

  test("takes at least its critical path, and its work divided by all cores", () => {
    holds((scenario, parameters) => {
      const { seconds: wall, spent } = simulate(scenario, parameters);
      fc.pre(scenario.affected > 0);
      const { nxStart, before, taskStart, render, cores } = parameters;
      const tasks = Math.ceil(scenario.affected / scenario.fleet);
      const work = tasks * taskStart + scenario.affected * render;
      expect(wall).toBeGreaterThan(2 * setUpOf(parameters) + 3 * nxStart + before + taskStart + render);
      expect(spent.render).toBeGreaterThanOrEqual(work / (cores * scenario.machines) - tiny);
    });
  });

  test("is never faster for more environments, or a slower network", () => {
    holds((scenario, parameters) => {
      const wall = simulate(scenario, parameters).seconds;
      const grown = { ...scenario, environments: scenario.environments + 1 };
      expect(simulate(grown, parameters).seconds).toBeGreaterThanOrEqual(wall - tiny);
      const slower = {
        ...parameters,
        bandwidth: parameters.bandwidth / 2,
        roundTrip: 2 * parameters.roundTrip,
      };
      expect(simulate(scenario, slower).seconds).toBeGreaterThanOrEqual(wall - tiny);
    });
  });

  test("is done by as many machines as pay: one more or fewer is no better", () => {
    holds((scenario, parameters) => {
      const pay = machinesThatPay(scenario, 100, parameters);
      const price = (machines: number): number =>
        simulate({ ...scenario, machines }, parameters).seconds + machines * setUpOf(parameters);
      for (const other of [pay - 1, pay + 1].filter((count) => count > 0 && count <= 100)) {
        expect(price(pay)).toBeLessThanOrEqual(price(other));
      }
    });
  });
});

test("the README shows what it says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme).toContain(report(measured));
});
