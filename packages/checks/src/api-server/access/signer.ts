import { all, type Rule } from "../rule/rule.ts";
import { dnsSubdomain } from "../value/names.ts";
import { hasForm, textThat } from "../value/text.ts";

/**
 * The name of a signer of certificates: a domain of two labels at least, and a path.
 *
 * Source: ValidateSignerName in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#signers
 */
export const isSignerName: Rule = all(
  textThat(
    isSigner,
    "text-malformed",
    "is not a name of a signer",
    'write it as "example.com/name", of 571 characters at most',
  ),
);

function isSigner(text: string): boolean {
  const parts = text.split("/");
  const [domain = "", path = ""] = parts;
  if (parts.length !== 2 || text.length > 571 || !domain.includes(".")) return false;
  return hasForm(dnsSubdomain, domain) && hasForm({ ...dnsSubdomain, longest: 317 }, path);
}
