import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { declaredType } from "../src/types/declared-types.ts";
import { parseLabelSelector } from "../src/read/label-selector.ts";
import { namesFor } from "../src/model/names.ts";
import { misfitsOf, misfitsOfPatch } from "../src/types/type-fit.ts";

const folder = dirname(createRequire(import.meta.url).resolve("kubernetes-types/package.json"));
const modules = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".d.ts"))
  .map((file) => file.slice(0, -".d.ts".length));

test.each(modules)("every type of %s is read", (module) => {
  const text = readFileSync(join(folder, `${module}.d.ts`), "utf8");
  const names = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
  for (const name of names) expect(declaredType(module, name), name).toBeDefined();
});

const fitOf = (fields: object): string[] => {
  const type = declaredType("apps/v1", "Deployment");
  return type ? misfitsOf(fields, type).map(({ path, what }) => `${path} ${what}`) : ["no type"];
};
const template = { spec: { containers: [{ name: "a" }] } };
const selector = {};

test.each<[object, string[]]>([
  [{ apiVersion: "apps/v1", kind: "Deployment", spec: { selector, template } }, []],
  [{ apiVersion: "v1" }, ['/apiVersion is not "apps/v1"']],
  [{ spec: { template } }, ["/spec/selector is missing"]],
  [{ spec: { selector, template, replicaz: 1 } }, ["/spec/replicaz does not exist"]],
  [{ spec: { selector, template, replicas: "1" } }, ["/spec/replicas is not a number"]],
  [
    { spec: { selector, template: { spec: { containers: {} } } } },
    ["/spec/template/spec/containers is not a list"],
  ],
  [
    { metadata: { labels: { a: 1 }, creationTimestamp: null } },
    ["/metadata/labels/a is not a string", "/metadata/creationTimestamp is not a string"],
  ],
  [{ spec: { selector, template, strategy: { rollingUpdate: { maxSurge: "1%", maxUnavailable: 1 } } } }, []],
])("%j fits but for %j", (given, want) => expect(fitOf(given)).toEqual(want));

test("a patch fits where its fields do, whatever it leaves out", () => {
  const type = declaredType("apps/v1", "Deployment");
  if (!type) throw new Error("no type");
  const containers = { a: { image: "b" }, c: null, $add: [{ image: "d" }] };
  const patch = { spec: { paused: null, selector: null, template: { spec: { containers } } } };
  expect(misfitsOfPatch(patch, type).map(({ path, what }) => `${path} ${what}`)).toEqual([
    "/spec/selector is not an object",
    "/spec/template/spec/containers/$add/0/name is missing",
  ]);
});

describe("a label selector", () => {
  const labels = { app: "web", tier: "front" };
  test.each<[string, boolean | undefined]>([
    ["app=web", true],
    ["app==web,tier=front", true],
    ["app = web , tier != back", true],
    ["app=api", false],
    ["none!=x", true],
    ["app", true],
    ["!app", false],
    ["!none", true],
    ["app in (api, web)", true],
    ["app in (api)", false],
    ["app notin (api,web)", false],
    ["none notin (a)", true],
    ["none in ()", false],
    ["app=", false],
    ["app >> 1", undefined],
    ["app in web", undefined],
    ["", undefined],
  ])("%s", (given, want) => expect(parseLabelSelector(given)?.(labels)).toBe(want));
});

const named = (kind: string, name: string, namespace?: string) => ({
  apiVersion: "v1",
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

test("objects are named as a person would name them, and no two alike", () => {
  const given = [
    named("Deployment", "web"),
    named("Service", "web"),
    named("Service", "api"),
    named("ConfigMap", "settings"),
    named("Secret", "web"),
    named("Role", "default"),
    named("Role", "1st"),
    named("Job", "index"),
    named("Job", "a.b"),
    named("Job", "a-b"),
    named("Job", "a-b", "other"),
    named("Function", "ünïcode"),
    named("constructor", "a"),
  ];
  expect(namesFor(given, new Set())).toEqual([
    "deployment",
    "web-service",
    "api",
    "settings",
    "secret",
    "default-role",
    "object-1st",
    "index-job",
    "a-b-job",
    "a-b-job-2",
    "a-b-job-other",
    "n-code",
    "constructor",
  ]);
});
