import { base, compose, type KubernetesObject } from "@atlas/compose";
import { describe, expect, test } from "vitest";
import { withoutKubectl } from "@atlas/testing/kubectl";
import { kustomize } from "./kubectl.ts";

const rbac = "rbac.authorization.k8s.io";
const object = (
  apiVersion: string,
  kind: string,
  metadata: KubernetesObject["metadata"],
  rest: object = {},
) => ({
  apiVersion,
  kind,
  metadata,
  ...rest,
});
const service = (name: string, namespace?: string) => ({ name, ...(namespace && { namespace }) });
const account = (name: string, namespace?: string) => ({
  kind: "ServiceAccount",
  ...service(name, namespace),
});
const hook = (name: string, target: object) => ({
  name: `${name}.example.com`,
  clientConfig: { service: target },
});

const objects = [
  object("v1", "Namespace", { name: "old" }),
  object("v1", "ServiceAccount", { name: "shop" }),
  object("v1", "ServiceAccount", { name: "two", namespace: "old" }),
  object("v1", "ServiceAccount", { name: "three", namespace: "default" }),
  object("v1", "Service", { name: "hook", namespace: "old" }),
  object("v1", "Service", { name: "near" }),
  object(`${rbac}/v1`, "ClusterRole", { name: "a" }),
  object(
    `${rbac}/v1`,
    "RoleBinding",
    { name: "a" },
    {
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "a" },
      subjects: ["shop", "two", "three", "default", "stranger"].flatMap((name) => [
        // Of an account that is not there, a subject has to state the namespace.
        ...(name === "stranger" ? [] : [account(name)]),
        account(name, "old"),
        account(name, "default"),
        account(name, "elsewhere"),
      ]),
    },
  ),
  object(
    "admissionregistration.k8s.io/v1",
    "ValidatingWebhookConfiguration",
    { name: "a" },
    {
      webhooks: ["hook", "near", "stranger"].flatMap((name) => [
        hook(`${name}-none`, service(name)),
        hook(`${name}-old`, service(name, "old")),
        hook(`${name}-default`, service(name, "default")),
        hook(`${name}-elsewhere`, service(name, "elsewhere")),
      ]),
    },
  ),
  object(
    "apiregistration.k8s.io/v1",
    "APIService",
    { name: "v1.example.com" },
    {
      spec: { group: "example.com", version: "v1", service: service("stranger", "elsewhere") },
    },
  ),
  object(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    { name: "bars.example.com" },
    {
      spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { kind: "Bar", plural: "bars" },
        conversion: {
          strategy: "Webhook",
          webhook: { clientConfig: { service: service("stranger", "elsewhere") } },
        },
      },
    },
  ),
  object("example.com/v1", "Bar", { name: "a", namespace: "other" }),
  object("policy/v1", "PodDisruptionBudget", { name: "a" }),
];

describe("the namespace transform", () => {
  test.skipIf(withoutKubectl)(
    `moves what kubectl kustomize moves${withoutKubectl ? ` (skipped: ${withoutKubectl})` : ""}`,
    () => {
      const list = { apiVersion: "v1", kind: "List", items: objects };
      const theirs = kustomize({ namespace: "prod", resources: ["objects.yaml"] }, { "objects.yaml": list });
      expect(theirs).toHaveLength(objects.length);
      expect(compose(base({ namespace: "prod", resources: objects }))).toEqual(
        expect.arrayContaining(theirs),
      );
    },
  );

  test("leaves what Kustomize gets wrong: users and groups, local APIServices, cluster-scoped custom objects", () => {
    const subjects = [
      { kind: "User", name: "shop" },
      { kind: "Group", name: "shop" },
    ];
    const composed = compose(
      base({
        namespace: "prod",
        resources: [
          object("v1", "ServiceAccount", { name: "shop" }),
          object(`${rbac}/v1`, "ClusterRoleBinding", { name: "a" }, { subjects }),
          object("apiregistration.k8s.io/v1", "APIService", { name: "v1." }, { spec: { version: "v1" } }),
        ],
      }),
    );
    expect(composed).toMatchObject([
      { metadata: { namespace: "prod" } },
      { subjects },
      { spec: { version: "v1" } },
    ]);
    expect(composed[2]).toHaveProperty("spec", { version: "v1" });
    expect(composed[1]).toHaveProperty("subjects", subjects);
  });
});
