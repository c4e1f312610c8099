import type { KubernetesObject } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import {
  objectOf,
  recorded,
  recordedVersions,
  verdictIn,
} from "../../../packages/checks/test/api-server/recorded.ts";
import { refusals } from "./judgement.ts";

/*
 * What rendering says of the objects that API servers of several versions were asked about: schemas, what a version has, and
 * rules together.
 */
describe.each(recordedVersions)("of Kubernetes %s", async (version) => {
  const cases = await Promise.all(
    recorded().map(async (line) => {
      // Of two elements of one key an API server takes the last, and refuses both when they are applied by server side.
      const all = await refusals(objectOf(line) as KubernetesObject, version);
      const problems = all.filter(({ code }) => code !== "element-repeated");
      return { text: JSON.stringify(line), verdict: verdictIn(line, version), problems, all };
    }),
  );

  test("what an API server has taken is not refused", () => {
    const taken = cases.filter(({ verdict }) => verdict === null);
    expect(taken.length).toBeGreaterThan(1000);
    const wrong = taken.flatMap(({ text, problems }) =>
      problems.length > 0 ? [[text, ...problems.map(({ path, what }) => `${path}: ${what}`)]] : [],
    );
    expect(wrong).toEqual([]);
  });

  test("nearly all that an API server has refused is refused", () => {
    const refused = cases.filter(({ verdict }) => verdict !== null);
    const found = refused.filter(({ all }) => all.length > 0);
    expect(refused.length).toBeGreaterThan(1000);
    expect(found.length / refused.length).toBeGreaterThan(0.99);
  });
});
