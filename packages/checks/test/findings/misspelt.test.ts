import { check, type Finding, type KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";

const object = (kind: string, name: string, namespace?: string, fields: object = {}): KubernetesObject => ({
  apiVersion: kind === "ClusterRoleBinding" ? "rbac.authorization.k8s.io/v1" : "v1",
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  ...fields,
});
const pod = (spec: object, namespace?: string) =>
  object("Pod", "web", namespace, {
    spec: {
      containers: [{ name: "a", image: "a:1", resources: { limits: { memory: "1Gi" } } }],
      ...spec,
    },
  });
const volume = (secretName: string) => pod({ volumes: [{ name: "a", secret: { secretName } }] }, "shop");
const severityOf = (code: string, objects: readonly KubernetesObject[]) =>
  check(objects).find((each) => each.code === code)?.severity;

describe("a Secret that is missing is an error where its name is that of another, misspelt", () => {
  test.each([
    ["shop-databse", "shop-database", "error"],
    ["shop-databsae", "shop-database", "error"],
    ["shopdatabase", "shop-database", "error"],
    ["web-tokens", "web-token", "error"],
    // Names of their own, as people have them side by side.
    ["shop-1", "shop-2", "warning"],
    ["team-a", "team-b", "warning"],
    ["shop-east1-db", "shop-east2-db", "warning"],
    ["webhook-server-cert", "webhook-server-secret", "warning"],
    ["argocd-application-controller", "argocd-applicationset-controller", "warning"],
    ["db-user", "db-pass", "warning"],
  ])("%s, beside %s: %s", (name, other, severity) => {
    expect(severityOf("secret-missing", [volume(name), object("Secret", other, "shop")])).toBe(severity);
  });
});

const named = (found: readonly Finding[], code: string) => found.find((each) => each.code === code);

describe("of a short name, which may be one of its own, it stays a warning, and the other is named", () => {
  test.each([
    ["webs", "web", true],
    ["webb", "web", true],
    ["wep", "web", true],
    ["shop-apu", "shop-api", true],
    ["dev", "web", false],
    ["team-a", "team-b", false],
    ["db1", "db2", false],
    ["db-user", "db-pass", false],
  ])("%s, beside %s", (name, other, isNear) => {
    const found = named(check([volume(name), object("Secret", other, "shop")]), "secret-missing");
    expect([found?.severity, found?.fix === `did you mean "${other}"?`]).toEqual(["warning", isNear]);
  });

  test.each([
    ["service-account-missing", pod({ serviceAccountName: "webb" }, "shop"), "ServiceAccount"],
    [
      "scale-target-missing",
      {
        ...object("HorizontalPodAutoscaler", "a", "shop", {
          spec: { scaleTargetRef: { apiVersion: "v1", kind: "Pod", name: "wep" } },
        }),
        apiVersion: "autoscaling/v2",
      },
      "Pod",
    ],
  ])("%s", (code, one, kind) => {
    const other = kind === "Pod" ? pod({}, "shop") : object(kind, "web", "shop");
    expect(named(check([one, other]), code)).toMatchObject({
      severity: "warning",
      fix: 'did you mean "web"?',
    });
  });
});

describe("of what the operator reads, it is said what becomes of the object", () => {
  test.each([
    ["secret-missing", { urlFrom: { secretKeyRef: { name: "none", key: "url" } } }],
    ["config-map-missing", { schema: { configMapKeyRef: { name: "none", key: "a.sql" } } }],
    ["key-missing", { urlFrom: { secretKeyRef: { name: "shop", key: "uri" } } }],
  ])("%s", (code, spec) => {
    const schema = {
      ...object("AtlasSchema", "shop", "shop", { spec }),
      apiVersion: "db.atlasgo.io/v1alpha1",
    };
    const secret = object("Secret", "shop", "shop", { stringData: { url: "sqlite://a" } });
    const what = check([schema, secret]).find((each) => each.code === code)?.what;
    expect(what).toMatch(/the operator applies nothing, and the object stays NotReady/);
  });
});

const subject = (namespace: string) =>
  object("ClusterRoleBinding", "web", undefined, {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace }],
  });

describe("an object without a namespace lies where it is applied to", () => {
  test.each<[string, string, readonly KubernetesObject[], string | undefined]>([
    ["subject-missing", "an account", [subject("argocd"), object("ServiceAccount", "web")], undefined],
    [
      "subject-missing",
      "not an account that states another",
      [subject("argocd"), object("ServiceAccount", "web", "shop")],
      "error",
    ],
    [
      "service-account-missing",
      "the account of a pod",
      [pod({ serviceAccountName: "web" }, "system"), object("ServiceAccount", "web")],
      undefined,
    ],
    [
      "service-account-missing",
      "a pod of an account",
      [pod({ serviceAccountName: "web" }), object("ServiceAccount", "web", "system")],
      undefined,
    ],
    [
      "service-account-missing",
      "neither",
      [pod({ serviceAccountName: "web" }, "shop"), object("ServiceAccount", "web", "system")],
      "error",
    ],
  ])("%s: %s", (code, _name, objects, severity) => {
    expect(severityOf(code, objects)).toBe(severity);
  });
});
