import { check, type KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";

function secret(content: object, annotations: Readonly<Record<string, string>> = {}): KubernetesObject {
  const metadata = { name: "a", namespace: "shop", annotations };
  return { apiVersion: "v1", kind: "Secret", metadata, ...content };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const privateKey = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";

const saidOf = (objects: readonly KubernetesObject[], isCommitted: boolean): readonly string[] =>
  check(objects, { isCommitted })
    .filter(({ code }) => code === "secret-in-plain-text" || code.startsWith("ignore-"))
    .map(({ code, what }) => `${code}: ${what}`);

describe("of what is committed, a Secret that holds something is told once, with its keys:", () => {
  test.each<[what: string, content: object, keys: string]>([
    ["text", { stringData: { url: "postgres://a:b@c/d" } }, '"url"'],
    ["base64", { data: { password: base64("hunter2") } }, '"password"'],
    ["both", { data: { a: base64("1") }, stringData: { b: "2" } }, '"a", "b"'],
    ["bytes", { data: { a: "//79" } }, '"a"'],
    ["a key beside a certificate", { data: { crt: base64(certificate), key: base64(privateKey) } }, '"key"'],
    ["a key behind a certificate", { stringData: { pem: certificate + privateKey } }, '"pem"'],
    ["text around what is filled in", { stringData: { url: "postgres://a:b@${HOST}/d" } }, '"url"'],
    [
      "many",
      { stringData: Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((key) => [key, "x"])) },
      '"a", "b", "c", "d", "e" and 2 more',
    ],
    [
      "a login",
      { type: "kubernetes.io/basic-auth", stringData: { username: "a", password: "b" } },
      '"username"',
    ],
  ])("%s", (_, content, keys) => {
    const [said, ...more] = saidOf([secret(content)], true);
    expect(said).toContain(`it holds ${keys}`);
    expect(more).toEqual([]);
  });
});

describe("nothing is told of", () => {
  test.each<[what: string, object: KubernetesObject]>([
    ["an empty Secret", secret({})],
    ["one without data", secret({ data: {}, stringData: {} })],
    ["empty values", secret({ data: { a: "" }, stringData: { b: " " } })],
    ["a token that the cluster fills in", secret({ type: "kubernetes.io/service-account-token" })],
    ["one of Helm's without data", secret({ type: "helm.sh/release.v1" })],
    ["a certificate", secret({ data: { "ca.crt": base64(certificate) } })],
    ["what Argo CD fills in", secret({ stringData: { a: "<path:secret/data/a#b>" } })],
    ["what Flux fills in", secret({ data: { a: base64("${PASSWORD}") } })],
    [
      "what SOPS has encrypted",
      secret({ stringData: { a: "ENC[AES256_GCM,data:a]" }, sops: { mac: "ENC[a]" } }),
    ],
    ["values of another type", secret({ data: { a: 1 }, stringData: null })],
    [
      "an ExternalSecret",
      {
        ...secret({ spec: { data: [{ secretKey: "a" }] } }),
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
      },
    ],
    [
      "a SealedSecret",
      {
        ...secret({ spec: { encryptedData: { a: "AgB" } } }),
        apiVersion: "bitnami.com/v1alpha1",
        kind: "SealedSecret",
      },
    ],
    ["a ConfigMap", { ...secret({ data: { a: "b" } }), kind: "ConfigMap" }],
  ])("%s", (_, object) => {
    expect(saidOf([object], true)).toEqual([]);
  });

  test("manifests that nobody commits, where a reason to ignore it is not unused", () => {
    const reason = { "checks.atlas-manifests/ignore-secret-in-plain-text": "a test's" };
    const content = { stringData: { a: "b" } };
    expect(saidOf([secret(content)], false)).toEqual([]);
    expect(saidOf([secret(content, reason)], false)).toEqual([]);
    expect(saidOf([secret(content, reason)], true)).toEqual([]);
    expect(saidOf([secret({}, reason)], true)).toEqual([expect.stringContaining("ignore-unused")]);
  });
});
