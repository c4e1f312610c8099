import { accepted, type Finding } from "@atlas/checks/api-server";
import { describe, expect, test } from "vitest";
import { bases, version as usual } from "./bases/index.ts";
import { objectOf, recorded, recordedVersions, verdictIn } from "./recorded.ts";

/*
 * What API servers were seen to say of some thousand objects, each a base with random changes. apps/e2e asks them again. Of
 * what a server cannot read, or does not serve, nothing is said here.
 */
interface Case {
  readonly text: string;
  /** The fields that it is refused for; null where it is taken. */
  readonly refused: readonly string[] | null;
  readonly errors: readonly Finding[];
}
const casesOf = (version: string): readonly Case[] =>
  recorded().flatMap((line) => {
    const refused = verdictIn(line, version);
    if (typeof refused === "number") return [];
    const errors = errorsIn(objectOf(line), version);
    return [{ text: JSON.stringify(line), refused, errors }];
  });
const errorsIn = (object: object, version: string): readonly Finding[] =>
  accepted(object, { version }).filter(({ severity }) => severity === "error");

test.each(Object.keys(bases))("nothing is wrong with the base %s, in any version", (name) => {
  const object = objectOf([name, []]);
  expect(accepted(object, { version: usual })).toEqual([]);
  expect(accepted(object).filter(({ severity }) => severity === "error")).toEqual([]);
});

/**
 * What is left to the cluster: expressions, which it compiles; what another object allows; how the cluster itself is set up.
 */
const left = /xpression$|x-kubernetes-validations|adminAccess$|clusterIPs\[0\]$|serviceAccountToken$/;

describe.each(recordedVersions)("in Kubernetes %s", (of) => {
  const cases = casesOf(of);

  test("no object that the API server takes is refused", () => {
    const taken = cases.filter(({ refused }) => refused === null);
    expect(taken.length).toBeGreaterThan(1000);
    const wrong = taken.filter(({ errors }) => errors.length > 0);
    expect(wrong.map(({ text, errors }) => [text, errors])).toEqual([]);
  });

  test("of those that the API server refuses by its rules, all are found but for what is left to it", () => {
    const refused = cases.filter((each) => each.refused !== null);
    expect(refused.length).toBeGreaterThan(1000);
    const missed = refused.filter(({ errors }) => errors.length === 0);
    expect(
      missed.filter((each) => !each.refused?.some((field) => left.test(field))).map(({ text }) => text),
    ).toEqual([]);
    expect(1 - missed.length / refused.length).toBeGreaterThan(0.99);
  });

  test("nearly all findings are where the API server finds something", () => {
    const both = cases.filter(({ refused, errors }) => refused !== null && errors.length > 0);
    const near = both.filter(({ refused, errors }) =>
      errors.some(({ path }) => refused?.some((field) => isNear(written(path), field))),
    );
    expect(near.length / both.length).toBeGreaterThan(0.95);
  });
});

/** A path as the API server writes it, without the last step: its own name for a field is not always that of the version. */
const written = (path: Finding["path"]): string =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);

/** Whether one of two paths is that of the other, or of what that stands in, or next to it. */
function isNear(ours: string, theirs: string): boolean {
  const [one, other] = [ours, theirs].map((path) => path.replaceAll(/\[([^\]\d][^\]]*)\]/g, ".$1"));
  return one === other || one === parent(other) || parent(one) === other || parent(one) === parent(other);
}

const parent = (path = ""): string => path.replace(/(?:\.[^.[]*|\[[^[]*)$/, "");
