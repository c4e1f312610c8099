import { spawnSync } from "node:child_process";
import type { KubernetesObject } from "@atlas/checks";
import { temporaryFolder } from "@atlas/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  buildEngines,
  type EngineAnswers,
  type Engines,
  type PolicyWorld,
} from "../../src/engines/network-policy-engines.ts";
import { answersOf } from "./network-answers.ts";
import { cyclonusWorld, networkWorld } from "./network-world.ts";

/** How many probes there are, and of which worlds. */
const count = Number(process.env["CHECKS_CASES"] ?? 2000);
const seed = Number(process.env["CHECKS_SEED"] ?? 1);
const perWorld = 20;

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

interface Difference {
  readonly engine: string;
  readonly probe: unknown;
  readonly ours: boolean;
  readonly policies: readonly KubernetesObject[];
}

function differences(
  worlds: readonly PolicyWorld[],
  answers: readonly EngineAnswers[],
  engines: readonly (keyof EngineAnswers)[],
): Difference[] {
  return worlds.flatMap((world, index) => {
    const own = answersOf(world);
    return engines.flatMap((engine) => {
      const theirs = answers[index]?.[engine] ?? [];
      expect(theirs.length).toBe(own.length);
      return own.flatMap((allowed, at): Difference[] =>
        allowed === theirs[at]
          ? []
          : [{ engine, probe: world.probes[at], ours: allowed, policies: world.policies }],
      );
    });
  });
}

// In CI it has to run.
describe.skipIf(isWithoutGo)("NetworkPolicy engines, which need Go", () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await buildEngines(temporaryFolder("engines-"));
  }, 900_000);

  test.each<[string, boolean, (keyof EngineAnswers)[]]>([
    ["Cyclonus and kube-network-policies", true, ["Cyclonus", "KubeNetworkPolicies"]],
    // What lacks a label is not among any values, but for Cyclonus.
    ["kube-network-policies, where labels may be missing", false, ["KubeNetworkPolicies"]],
  ])(
    `${count / 2} random probes are answered as by %s`,
    (_name, isWhole, names) => {
      const worlds = fc.sample(networkWorld(isWhole, perWorld), {
        seed,
        numRuns: Math.ceil(count / 2 / perWorld),
      });
      const answers = engines.ask(worlds);
      expect(differences(worlds, answers, names).slice(0, 5)).toEqual([]);
      const allowed = answers
        .flatMap(({ KubeNetworkPolicies }) => KubeNetworkPolicies)
        .filter(Boolean).length;
      expect(allowed / (count / 2)).toBeGreaterThan(0.1);
      expect(allowed / (count / 2)).toBeLessThan(0.9);
    },
    900_000,
  );

  test("each step of all of Cyclonus's cases is answered as by both", () => {
    const cases = engines.cases();
    expect(cases.length).toBe(230);
    const worlds = cases.flat().map(cyclonusWorld);
    expect(differences(worlds, engines.ask(worlds), ["Cyclonus", "KubeNetworkPolicies"]).slice(0, 5)).toEqual(
      [],
    );
  });
});
