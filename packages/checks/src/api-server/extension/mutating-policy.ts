import { plainText } from "../../objects/text.ts";
import { at, elementPlaces, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, type Rule } from "../rule/rule.ts";
import { isSubdomain } from "../value/names.ts";
import { oneOf } from "../value/text.ts";
import { paramKind, paramRef, policyVariables } from "./admission-policy.ts";
import { expression, failurePolicy, matchConditions, matchResources } from "./admission-rules.ts";

/*
 * MutatingAdmissionPolicies and their bindings, but for what their expressions mean.
 *
 * Source: validateMutatingAdmissionPolicySpec and its like in k8s.io/kubernetes/pkg/apis/admissionregistration/validation, and
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */

/** The field of the patch of each type. */
const patchFields: Readonly<Record<string, string>> = {
  ApplyConfiguration: "applyConfiguration",
  JSONPatch: "jsonPatch",
};
const mutationPatch = fields({ expression }, "expression");

/** The patch is of the type that is stated, and of no other. */
const mutation: Rule = all(
  fields(
    {
      patchType: oneOf(Object.keys(patchFields)),
      applyConfiguration: mutationPatch,
      jsonPatch: mutationPatch,
    },
    "patchType",
  ),
  (place, look) => {
    const patchType = textAt(place.value, "patchType") ?? "";
    const wanted = patchFields[patchType];
    if (wanted === undefined) return;
    requireField(place, wanted, look);
    for (const name of Object.values(patchFields))
      if (name !== wanted && valueAt(place.value, name) !== undefined)
        look.report(
          at(place, name),
          "union-stated-twice",
          `the patch is of the type ${patchType}`,
          "take it out",
        );
  },
);

/** What is removed, or connected to, is not changed. */
const onlyChanges: Rule = (place, { report }) => {
  for (const rule of elementPlaces(at(place, "resourceRules")))
    for (const operation of elementPlaces(at(rule, "operations")))
      if (["DELETE", "CONNECT", "*"].includes(plainText(operation.value)))
        report(
          operation,
          "word-unknown",
          "a policy changes what is created or updated",
          "write CREATE or UPDATE",
        );
};

const mutatingPolicySpec: Rule = fields(
  {
    failurePolicy,
    paramKind,
    matchConstraints: all(fields({}, "resourceRules"), matchResources, onlyChanges),
    matchConditions,
    variables: policyVariables,
    mutations: eachOf(mutation),
    reinvocationPolicy: oneOf(["Never", "IfNeeded"]),
  },
  "matchConstraints",
  "mutations",
  "reinvocationPolicy",
);

export const mutatingPolicy: Rule = fields({ spec: mutatingPolicySpec }, "spec");

export const mutatingPolicyBinding: Rule = fields(
  { spec: fields({ policyName: isSubdomain, paramRef, matchResources }, "policyName") },
  "spec",
);
