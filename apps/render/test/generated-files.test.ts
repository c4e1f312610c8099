import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accepted } from "@atlas/checks/api-server";
import { knownVersions, type KubernetesObject } from "@atlas/compose";
import { schemaProblems, versionProblems } from "@atlas/compose/validation";
import { crds } from "@atlas/crd-types/crds";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { atlasRender, environmentsOf } from "./command.ts";

/*
 * Files that a generator has validated are not read to be validated again: so they have to be right for every version.
 */
describe.each(crds.map((crd) => [crd.metadata.name, crd] as const))("%s", (_name, { source, size }) => {
  const object: KubernetesObject = parse(readFileSync(source, "utf8"));
  test.each(knownVersions)("is right for Kubernetes %s", (version) => {
    const refused = accepted(object, { version }).filter(({ severity }) => severity === "error");
    expect([
      ...(schemaProblems(object)?.problems ?? []),
      ...versionProblems(object, { version, of: "it" }),
      ...refused,
    ]).toEqual([]);
  });
  test("has the size that is stated", () => {
    expect(statSync(source).size).toBe(size);
  });
});

const moduleWith = (size: number): string => `
const shop = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shop" }, size: ${size} };
export default base({ resources: [external(shop, new URL("shop.yaml", import.meta.url))] });`;

test("one that has not the size that it was generated with is validated as any other", () => {
  const text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  a: 1\n";
  const folder = environmentsOf({ same: moduleWith(text.length), changed: moduleWith(text.length - 1) });
  for (const name of ["same", "changed"]) writeFileSync(join(folder, name, "shop.yaml"), text);
  const { status, stderr } = atlasRender("render", "--environments", folder, "--output", "-");
  expect([status, stderr.match(/^atlas-render: .*$/gm)]).toEqual([
    2,
    ["atlas-render: changed: ConfigMap/shop: data.a: got 1"],
  ]);
});
