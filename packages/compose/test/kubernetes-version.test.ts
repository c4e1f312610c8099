import type { KubernetesObject } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import { fieldsIn, kindFields, versionProblems } from "../src/problems/version-problems.ts";
import { knownVersions, newestVersion } from "../src/kubernetes/known-versions.ts";

const objectOf = (apiVersion: string, kind: string, spec?: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: "a" },
  ...(spec && { spec }),
});
const deployment = (pod: object): KubernetesObject =>
  objectOf("apps/v1", "Deployment", { template: { spec: { containers: [{ name: "a" }], ...pod } } });

describe("what the version that an object is for does not have is named with the versions that do", () => {
  const cases: [string, { given: KubernetesObject; version: string; path: string; what: string }][] = [
    [
      "a field that is newer",
      {
        given: objectOf("v1", "Pod", { schedulingGroup: { podGroupName: "a" } }),
        version: "1.34",
        path: "spec.schedulingGroup",
        what: "spec.schedulingGroup exists from 1.36 on; dev is for 1.34",
      },
    ],
    [
      "a field that was there for a while",
      {
        given: deployment({ workloadRef: { name: "a" } }),
        version: "1.37",
        path: "spec.template.spec.workloadRef",
        what: "spec.template.spec.workloadRef exists from 1.35 on, up to 1.35; dev is for 1.37",
      },
    ],
    [
      "a value that is newer, in a list",
      {
        given: deployment({ tolerations: [{ key: "a", operator: "Gt", value: "1" }] }),
        version: "1.34",
        path: "spec.template.spec.tolerations[0].operator",
        what: "spec.template.spec.tolerations[0].operator: Gt exists from 1.35 on; dev is for 1.34",
      },
    ],
    [
      "a kind that is gone",
      {
        given: objectOf("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", {}),
        version: "1.32",
        path: "apiVersion",
        what: "FlowSchema in flowcontrol.apiserver.k8s.io/v1beta3 exists up to 1.31; dev is for 1.32",
      },
    ],
    [
      "a kind that is newer",
      {
        given: objectOf("resource.k8s.io/v1", "ResourceClaim", {}),
        version: "1.33",
        path: "apiVersion",
        what: "ResourceClaim in resource.k8s.io/v1 exists from 1.34 on; dev is for 1.33",
      },
    ],
  ];
  test.each(cases)("%s", (_name, { given, version, path, what }) => {
    expect(versionProblems(given, { version, of: "dev" })).toMatchObject([
      { object: `${given.kind}/a`, path, what },
    ]);
  });

  test.each(cases)("%s, and nothing where the version has it", (_name, { given, what }) => {
    const since = /from (1\.\d+)/.exec(what)?.[1] ?? /to (1\.\d+)/.exec(what)?.[1] ?? "";
    expect(versionProblems(given, { version: since, of: "dev" })).toEqual([]);
  });

  test("a field that is null is not there", () => {
    const given = objectOf("v1", "Pod", { schedulingGroup: null });
    expect(versionProblems(given, { version: "1.31", of: "dev" })).toEqual([]);
  });

  test("of kinds of others nothing is said", () => {
    const given = objectOf("example.com/v1", "Pod", { schedulingGroup: {} });
    expect(versionProblems(given, { version: "1.31", of: "dev" })).toEqual([]);
  });
});

describe("the fields of a kind in a version", () => {
  test.each([
    ["1.33", "hostnameOverride", false],
    ["1.34", "hostnameOverride", true],
    ["1.35", "workloadRef", true],
    ["1.36", "workloadRef", false],
    ["1.31", "containers", true],
    [newestVersion, "containers", true],
  ])("%s has PodSpec.%s: %s", (version, field, expected) => {
    const template = kindFields("v1", "Pod", version)?.fields.get("spec")?.definition ?? "";
    expect(fieldsIn(template, version)?.fields.has(field)).toBe(expected);
  });

  test.each(knownVersions)(
    "%s has Deployments, and no HorizontalPodAutoscaler in autoscaling/v2beta2",
    (version) => {
      expect(kindFields("apps/v1", "Deployment", version)).toBeDefined();
      expect(kindFields("autoscaling/v2beta2", "HorizontalPodAutoscaler", version)).toBeUndefined();
    },
  );
});
