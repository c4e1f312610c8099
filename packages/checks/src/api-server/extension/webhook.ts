import { textAt } from "../rule/place.ts";
import { all, eachOf, fields, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { dnsSubdomain } from "../value/names.ts";
import { between } from "../value/numbers.ts";
import { hasForm, oneOf, textThat } from "../value/text.ts";
import { requests } from "./admission-rules.ts";
import { reviewVersions, webhookClient } from "./webhook-client.ts";

/*
 * ValidatingWebhookConfigurations and MutatingWebhookConfigurations.
 *
 * Source: ValidateValidatingWebhookConfiguration and its like in
 * k8s.io/kubernetes/pkg/apis/admissionregistration/validation, and
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */

const webhookName: Rule = textThat(
  (text) => hasForm(dnsSubdomain, text) && text.split(".").length >= 3,
  "text-malformed",
  "is not a name of a webhook",
  'write a domain of three labels at least, as "defaults.shop.example.com"',
);

const webhookFields = {
  ...requests,
  name: webhookName,
  clientConfig: webhookClient,
  sideEffects: oneOf(["None", "NoneOnDryRun"]),
  timeoutSeconds: between(1, 30),
  admissionReviewVersions: reviewVersions,
};
const requiredWebhookFields = ["name", "clientConfig", "sideEffects", "admissionReviewVersions"] as const;

const distinctWebhooks = unique("webhook-name-repeated", (hook) => textAt(hook, "name"), "the webhook");

export const validatingWebhooks: Rule = fields({
  webhooks: all(eachOf(fields(webhookFields, ...requiredWebhookFields)), distinctWebhooks),
});

export const mutatingWebhooks: Rule = fields({
  webhooks: all(
    eachOf(
      fields(
        { ...webhookFields, reinvocationPolicy: oneOf(["Never", "IfNeeded"]) },
        ...requiredWebhookFields,
      ),
    ),
    distinctWebhooks,
  ),
});
