import { plainText } from "../../objects/text.ts";
import { at, hasFields, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, mapOf, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { operatorValues } from "../metadata/labels.ts";
import { resourceQuantity } from "../pod/resources.ts";
import { isQualified } from "../value/names.ts";
import { oneOf, textThat } from "../value/text.ts";

/*
 * ResourceQuotas.
 *
 * Source: ValidateResourceQuotaSpec in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */

const podQuotas = ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];
const standardQuotas = new Set([
  ...podQuotas,
  "ephemeral-storage",
  "requests.storage",
  "requests.ephemeral-storage",
  "limits.ephemeral-storage",
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "persistentvolumeclaims",
  "configmaps",
  "services.nodeports",
  "services.loadbalancers",
]);

const isStandard = (name: string): boolean =>
  standardQuotas.has(name) || /^(?:requests\.)?hugepages-/.test(name);

const hardName: Rule = textThat(
  (text) => isQualified(text) && (text.includes("/") || isStandard(text)),
  "resource-unknown",
  "is not a resource of quotas",
  'write one as pods, requests.cpu, count/deployments.apps or, with its domain, "requests.example.com/gpu"',
);

const podCounts = new Set(["pods", ...podQuotas]);
const ofScope: Readonly<Record<string, ReadonlySet<string>>> = {
  Terminating: podCounts,
  NotTerminating: podCounts,
  NotBestEffort: podCounts,
  PriorityClass: podCounts,
  CrossNamespacePodAffinity: podCounts,
  BestEffort: new Set(["pods"]),
  VolumeAttributesClass: new Set(["persistentvolumeclaims", "requests.storage"]),
};
const scopes = Object.keys(ofScope);
const knownScope = oneOf(scopes);
const existing = new Set([
  "Terminating",
  "NotTerminating",
  "BestEffort",
  "NotBestEffort",
  "CrossNamespacePodAffinity",
]);

const scopeRequirement: Rule = all(
  fields(
    { scopeName: knownScope, operator: oneOf(["In", "NotIn", "Exists", "DoesNotExist"]) },
    "scopeName",
    "operator",
  ),
  operatorValues(["In", "NotIn"], ["Exists", "DoesNotExist"]),
  (place, { report }) => {
    const scope = textAt(place.value, "scopeName") ?? "";
    if (existing.has(scope) && textAt(place.value, "operator") !== "Exists")
      report(
        at(place, "operator"),
        "selector-values",
        `${scope} has no values to compare with`,
        "write Exists",
      );
  },
);

const conflicts = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;

/** Resources that are counted in the scopes, none of which rules another out. */
const scoped: Rule = (place, { report }) => {
  const { value } = place;
  const hard = valueAt(value, "hard");
  const counted = hasFields(hard) ? Object.keys(hard).filter(isStandard) : [];
  const selector = at(at(place, "scopeSelector"), "matchExpressions");
  const lists = [
    [at(place, "scopes"), listAt(value, "scopes").map(plainText)],
    [selector, listAt({ list: selector.value }, "list").map((each) => textAt(each, "scopeName") ?? "")],
  ] as const;
  for (const [inList, names] of lists) {
    for (const name of names) {
      const wrong = counted.find((resource) => ofScope[name]?.has(resource) === false);
      if (wrong !== undefined)
        report(
          inList,
          "quota-scope",
          `${wrong} is not counted in the scope ${name}`,
          "make a quota of its own for it",
        );
    }
    for (const [one, other] of conflicts)
      if (names.includes(one) && names.includes(other))
        report(inList, "quota-scope", `nothing is ${quoted(one)} and ${quoted(other)}`, "take one out");
  }
};

export const resourceQuota: Rule = fields({
  spec: all(
    fields({
      hard: mapOf(hardName, resourceQuantity),
      scopes: eachOf(knownScope),
      scopeSelector: fields({ matchExpressions: eachOf(scopeRequirement) }),
    }),
    scoped,
  ),
});
