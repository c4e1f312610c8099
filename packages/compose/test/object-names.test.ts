import { base } from "@atlas/compose";
import { expect, test } from "vitest";
import { objectOf } from "./difference.ts";
import { problemsOf } from "./problems.ts";

const named = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
  ...objectOf(apiVersion, kind),
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

const names: [apiVersion: string, kind: string, name: string, isTaken: boolean][] = [
  ["v1", "ConfigMap", "a.b-c.d", true],
  ["v1", "ConfigMap", "undefined-behaviour", false],
  ["v1", "ConfigMap", "undefinedness", true],
  ["v1", "ConfigMap", "app-undefined", false],
  ["v1", "ConfigMap", "null-provider", true],
  ["v1", "ConfigMap", "null", false],
  ["v1", "ConfigMap", "app-[object Object]", false],
  ["v1", "ConfigMap", "My_Map!", false],
  ["v1", "ConfigMap", "a_b", false],
  ["v1", "ConfigMap", "a..b", false],
  ["v1", "ConfigMap", "a".repeat(253), true],
  ["v1", "ConfigMap", "a".repeat(254), false],
  ["v1", "Service", "web-1", true],
  ["v1", "Service", "1-web", false],
  ["v1", "Service", "a.b", false],
  ["v1", "Service", "a".repeat(64), false],
  ["v1", "Namespace", "1a", true],
  ["v1", "Namespace", "a.b", false],
  ["apps/v1", "StatefulSet", "a.b", false],
  ["policy/v1", "PodDisruptionBudget", "Any_thing", true],
  ["coordination.k8s.io/v1", "Lease", "a_b", false],
  ["batch/v1", "CronJob", "a".repeat(52), true],
  ["batch/v1", "CronJob", "a".repeat(53), false],
  ["rbac.authorization.k8s.io/v1", "ClusterRole", "system:Any_thing", true],
  ["rbac.authorization.k8s.io/v1", "ClusterRole", "system:NaN", false],
  ["example.com/v1", "Thing", "Any_thing", true],
];

test.each(names)("%s %s called %s: %s", (apiVersion, kind, name, isTaken) => {
  const problems = problemsOf({ resources: [named(apiVersion, kind, name)] }, base({}));
  expect(problems.map(({ path }) => path)).toEqual(isTaken ? [] : ["metadata.name"]);
});

const web = named("v1", "Service", "1-web");
test.each([
  ["makes right", { namePrefix: "a-" }, []],
  ["leaves wrong", { nameSuffix: "-a" }, ["metadata.name"]],
  ["makes too long", { namePrefix: `a${"b".repeat(60)}-` }, ["metadata.name"]],
])("what counts is the name that the layers leave: one that an affix %s", (_name, affix, want) => {
  expect(problemsOf(affix, base({ resources: [web] })).map(({ path }) => path)).toEqual(want);
});

test.each([
  ["namespace", { namespace: "undefined" }, "namespace"],
  ["namespace in part", { namespace: "shop-undefined" }, "namespace"],
  ["name prefix", { namePrefix: "undefined-" }, "namePrefix"],
  ["name suffix", { nameSuffix: "-NaN" }, "nameSuffix"],
  ["version of an image", { images: [{ name: "a/web", version: "undefined" }] }, "images[0].version"],
  ["mirror of an image", { images: [{ name: "a/web", mirror: "undefined/web" }] }, "images[0].mirror"],
  ["label", { labels: [{ pairs: { team: "undefined" } }] }, 'labels[0].pairs["team"]'],
  [
    "namespace of an object",
    { resources: [named("v1", "ConfigMap", "a", "undefined")] },
    "metadata.namespace",
  ],
])("a value that is not there is refused in a %s, with the reason", (_name, content, path) => {
  expect(problemsOf(content)).toMatchObject([
    { path, what: expect.stringMatching(/a value that is not there/) },
  ]);
});

test("a namespace that is not text is refused as such", () => {
  const given = named("v1", "ConfigMap", "a", 5 as never);
  expect(problemsOf({ resources: [given] }, base({}))).toMatchObject([{ path: "metadata.namespace" }]);
});
