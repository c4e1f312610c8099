import type { KubernetesObject } from "@atlas/compose";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNamesOf } from "../src/output/file-names.ts";

const object = (apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

test.each<[string, KubernetesObject[], string[]]>([
  [
    "a kind, its group and a name",
    [object("v1", "Service", "web"), object("apps/v1", "Deployment", "web")],
    ["service_web.yaml", "deployment.apps_web.yaml"],
  ],
  [
    "a namespace that is not the environment's",
    [object("v1", "Service", "web", "shop"), object("v1", "Service", "web", "other")],
    ["service_web.yaml", "service_other_web.yaml"],
  ],
  [
    "names that file systems fold",
    [object("v1", "Role", "system:Web"), object("v1", "Role", "system:web"), object("v1", "Role", "café")],
    ["role_system%3a%57eb.yaml", "role_system%3aweb.yaml", "role_caf%c3%a9.yaml"],
  ],
  [
    "kinds that differ in capitals alone",
    [object("example.com/v1", "K8sWidget", "a"), object("example.com/v1", "K8SWidget", "a")],
    ["k8swidget.example.com_a~HASH.yaml", "k8swidget.example.com_a~HASH.yaml"],
  ],
])("%s", (_name, objects, names) => {
  const got = fileNamesOf(objects, "shop", "yaml");
  expect(new Set(got).size).toBe(objects.length);
  expect(got.map((name) => name.replace(/~\w{16}/, "~HASH"))).toEqual(names);
});

const part = fc.string({
  unit: fc.constantFrom("a", "A", "_", "%", ".", "-", "é", "e\u0301", "5", "f"),
  minLength: 1,
});
const long = part.map((text) => text.repeat(60).slice(0, 253));
const anyObject = fc
  .tuple(
    fc.constantFrom("v1", "a/v1", "A/v1", "a_b/v1"),
    fc.constantFrom("Role", "ROLE", "role", "Role_a", "Ro"),
    fc.oneof(part, long),
    fc.option(fc.oneof(part, fc.constant("shop")), { nil: undefined }),
  )
  .map(([apiVersion, kind, name, namespace]) => object(apiVersion, kind, name, namespace));

test("no two objects share a file, on a file system that folds case or Unicode", () => {
  const unique = fc.uniqueArray(anyObject, {
    // An object without a namespace stands in the environment's, and is refused beside one that states it.
    selector: ({ apiVersion, kind, metadata: { name, namespace = "shop" } }) =>
      JSON.stringify([apiVersion, kind, name, namespace]),
    maxLength: 30,
  });
  fc.assert(
    fc.property(unique, (objects) => {
      const names = fileNamesOf(objects, "shop", "yaml");
      expect(new Set(names.map((name) => name.normalize("NFC").toLowerCase())).size).toBe(objects.length);
      for (const name of names) expect(name).toMatch(/^[a-z0-9._%~-]{1,255}$/);
    }),
  );
});
