import { all, eachOf, fields, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { between } from "../value/numbers.ts";
import { oneOf, textThat } from "../value/text.ts";
import { isSignerName } from "./signer.ts";

/*
 * CertificateSigningRequests, but for the request itself, which is encoded.
 *
 * Source: validateCertificateSigningRequest in k8s.io/kubernetes/pkg/apis/certificates/validation, and
 * https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
 */

const usages = [
  "signing",
  "digital signature",
  "content commitment",
  "key encipherment",
  "key agreement",
  "data encipherment",
  "cert sign",
  "crl sign",
  "encipher only",
  "decipher only",
  "any",
  "server auth",
  "client auth",
  "code signing",
  "email protection",
  "s/mime",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "timestamping",
  "ocsp signing",
  "microsoft sgc",
  "netscape sgc",
];

const signerName: Rule = all(
  isSignerName,
  textThat(
    (text) => text !== "kubernetes.io/legacy-unknown",
    "word-unknown",
    "is the signer of requests that name none, and cannot be named",
    "name another",
  ),
);

export const certificateRequest: Rule = fields(
  {
    spec: fields(
      {
        signerName,
        expirationSeconds: between(600, Infinity),
        usages: all(
          eachOf(oneOf(usages)),
          unique(
            "list-key-repeated",
            (usage) => (typeof usage === "string" ? usage : undefined),
            "the usage",
          ),
        ),
        request: textThat(
          (text) => text.replaceAll(/\s/g, "").startsWith("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS"),
          "text-malformed",
          "is not a request in PEM, in base64",
          "encode the file of the request",
        ),
      },
      "signerName",
      "request",
      "usages",
    ),
  },
  "spec",
);
