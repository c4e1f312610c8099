import { acceptedFor } from "@atlas/checks/api-server/by-kind";
import type { KubernetesObject } from "@atlas/compose";
import { schemaProblems, versionProblems } from "@atlas/compose/validation";
import { expect, test } from "vitest";
import { version } from "../../../packages/checks/test/api-server/bases/index.ts";
import { objectOf, recorded } from "../../../packages/checks/test/api-server/recorded.ts";

/*
 * What validation says of the objects that an API server was asked about, schemas and rules together. Of wrong types and
 * unknown fields nothing is recorded: the API server refuses these before it looks any further.
 */
const cases = recorded().map((line) => ({
  line,
  object: objectOf([line[0], line[1]]) as KubernetesObject,
  refused: line[2],
}));
const accepted = await acceptedFor(cases.map(({ object }) => object));

const problemsOf = (object: KubernetesObject): readonly string[] => [
  ...[...(schemaProblems(object)?.problems ?? []), ...versionProblems(object, { version, of: "it" })].map(
    ({ path = "" }) => path,
  ),
  ...accepted(object, { version })
    .filter(({ severity }) => severity === "error")
    .map(({ path }) => path.join(".")),
];

/**
 * What the API server takes and we refuse. Fields of gates that are off it drops, with what is wrong in them; of two
 * elements of one key it warns, and takes the last.
 */
const stricter =
  /restartPolicyRules|fileKeyRef|clusterTrustBundle|volumes\[5\]\.image\.pullPolicy|env\[5\]$|variables\[1\]$/;

test("what an API server has taken is not refused", () => {
  const wrong = cases.flatMap(({ line, object, refused }) => {
    const problems = refused ? [] : problemsOf(object).filter((path) => !stricter.test(path));
    return problems.length > 0 ? [[JSON.stringify(line), ...problems]] : [];
  });
  expect(wrong).toEqual([]);
});

test("nearly all that an API server has refused is refused", () => {
  const refused = cases.filter((each) => each.refused !== null);
  const found = refused.filter(({ object }) => problemsOf(object).length > 0);
  expect(refused.length).toBeGreaterThan(1000);
  expect(found.length / refused.length).toBeGreaterThan(0.98);
});
