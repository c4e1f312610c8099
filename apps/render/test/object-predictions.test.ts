import { describe, expect, test } from "vitest";
import {
  formatPredictions,
  objectPredictions,
  type KindDefinitions,
  type WholeObject,
} from "../src/commands/upgrade/object-predictions.ts";

type Fields = Record<string, unknown>;

const crd = (properties: Fields): WholeObject => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "shops.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Shop", plural: "shops" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { metadata: { type: "object" }, spec: { type: "object", properties } },
          },
        },
      },
    ],
  },
});
const text = { type: "string" };
const shop = (spec: Fields, apiVersion = "example.com/v1"): WholeObject => ({
  apiVersion,
  kind: "Shop",
  metadata: { name: "corner" },
  spec,
});
const named = (...all: WholeObject[]): KindDefinitions => new Map(all.map((one) => [one.metadata.name, one]));
const environments = (all: Record<string, WholeObject[]>) =>
  new Map(
    Object.entries(all).map(([name, objects]) => [
      name,
      new Map(objects.map((object, index) => [`${index}.json`, object])),
    ]),
  );

const before = named(crd({ size: text, colour: text }));
const after = named(crd({ size: { ...text, enum: ["big"] }, count: { type: "integer", default: 1 } }));
const told = (
  objects: Record<string, WholeObject[]>,
  now: KindDefinitions = after,
  old: KindDefinitions = before,
): string =>
  formatPredictions(objectPredictions(environments(objects), old, now), (_one, path) =>
    path === "spec.colour" ? "shop.ts:3:9" : undefined,
  );

describe("what becomes of the objects of environments", () => {
  const cases: [string, string, string[]][] = [
    [
      "is said of each object, with the place of what is to be put right, and that first",
      told({ dev: [shop({ size: "small", colour: "red" })] }),
      [
        'Shop/corner in dev: loses spec.colour, which was "red" (shop.ts:3:9)',
        'Shop/corner in dev: is refused where it is created or changes there; as it is, it may stay: spec.size: the value is not allowed; got "small"; expected one of: "big"',
        "Shop/corner in dev: gets spec.count: 1, a default",
      ],
    ],
    [
      "is said once of what is the same in several",
      told(
        { dev: [shop({ count: 2 })], staging: [shop({ count: 2 })], production: [shop({ colour: "red" })] },
        named(crd({ size: text })),
      ),
      [
        'Shop/corner in production: loses spec.colour, which was "red" (shop.ts:3:9)',
        "Shop/corner in dev, staging: is as valid as it was",
      ],
    ],
    [
      "is that they are lost where their kind is",
      told({ dev: [shop({})] }, named()),
      ["Shop/corner in dev: is lost, as the release does not have its kind any more"],
    ],
    [
      "follows the CRD that the environment has itself",
      told({ dev: [crd({ size: text, own: text }), shop({ own: "x" })] }),
      [
        'Shop/corner in dev: loses spec.own, which was "x"',
        "Shop/corner in dev: gets spec.count: 1, a default",
      ],
    ],
  ];
  test.each(cases)("%s", (_name, said, want) =>
    expect(said).toBe(
      `What becomes of objects that are stored:\n${want.map((line) => `  ${line}\n`).join("")}`,
    ),
  );

  test.each<[string, string]>([
    ["whose kind no CRD of these declares", told({ dev: [shop({}, "example.org/v1")] })],
    ["whose CRD is the same", told({ dev: [shop({})] }, before)],
    ["whose kind is new", told({ dev: [shop({})] }, after, named())],
  ])("is nothing of those %s", (_name, said) =>
    expect(said).toBe("No environment has an object of a kind that changes.\n"),
  );
});
