import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { shopCrd } from "./fixtures.ts";

/** Warnings for a CRD of which one description has so many characters. */
async function warnings(characters: number) {
  const text = shopCrd.replace("limit: { ", () => `limit: { description: ${"x".repeat(characters)}, `);
  const files = await generate([{ file: "shops.yaml", text }]);
  expect(files.some(({ path }) => path === "manifests/shops.example.com.yaml")).toBe(true);
  return files.flatMap(({ warning }) => warning ?? []);
}

/** Where a real `kubectl apply` of 1.34 ends to take this CRD. */
const most = 260_411;

test("a CRD that client-side kubectl apply just takes needs no warning", async () => {
  expect(await warnings(most)).toEqual([]);
});

test("one that is larger is generated, with a warning that names server-side apply", async () => {
  expect(await warnings(most + 1)).toEqual([
    {
      code: "crd-too-large",
      file: "manifests/shops.example.com.yaml",
      what: "is too large for client-side kubectl apply, whose annotation would bring the object's to 262145 bytes, of 262144 that Kubernetes takes",
      fix: "Apply it with kubectl apply --server-side",
    },
  ]);
  expect(await warnings(500_000)).toHaveLength(1);
});
