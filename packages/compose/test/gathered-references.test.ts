import { base, compose, overlay } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { inOrder, kustomize } from "./kubectl.ts";

const rbac = "rbac.authorization.k8s.io";
const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };
const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "web" } };
const pod = (namespace: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web", namespace },
  spec: {
    serviceAccountName: "web",
    containers: [{ name: "a", envFrom: [{ configMapRef: { name: "settings" } }] }],
  },
});
const binding = (namespace: string) => ({
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRoleBinding",
  metadata: { name: "web" },
  roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "view" },
  subjects: [{ kind: "ServiceAccount", name: "web", namespace }],
});

/** Objects that state another namespace than those that they name, until a layer gives one to all. */
const table: Readonly<Record<string, readonly object[]>> = {
  "a pod with a namespace, what it names without": [settings, account, pod("system")],
  "a subject in the namespace that is to come": [account, binding("shop")],
};

describe.skipIf(withoutKubectl)(
  "a layer that gathers objects in its namespace lets references find them",
  () => {
    test.each(Object.entries(table))("%s", (_name, resources) => {
      const change = { namespace: "shop", namePrefix: "x-" };
      const layer = overlay({ base: base({ resources: resources as never }), ...change });
      const theirs = kustomize(
        { resources: ["below"], ...change },
        {
          "below/kustomization.yaml": { resources: ["objects.yaml"] },
          "below/objects.yaml": { apiVersion: "v1", kind: "List", items: resources },
        },
      );
      expect(inOrder(compose(layer))).toEqual(inOrder(theirs));
    });

    test("and the base alone is no problem", () => {
      expect(compose(base({ resources: [settings, account, pod("system")] }))).toHaveLength(3);
    });
  },
);
