import { plainText } from "../../objects/text.ts";
import { nameOf, valueAt, type RulePlace } from "../rule/place.ts";
import { all, eachOf, fields, type Look, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector } from "../metadata/labels.ts";
import { qualifiedName } from "../value/names.ts";
import { oneOf, textThat } from "../value/text.ts";

/*
 * What webhooks and policies of admission have in common: which requests they are asked about.
 *
 * Source: k8s.io/kubernetes/pkg/apis/admissionregistration/validation, and
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */

/** A star stands for all, and alone. */
const starAlone: Rule = (place, { report }) => {
  const { value } = place;
  if (Array.isArray(value) && value.length > 1 && value.includes("*"))
    report(place, "star-not-alone", '"*" stands for all of them', "take the others out");
};

const notEmpty: Rule = textThat(
  (text) => text !== "",
  "field-missing",
  "is empty",
  "state it, or take it out",
);

/** Resources, with subresources after a slash, none of which another stands for already. */
const admissionResources: Rule = (place, look) => {
  const { value } = place;
  if (!Array.isArray(value)) return;
  const names = value.map(plainText);
  const say = (what: string): void => look.report(place, "star-not-alone", what, "take the others out");
  if (names.length > 1 && names.includes("*/*")) say('"*/*" stands for all of them');
  // Of those without a subresource, the last decides, as it does in the API server.
  const whole = names.findLast((name) => !name.includes("/") && name !== "");
  if (names.includes("*") && whole !== undefined && whole !== "*")
    say('"*" stands for all that have no subresource');
  subresources(place, names, look);
};

function subresources(place: RulePlace, names: readonly string[], { report }: Look): void {
  const [whole, of] = [new Set<string>(), new Set<string>()];
  for (const [step, name] of names.entries()) {
    const slash = name.indexOf("/");
    if (slash < 0) continue;
    const [resource, sub] = [name.slice(0, slash), name.slice(slash + 1)];
    const by = whole.has(resource) ? `${resource}/*` : of.has(sub) ? `*/${sub}` : undefined;
    if (by !== undefined)
      report(
        { value: name, above: place, step },
        "star-not-alone",
        `${quoted(by)} stands for ${quoted(name)} already`,
        "take it out",
      );
    if (sub === "*") whole.add(resource);
    if (resource === "*") of.add(sub);
  }
}

const admissionOperations = ["CREATE", "UPDATE", "DELETE", "CONNECT", "*"];

/** Which requests a rule is about. */
export const admissionRule: Rule = fields(
  {
    operations: all(eachOf(oneOf(admissionOperations)), starAlone),
    apiGroups: starAlone,
    apiVersions: all(eachOf(notEmpty), starAlone),
    resources: all(eachOf(notEmpty), admissionResources),
    scope: oneOf(["Cluster", "Namespaced", "*"]),
  },
  "operations",
  "apiGroups",
  "apiVersions",
  "resources",
);

/** An expression that has to be there. What it means is compiled by the API server alone. */
export const expression: Rule = textThat(
  (text) => text.trim() !== "",
  "field-missing",
  "is an empty expression",
  "state one",
);

export const matchConditions: Rule = all(
  eachOf(fields({ name: qualifiedName, expression }, "name", "expression")),
  unique("list-key-repeated", nameOf, "the condition"),
  (place, { report }) => {
    if (Array.isArray(place.value) && place.value.length > 64)
      report(place, "list-too-long", "64 conditions is the most", "take some out");
  },
);

export const failurePolicy: Rule = oneOf(["Ignore", "Fail"]);
const matchPolicy = oneOf(["Exact", "Equivalent"]);

const namedRule: Rule = all(admissionRule, (place, look) => {
  const names = valueAt(place.value, "resourceNames");
  if (!Array.isArray(names)) return;
  unique(
    "list-key-repeated",
    (name) => (typeof name === "string" ? name : undefined),
    "the name",
  )({ value: names, above: place, step: "resourceNames" }, look);
});

/** Which requests a policy is about. */
export const matchResources: Rule = fields({
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  resourceRules: eachOf(namedRule),
  excludeResourceRules: eachOf(namedRule),
  matchPolicy,
});

/** The fields of a webhook that say which requests it is asked about. */
export const requests: Readonly<Record<string, Rule>> = {
  rules: eachOf(admissionRule),
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  failurePolicy,
  matchPolicy,
  matchConditions,
};
