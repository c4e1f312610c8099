import { at, hasFields, valueAt } from "../rule/place.ts";
import { all, fields, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { dns1035Label, dnsSubdomain } from "../value/names.ts";
import { portNumber } from "../value/numbers.ts";
import { hasForm, textThat } from "../value/text.ts";

/*
 * How the API server reaches a webhook.
 *
 * Source: k8s.io/apiserver/pkg/util/webhook/validation.go, and
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */

const webhookUrl: Rule = textThat(
  isWebhookUrl,
  "url-malformed",
  "is not a URL of a webhook",
  'write "https://host/path", without user, query and fragment',
);

function isWebhookUrl(text: string): boolean {
  const [, host, rest = ""] = /^https:\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  return host !== undefined && host !== "" && !host.includes("@") && !/[?#]/.test(rest) && URL.canParse(text);
}

const webhookPath: Rule = textThat(
  (text) => {
    if (text === "/" || text === "") return true;
    return (
      text.startsWith("/") &&
      text
        .slice(1)
        .replace(/\/$/, "")
        .split("/")
        .every((step) => hasForm(dnsSubdomain, step))
    );
  },
  "path-malformed",
  "is not a path of a webhook",
  "write steps of lower-case letters, digits, hyphens and dots, a slash first",
);

/** A URL or a Service, by which a webhook is reached. */
export const webhookClient: Rule = all(
  fields({ url: webhookUrl, service: fields({ path: webhookPath, port: portNumber }, "name", "namespace") }),
  (place, { report }) => {
    const [byUrl, byService] = [
      valueAt(place.value, "url") !== undefined,
      hasFields(valueAt(place.value, "service")),
    ];
    if (byUrl && byService)
      report(at(place, "url"), "union-stated-twice", "there is a service already", "take one out");
    if (!byUrl && !byService)
      report(place, "union-missing", "nothing says where the webhook is", "state url or service");
  },
);

/** The versions of reviews that a webhook takes, one of which the API server has to know. */
export const reviewVersions: Rule = (place, { report }) => {
  const { value } = place;
  if (!Array.isArray(value) || value.length === 0) return;
  const seen = new Set<unknown>();
  for (const [step, version] of value.entries()) {
    const inList = { value: version, above: place, step };
    if (seen.has(version))
      report(inList, "list-key-repeated", `${quoted(version)} is there twice`, "take one out");
    else if (typeof version === "string" && !hasForm(dns1035Label, version))
      report(inList, "text-malformed", `${quoted(version)} is not a version`, 'write one as "v1"');
    seen.add(version);
  }
  if (!seen.has("v1") && !seen.has("v1beta1"))
    report(place, "review-versions", "the API server knows none of these versions of reviews", "add v1");
};
