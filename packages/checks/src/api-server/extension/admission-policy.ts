import { at, elementPlaces, hasFields, isSet, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { quoted } from "../rule/wording.ts";
import { labelSelector } from "../metadata/labels.ts";
import { dns1035Label, isQualified, isSubdomain, pathSegment } from "../value/names.ts";
import { formed, hasForm, oneOf, textThat } from "../value/text.ts";
import { expression, failurePolicy, matchConditions, matchResources } from "./admission-rules.ts";

/*
 * ValidatingAdmissionPolicies and their bindings, but for what their expressions mean.
 *
 * Source: validateValidatingAdmissionPolicySpec and its like in
 * k8s.io/kubernetes/pkg/apis/admissionregistration/validation, and
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */

const reservedIdentifiers = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);
const policyVariable: Rule = textThat(
  (text) => /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(text) && !reservedIdentifiers.has(text),
  "text-malformed",
  "is not a name of a variable in CEL",
  "write letters, digits and underscores, no digit first",
);

const message: Rule = textThat(
  (text) => text === "" || (text.trim() !== "" && !/[\n\r]/.test(text.trim())),
  "text-malformed",
  "is no message of one line",
  "write it without breaks",
);

/** The kind of what a policy takes its parameters from. */
export const paramKind: Rule = fields(
  {
    apiVersion: textThat(
      (text) => {
        const [group = "", version, ...more] = text.split("/");
        return (
          more.length === 0 &&
          hasForm(dns1035Label, version ?? group) &&
          (version === undefined || group !== "")
        );
      },
      "text-malformed",
      "is not a version of an API",
      'write it as "example.com/v1"',
    ),
    kind: textThat(
      (text) => hasForm(dns1035Label, text.toLowerCase()),
      "text-malformed",
      "is not a kind",
      'write it as "Deployment"',
    ),
  },
  "apiVersion",
  "kind",
);

/** Values that expressions are given, by name. */
export const policyVariables: Rule = eachOf(
  fields({ name: policyVariable, expression }, "name", "expression"),
);

const admissionPolicySpec: Rule = all(
  fields(
    {
      failurePolicy,
      paramKind,
      matchConstraints: fields({}, "resourceRules"),
      matchConditions,
      variables: policyVariables,
      validations: eachOf(
        fields(
          {
            expression,
            message,
            messageExpression: textThat(
              (text) => text === "" || text.trim() !== "",
              "field-missing",
              "is an empty expression",
              "state one, or take it out",
            ),
            reason: oneOf(["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"]),
          },
          "expression",
        ),
      ),
      auditAnnotations: all(
        eachOf(fields({ valueExpression: expression }, "key", "valueExpression")),
        unique("list-key-repeated", (each) => textAt(each, "key"), "the key"),
      ),
    },
    "matchConstraints",
  ),
  fields({ matchConstraints: matchResources }),
  (place, { report }) => {
    if (!isSet(place.value, "validations") && !isSet(place.value, "auditAnnotations"))
      report(place, "union-missing", "the policy asks for nothing", "state validations or auditAnnotations");
  },
);

/** The keys of audit annotations stand behind the name of the policy. */
const auditKeys: Rule = (place, { report }) => {
  const name = textAt(valueAt(place.value, "metadata"), "name") ?? "";
  for (const each of elementPlaces(at(at(place, "spec"), "auditAnnotations"))) {
    const key = textAt(each.value, "key") ?? "";
    if (key !== "" && !isQualified(`${name}/${key}`))
      report(
        at(each, "key"),
        "text-malformed",
        `${quoted(`${name}/${key}`)} is not a qualified name`,
        "write letters, digits and inner hyphens, underscores and dots",
      );
  }
};

export const admissionPolicy: Rule = all(fields({ spec: admissionPolicySpec }, "spec"), auditKeys);

/** Which object has the parameters. */
export const paramRef: Rule = all(
  fields(
    {
      name: (place, look) => {
        if (place.value !== "") formed(pathSegment)(place, look);
      },
      selector: labelSelector,
      parameterNotFoundAction: oneOf(["Deny", "Allow"]),
    },
    "parameterNotFoundAction",
  ),
  (place, { report }) => {
    const [byName, bySelector] = [isSet(place.value, "name"), hasFields(valueAt(place.value, "selector"))];
    if (byName && bySelector)
      report(at(place, "selector"), "union-stated-twice", "there is name already", "take one out");
    if (!byName && !bySelector)
      report(place, "union-missing", "nothing says which parameter it is", "state name or selector");
  },
);

const actions: Rule = all(
  eachOf(oneOf(["Deny", "Warn", "Audit"])),
  unique("list-key-repeated", (action) => (typeof action === "string" ? action : undefined), "the action"),
  (place, { report }) => {
    if (Array.isArray(place.value) && place.value.includes("Deny") && place.value.includes("Warn"))
      report(place, "strategy-conflict", "who is denied needs no warning", "take Warn out");
  },
);

export const admissionPolicyBinding: Rule = fields(
  {
    spec: all(
      fields({ policyName: isSubdomain, paramRef, matchResources, validationActions: actions }, "policyName"),
      (place, look) => requireField(place, "validationActions", look),
    ),
  },
  "spec",
);
