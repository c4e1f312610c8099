import { check, type CheckOptions, type KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { edited } from "./edit.ts";
import { sound } from "./sound.ts";

const container = "spec.template.spec.containers[0]";
const operator = "Deployment/atlas/operator";
const with2 = (own: readonly string[], its: readonly string[], more: object = {}) => {
  const first = edited(sound, { [operator]: { [`${container}.args`]: own } });
  const second = first
    .filter(({ kind, metadata }) => kind === "Deployment" && metadata.namespace === "atlas")
    .map((each) => ({ ...each, metadata: { name: "second", namespace: "second" } }));
  return {
    first,
    second: edited(second, { "Deployment/second/second": { [`${container}.args`]: its, ...more } }),
  };
};
const codesOf = (objects: readonly KubernetesObject[], more: CheckOptions = {}) =>
  check(objects, more).filter(({ code }) => code === "operators-overlap");
const [all, shop, both] = [[], ["--namespace=shop"], ["--namespace=shop,billing"]] as const;
const labels = (selector: string) => [`--label-selector=${selector}`];

const overlapping: readonly (readonly [
  name: string,
  own: readonly string[],
  its: readonly string[],
  isFound: boolean,
  more?: object,
])[] = [
  ["neither bounded", all, all, true],
  ["one bounded by a namespace", shop, all, true],
  ["one namespace in common", shop, both, true],
  ["no namespace in common", shop, ["--namespace", "billing"], false],
  ["a list that is empty", shop, ["--namespace="], true],
  ["other labels", labels("team=shop"), labels("team in (billing,stock)"), false],
  ["labels of two names", labels("team=shop"), labels("tier=front"), true],
  ["a label and its lack", labels("team"), labels("!team"), false],
  ["all values but one", labels("team!=shop"), labels("team=shop"), false],
  ["all values but one, and others", labels("team!=shop"), labels("team notin (billing)"), true],
  ["labels against none", labels("team=shop"), all, true],
  ["one of them told by a variable", ["--namespace=$(NAMESPACES)"], all, false],
  ["one that does not run", all, all, false, { "spec.replicas": 0 }],
  ["one behind a shell", all, all, false, { [`${container}.command`]: ["sh", "-c"] }],
];

describe("operators-overlap: of two operators in a cluster", () => {
  test.each(
    overlapping.map(([name, own, its, isFound, more = {}]) => [name, own, its, isFound, more] as const),
  )("%s", (_name, own, its, isFound, more) => {
    const { first, second } = with2(own, its, more);
    expect(codesOf([...first, ...second]).map(({ object: { name } }) => name)).toEqual(
      isFound ? ["second"] : [],
    );
    const beside = [{ name: "stage", objects: second }];
    expect(codesOf(first, { beside }).map(({ what }) => what)).toEqual(
      isFound ? [expect.stringContaining("Deployment/second of stage in second")] : [],
    );
  });

  test("that wait for one lease, one reconciles", () => {
    const { first, second } = with2(["--leader-elect"], ["--leader-elect"]);
    const beside = second.map((each) => ({ ...each, metadata: { name: "second", namespace: "atlas" } }));
    expect([codesOf([...first, ...second]).length, codesOf([...first, ...beside]).length]).toEqual([1, 0]);
  });

  test("that are one workload in two environments, nothing is said", () => {
    expect(codesOf(sound, { beside: [{ name: "stage", objects: sound }] })).toEqual([]);
  });
});
