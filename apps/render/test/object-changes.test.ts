import { expect, test } from "vitest";
import { formatChanges, objectChanges, type RenderedObject } from "../src/commands/upgrade/object-changes.ts";

const named = (kind: string, name: string, spec: object): RenderedObject & { spec: object } => ({
  kind,
  metadata: { name },
  spec,
});
const deployment = (image: string, args: string[]): RenderedObject =>
  named("Deployment", "shop", {
    template: { spec: { containers: [{ name: "proxy" }, { name: "web", image, args }] } },
  });
const crd = (properties: object): RenderedObject =>
  named("CustomResourceDefinition", "shops.example.com", {
    versions: [{ name: "v1", schema: { openAPIV3Schema: { properties } } }],
  });
const role: RenderedObject = { kind: "Role", metadata: { name: "shop" } };
const of = (...objects: RenderedObject[]): Map<string, RenderedObject> =>
  new Map(objects.map((object) => [object.kind, object]));

test("what changes is said by name, once for all environments in which it is the same", () => {
  const before = of(deployment("a:1", ["--x"]), crd({ a: { type: "string" }, b: {} }), role);
  const after = of(deployment("a:2", ["--x", "--y"]), crd({ a: { type: "integer" }, c: {}, d: {} }), {
    ...role,
    kind: "ClusterRole",
  });
  const changes = objectChanges(before, after);
  const text = formatChanges(
    new Map([
      ["dev", changes],
      ["idle", []],
      ["staging", changes],
    ]),
  );
  expect(text).toBe(`dev, staging: what changes
  added ClusterRole/shop
  changed CustomResourceDefinition/shops.example.com
    the schema, in places: 2 added, 1 removed, 1 changed
  changed Deployment/shop
    spec.template.spec.containers[web].image: "a:1" → "a:2"
    spec.template.spec.containers[web].args: ["--x"] → ["--x","--y"]
  removed Role/shop
idle: nothing changes
`);
});
