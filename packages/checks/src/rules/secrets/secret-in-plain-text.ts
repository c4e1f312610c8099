import { found, type Rule } from "../../findings/rule.ts";
import type { KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf } from "../../objects/node.ts";

export const secretInPlainText: Rule = {
  code: "secret-in-plain-text",
  severity: "warning",
  why: "Base64 hides nothing: whoever may read the sources, or the repository that rendered manifests are committed to, reads the Secret, and a commit keeps it after it was removed.",
  fix: "let an ExternalSecret or a SealedSecret make it in the cluster, encrypt the file with SOPS, or create it by hand and refer to it",
  link: "https://kubernetes.io/docs/concepts/configuration/secret/#information-security-for-secrets",
  isAboutCommits: true,
  find: (world) =>
    world.of("", "Secret").flatMap((secret) => {
      if (isEncryptedBySops(secret)) return [];
      const keys = [
        ...secretKeys(secret, "data", decodedText),
        ...secretKeys(secret, "stringData", (text) => text),
      ];
      if (keys.length === 0) return [];
      const names = keys.slice(0, mostKeys).map((key) => JSON.stringify(key));
      const more = keys.length > mostKeys ? ` and ${keys.length - mostKeys} more` : "";
      return [
        found(
          nodeOf(secret),
          `it holds ${names.join(", ")}${more} in plain text: who reads the repository that the manifests are committed to reads it`,
        ),
      ];
    }),
};

/** As many keys as a person reads at once. */
const mostKeys = 5;

const secretKeys = (
  secret: KubernetesObject,
  field: "data" | "stringData",
  textOf: (value: string) => string,
): readonly string[] =>
  fieldNodes(at(nodeOf(secret), field)).flatMap(([key, { value }]) =>
    typeof value === "string" && isConfidential(textOf(value)) ? [key] : [],
  );

const decodedText = (text: string): string => Buffer.from(text, "base64").toString("utf8");

/** What is empty, a certificate, or is filled in by whoever applies it, keeps nothing that others may not read. */
const isConfidential = (text: string): boolean => {
  const content = text.trim();
  if (content === "" || /^(?:<[^<>]+>|\$\{[^{}]+\}|\{\{[^{}]+\}\})$/.test(content)) return false;
  return !content.startsWith("-----BEGIN CERTIFICATE-----") || content.includes("PRIVATE KEY-----");
};

/** What SOPS has encrypted has its mark beside the fields. */
const isEncryptedBySops = (secret: KubernetesObject): boolean => "sops" in secret;
