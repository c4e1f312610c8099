import {
  base,
  compose,
  imageReference,
  overlay,
  type ImageRecord,
  type KubernetesObject,
} from "@atlas/compose";
import { describe, expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { inOrder, kustomize } from "./kubectl.ts";
import { problemsOf } from "./problems.ts";

const digest = `sha256:${"0".repeat(64)}`;
const other = `sha256:${"f".repeat(64)}`;
const images = ["a/web", "a/web:1", `a/web@${other}`, `a/web:1@${other}`, "host:5000/a/web:1", "a/webs:1"];
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web" },
  spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
};

describe("an image record", () => {
  test.skipIf(withoutKubectl).each<[string, Omit<ImageRecord, "name">, object]>([
    ["a version", { version: "2" }, { newTag: "2" }],
    ["a digest", { digest }, { digest }],
    ["both", { version: "2", digest }, { newTag: "2", digest }],
    ["a mirror alone", { mirror: "b/web" }, { newName: "b/web" }],
    ["a mirror and a version", { mirror: "b/web", version: "2" }, { newName: "b/web", newTag: "2" }],
    ["a mirror and a digest", { mirror: "b/web", digest }, { newName: "b/web", digest }],
  ])("with %s does what Kustomize's images do", (_name, record, transform) => {
    const theirs = kustomize(
      { resources: ["pod.yaml"], images: [{ name: "a/web", ...transform }] },
      { "pod.yaml": pod },
    );
    const ours = compose(base({ resources: [pod], images: [{ name: "a/web", ...record }] }));
    expect(inOrder(ours)).toEqual(inOrder(theirs));
  });

  test("that states nothing is refused", () => {
    expect(problemsOf({ images: [{ name: "example/shop" }] })).toMatchObject([
      { what: 'the image "example/shop" is to stay as it is', expected: "a version, a digest or a mirror" },
    ]);
  });

  test.each<[ImageRecord, string]>([
    [{ name: "a/b", digest }, `a/b@${digest}`],
    [{ name: "a/b", mirror: "c/d" }, "c/d"],
  ])("%j is written %s", (given, want) => expect(imageReference(given)).toBe(want));
});

describe("what is not an image record is refused, with the record that was meant", () => {
  const pull = { path: "images[0]", expected: "an object: name, and version, digest or mirror" };
  const text: [string, string][] = [
    ["a/web:v1", 'write { name: "a/web", version: "v1" }'],
    ["host:5000/a/web:v1", 'write { name: "host:5000/a/web", version: "v1" }'],
    [`a/web@${digest}`, `write { name: "a/web", digest: "${digest}" }`],
    [`a/web:v1@${digest}`, `write { name: "a/web", version: "v1", digest: "${digest}" }`],
    ["a/web", 'write { name: "a/web", version: "…" }'],
    ["a/web=b/web:v1", 'write { name: "a/web", mirror: "b/web", version: "v1" }'],
    ["a/web=b/web", 'write { name: "a/web", mirror: "b/web" }'],
  ];
  test.each(text)("%s", (given, fix) => {
    const what = `got ${JSON.stringify(given)}`;
    expect(problemsOf({ images: [given as never] })).toMatchObject([{ ...pull, what, fix }]);
  });

  const fields: [object, [path: string, what: string, fix: string][]][] = [
    [
      { name: "a/web", newTag: "v1", newName: "b/web" },
      [
        ["images[0].newTag", 'the field "newTag" does not exist', 'here it is version: "v1"'],
        ["images[0].newName", 'the field "newName" does not exist', 'here it is mirror: "b/web"'],
      ],
    ],
    [
      { image: "a/web", tag: 1 },
      [
        ["images[0].image", 'the field "image" does not exist', 'here it is name: "a/web"'],
        ["images[0].tag", 'the field "tag" does not exist', "here it is version: 1"],
      ],
    ],
    [
      { name: "a/web", verison: "v1" },
      [["images[0].verison", 'the field "verison" does not exist', 'did you mean "version"?']],
    ],
    [
      { name: "a/web", digest, version: undefined },
      [["images[0].version", "the value is undefined", "a variable of the environment that is not set"]],
    ],
    [{ name: "a/web", version: 1.27 }, [["images[0].version", "got 1.27", 'quote it: "1.27"']]],
    [{ name: "a/web", version: "v1:v2" }, [["images[0].version", 'got "v1:v2"', "as the registry does"]]],
    [{ name: "a/web", digest: "0".repeat(64) }, [["images[0].digest", "got", "as the registry does"]]],
    ...["0".repeat(63), "0".repeat(65), `${"0".repeat(63)}g`].map((digits): (typeof fields)[number] => [
      { name: "a/web", digest: `sha256:${digits}` },
      [["images[0].digest", "got", "as the registry does"]],
    ]),
    [
      { name: "a/web", version: "v".repeat(129) },
      [["images[0].version", 'got "vvv', "as the registry does"]],
    ],
    [{ name: "a/web:v1", version: "v2" }, [["images[0].name", 'got "a/web:v1"', 'write "a/web"']]],
    [{ name: "a/web", mirror: "b/web:v1" }, [["images[0].mirror", 'got "b/web:v1"', 'write "b/web"']]],
    [{ version: "v1" }, [["images[0].name", "got nothing", "arigaio/atlas-operator"]]],
    [{ name: "", version: "v1" }, [["images[0].name", 'got ""', "arigaio/atlas-operator"]]],
    [[], [["images[0]", "got a list", "{ name:"]]],
  ];
  test.each(fields)("%j", (given, want) => {
    const problems = problemsOf({ images: [given as never] });
    expect(problems).toHaveLength(want.length);
    for (const [index, [path, what, fix]] of want.entries()) {
      expect(problems[index]).toMatchObject({ path, what: expect.stringContaining(what) });
      expect(problems[index]?.fix).toContain(fix);
    }
  });

  test("null", () => {
    expect(problemsOf({ images: [null as never] })).toMatchObject([{ path: "images[0]", what: "got null" }]);
  });
});

const named = (name: string, image: string): KubernetesObject & { spec: object } => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: { containers: [{ name: "main", image }] },
});

describe("an overlay of several bases", () => {
  const shop = base({ resources: [named("shop", "a/web")], images: [{ name: "a/web", version: "1" }] });
  const store = base({ resources: [named("store", "a/web")], namespace: "data" });

  test("has the objects of all, each base complete by itself", () => {
    const objects = compose(overlay({ base: [shop, store], labels: [{ pairs: { team: "x" } }] }));
    expect(objects).toEqual(
      [
        { ...named("store", "a/web"), metadata: { name: "store", namespace: "data", labels: { team: "x" } } },
        { ...named("shop", "a/web:1"), metadata: { name: "shop", labels: { team: "x" } } },
      ].toSorted((a, b) => ("namespace" in a.metadata ? 1 : 0) - ("namespace" in b.metadata ? 1 : 0)),
    );
  });

  test("has each object once", () => {
    expect(() => compose(overlay({ base: [shop, shop] }))).toThrow("two objects are Pod/shop");
  });

  test("cannot stand on itself, or on what is not there", () => {
    const circle = { ...overlay({ base: [shop, store] }) };
    Object.assign(circle, { beside: [circle] });
    expect(() => compose(circle)).toThrow("a layer stands on itself");
    const lost = overlay({ base: [shop, undefined as unknown as typeof shop] });
    expect(() => compose(lost)).toThrow("the base of an overlay is undefined");
  });
});
