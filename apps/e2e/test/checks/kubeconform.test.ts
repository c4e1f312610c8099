import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { acceptedFor } from "@atlas/checks/api-server/by-kind";
import type { KubernetesObject } from "@atlas/compose";
import { schemaProblems, versionProblems } from "@atlas/compose/validation";
import { temporaryFolder } from "@atlas/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { bases } from "../../../../packages/checks/test/api-server/bases/index.ts";
import { changed, type Change, type Steps } from "../../../../packages/checks/test/api-server/change.ts";
import { filesOf } from "../../../../packages/compose/scripts/kubernetes-module.ts";
import { minorOf, releases } from "../../../../packages/compose/scripts/kubernetes-releases.ts";
import { notDemanded } from "../../../../packages/compose/src/problems/not-demanded.ts";
import { buildKubeconform, refusedBy, writeSchemas } from "../../src/engines/kubeconform.ts";

/** The release whose schemas kubeconform gets: the newest, which has the word on what is required. */
const release = releases.at(-1) ?? "";
const version = `1.${minorOf(release)}`;
const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];

const waysIn = (value: unknown, steps: Steps = []): readonly Steps[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([step, inner]) => {
        const way = [...steps, Array.isArray(value) ? Number(step) : step];
        return [way, ...waysIn(inner, way)];
      })
    : [];

/** A field that is misspelt, missing, or of another type. */
function mistakesIn(object: object): fc.Arbitrary<Change> {
  const ways = waysIn(object).filter(
    ([first]) => first !== "metadata" && first !== "apiVersion" && first !== "kind",
  );
  const way = fc.constantFrom(...(ways.length > 0 ? ways : [["spec"]]));
  const values = fc.constantFrom<unknown>(1, "a", true, [], {}, ["a"], { a: "b" }, 1.5, null);
  return fc.oneof(
    way.map((steps): Change => [steps]),
    way.map((steps): Change => [[...steps.slice(0, -1), `${String(steps.at(-1))}x`], "a"]),
    fc.tuple(way, values).map((change): Change => change),
  );
}

const cases = fc.sample(
  fc
    .constantFrom(...Object.entries(bases))
    .chain(([name, object]) =>
      mistakesIn(object).map((change) => ({ name, object: changed(object, [change]), change })),
    ),
  { seed: 1, numRuns: 2000 },
);

/** The objects with a name each, by which kubeconform tells them. */
const stream = (objects: readonly object[]): string =>
  objects
    .map((object, index) => JSON.stringify({ ...object, metadata: { name: `case-${index}` } }))
    .join("\n---\n");

/** The field that is missing where kubeconform says so, as the list of those that the API server does without has it. */
const isNotDemanded = (said: string): boolean =>
  [...said.matchAll(/missing propert(?:y|ies) ('[^,]*'(?:, '[^,]*')*)/g)].length > 0 &&
  [...said.matchAll(/'(\w+)'/g)].some(([, field = ""]) =>
    [...notDemanded].some((each) => each.endsWith(`.${field}`)),
  );

/** What API servers take all the same: a null among texts or amounts stands for an empty one, and a spec that may be missing. */
const takenNulls = [
  '["cluster-role",[["rules",0,"verbs",0],null]]',
  '["csi-driver",[["spec"],null]]',
  '["csi-storage-capacity",[["nodeTopology","matchLabels","a"],null]]',
  '["resource-quota",[["spec","hard","requests.cpu"],null]]',
  '["role",[["rules",1,"verbs",0],null]]',
  '["secret-basic",[["stringData","username"],null]]',
  '["storage-class",[["allowedTopologies",0,"matchLabelExpressions",0,"values",0],null]]',
];

describe.skipIf(isWithoutGo)("validation beside kubeconform", () => {
  const folder = temporaryFolder();
  let refused: ReadonlyMap<string, string> = new Map();
  let baseRefused: ReadonlyMap<string, string> = new Map();
  let accepted: Awaited<ReturnType<typeof acceptedFor>>;

  beforeAll(async () => {
    const program = await buildKubeconform(folder);
    const schemas = join(folder, "schemas");
    writeSchemas(schemas, (await filesOf(release)).swagger);
    refused = refusedBy(program, schemas, stream(cases.map(({ object }) => object)));
    baseRefused = refusedBy(program, schemas, stream(Object.values(bases)));
    accepted = await acceptedFor(Object.values(bases) as KubernetesObject[]);
  }, 600_000);

  const isRefusedHere = (object: KubernetesObject): boolean =>
    (schemaProblems(object, version)?.problems.length ?? 0) > 0 ||
    versionProblems(object, { version, of: "it" }).length > 0 ||
    accepted(object, { version }).some(({ severity }) => severity === "error");

  test("what is right is refused by neither", () => {
    expect([...baseRefused]).toEqual([]);
    expect(Object.values(bases).filter((object) => isRefusedHere(object as KubernetesObject))).toEqual([]);
  });

  test("each mistake that it finds is found", () => {
    const missed = cases.filter(({ object }, index) => {
      const said = refused.get(`case-${index}`);
      return said !== undefined && !isNotDemanded(said) && !isRefusedHere(object as KubernetesObject);
    });
    expect(missed.map(({ name, change }) => JSON.stringify([name, change])).toSorted()).toEqual(takenNulls);
    expect(refused.size).toBeGreaterThan(500);
  });

  test("and more than these", () => {
    const found = cases.filter(({ object }) => isRefusedHere(object as KubernetesObject));
    expect(found.length).toBeGreaterThan(refused.size);
  });
});
