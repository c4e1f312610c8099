import { at, textAt, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { dnsSubdomain } from "../value/names.ts";
import { hasForm, textThat } from "../value/text.ts";
import { isSignerName } from "./signer.ts";

/*
 * ClusterTrustBundles, but for what is in their certificates.
 *
 * Source: ValidateClusterTrustBundle in k8s.io/kubernetes/pkg/apis/certificates/validation.
 */

const pemCertificate = /-----BEGIN CERTIFICATE-----\s[\s\S]*?-----END CERTIFICATE-----/;

/** One that belongs to a signer is named after it. */
const nameBySigner: Rule = (place, { report }) => {
  const name = textAt(valueAt(place.value, "metadata"), "name") ?? "";
  const signer = textAt(valueAt(place.value, "spec"), "signerName") ?? "";
  const prefix = signer === "" ? "" : `${signer.replaceAll("/", ":")}:`;
  if (name === "" || (name.startsWith(prefix) && hasForm(dnsSubdomain, name.slice(prefix.length)))) return;
  report(
    at(at(place, "metadata"), "name"),
    "name-malformed",
    `${quoted(name)} is not ${prefix === "" ? "" : `${quoted(prefix)} and `}a DNS subdomain`,
    "rename the object",
  );
};

export const clusterTrustBundle: Rule = all(
  fields(
    {
      spec: fields({
        signerName: (place, look) => {
          if (place.value !== "") isSignerName(place, look);
        },
        trustBundle: textThat(
          (text) => pemCertificate.test(text) && text.length <= 1_048_576,
          "text-malformed",
          "has no certificate in PEM",
          "write the certificates of the authorities",
        ),
      }),
    },
    "spec",
  ),
  nameBySigner,
);
