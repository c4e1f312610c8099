import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@atlas/testing";
import { expect, test } from "vitest";
import { crdsOfFile } from "../src/foreign-crds/crds.ts";
import { samplesOf } from "../src/foreign-crds/samples.ts";

const crdText = (
  plural: string,
  kind: string,
  versions: string,
): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.example.com }
spec: { group: example.com, scope: Namespaced, names: { kind: ${kind}, plural: ${plural} }, versions: ${versions} }
`;
const shop = "apiVersion: example.com/v1\nkind: Shop\nmetadata: { name: a, namespace: b }\n";

test("the samples of a project are found beside a CRD without versions, as controller-gen writes some", () => {
  const folder = temporaryFolder();
  const file = join(folder, "all.yaml");
  const crds = [crdText("malls", "Mall", "null"), crdText("shops", "Shop", "[{ name: v1, served: true }]")];
  writeFileSync(file, [...crds, shop].join("---\n"));
  const samples = samplesOf({ name: "shops", sources: [file], folders: [folder] }, crdsOfFile(file));
  expect(samples).toMatchObject([
    { file: "all.yaml", key: "example.com/v1/Shop", object: { kind: "Shop", metadata: { name: "a" } } },
  ]);
});
