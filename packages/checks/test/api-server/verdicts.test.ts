import { accepted, type Finding } from "@atlas/checks/api-server";
import { expect, test } from "vitest";
import { bases, version } from "./bases/index.ts";
import { objectOf, recorded } from "./recorded.ts";

/*
 * What an API server was seen to say of some thousand objects, each a base with random changes. apps/e2e asks one again.
 */
const cases = recorded();
const errorsIn = (object: object): readonly Finding[] =>
  accepted(object, { version }).filter(({ severity }) => severity === "error");
const errorsOf = ([base, changes]: (typeof cases)[number]): readonly Finding[] =>
  errorsIn(objectOf([base, changes]));

test.each(Object.keys(bases))("nothing is wrong with the base %s, in any version", (name) => {
  const object = objectOf([name, []]);
  expect(accepted(object, { version })).toEqual([]);
  expect(accepted(object).filter(({ severity }) => severity === "error")).toEqual([]);
});

test("no object that the API server takes is refused", () => {
  const taken = cases.filter(([, , refused]) => refused === null);
  expect(taken.length).toBeGreaterThan(1000);
  const wrong = taken.filter((each) => errorsOf(each).length > 0);
  expect(wrong.map((each) => [JSON.stringify(each), errorsOf(each)])).toEqual([]);
});

/**
 * What is left to the cluster: expressions, which it compiles; what another object allows; how the cluster itself is set up.
 */
const left = /xpression$|x-kubernetes-validations|adminAccess$|clusterIPs\[0\]$|serviceAccountToken$/;

test("of those that the API server refuses by its rules, all are found but for what is left to it", () => {
  const refused = cases.filter(([, , fields]) => fields !== null);
  expect(refused.length).toBeGreaterThan(1000);
  const missed = refused.filter((each) => errorsOf(each).length === 0);
  expect(
    missed
      .filter(([, , fields]) => !fields?.some((field) => left.test(field)))
      .map((each) => JSON.stringify(each)),
  ).toEqual([]);
  expect(1 - missed.length / refused.length).toBeGreaterThan(0.99);
});

/** A path as the API server writes it, without the last step: its own name for a field is not always that of the version. */
const written = (path: Finding["path"]): string =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);

test("nearly all findings are where the API server finds something", () => {
  const both = cases.filter((each) => each[2] !== null && errorsOf(each).length > 0);
  const near = both.filter((each) =>
    errorsOf(each).some(({ path }) => each[2]?.some((field) => isNear(written(path), field))),
  );
  expect(near.length / both.length).toBeGreaterThan(0.95);
});

/** Whether one of two paths is that of the other, or of what that stands in, or next to it. */
function isNear(ours: string, theirs: string): boolean {
  const [one, other] = [ours, theirs].map((path) => path.replaceAll(/\[([^\]\d][^\]]*)\]/g, ".$1"));
  return one === other || one === parent(other) || parent(one) === other || parent(one) === parent(other);
}

const parent = (path = ""): string => path.replace(/(?:\.[^.[]*|\[[^[]*)$/, "");
