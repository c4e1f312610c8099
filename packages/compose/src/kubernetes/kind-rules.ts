import { identity, type KubernetesObject } from "./object.ts";
import { nameRuleOf } from "./name-rules.ts";
import { isObject, type Plain, type PlainObject } from "../value/plain.ts";
import type { BrokenRule } from "./rules.ts";

/** The least that counts may be, by kind and by field of the `spec`. */
const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "/ReplicationController": { replicas: 0, minReadySeconds: 0 },
  "apps/Deployment": {
    replicas: 0,
    minReadySeconds: 0,
    revisionHistoryLimit: 0,
    progressDeadlineSeconds: 0,
  },
  "apps/ReplicaSet": { replicas: 0, minReadySeconds: 0 },
  "apps/StatefulSet": { replicas: 0, minReadySeconds: 0 },
  "apps/DaemonSet": { minReadySeconds: 0, revisionHistoryLimit: 0 },
  "autoscaling/HorizontalPodAutoscaler": { minReplicas: 0, maxReplicas: 1 },
  "batch/CronJob": { successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 0, startingDeadlineSeconds: 0 },
  "batch/Job": { parallelism: 0, completions: 0, backoffLimit: 0, ttlSecondsAfterFinished: 0 },
};

/**
 * What the API server refuses in objects of its own kinds, beyond the types of their fields: names that are none for the
 * kind, counts below zero, and a workload whose selector does not select its own pods.
 *
 * Source: `ValidateDeploymentSpec` and its like in k8s.io/kubernetes/pkg/apis, of Kubernetes 1.34; a test asks its API server.
 */
export function kindRules(object: KubernetesObject): readonly BrokenRule[] {
  const { group, kind } = identity(object);
  const broken = wrongName(object);
  const key = `${group}/${kind}`;
  const { spec } = object as { readonly spec?: unknown };
  if (!Object.hasOwn(counts, key) || !isObject(spec)) return broken;
  const least = counts[key] ?? {};
  for (const field of Object.keys(least)) {
    const value = spec[field];
    const bound = least[field] ?? 0;
    if (typeof value === "number" && (value < bound || !Number.isInteger(value)))
      broken.push({ path: `spec.${field}`, ...wrongCount(field, value, bound) });
  }
  if (group === "batch" || group === "autoscaling") return broken;
  const mismatch = mismatchOf(spec["selector"], spec["template"], group === "");
  return mismatch ? [...broken, mismatch] : broken;
}

function wrongName({ apiVersion, kind, metadata: { name } }: KubernetesObject): BrokenRule[] {
  const rule = nameRuleOf(apiVersion, kind);
  if (!rule || (name.length <= rule.longest && rule.matches.test(name))) return [];
  const what = `${JSON.stringify(name)} cannot be the name of a ${kind}`;
  return [
    {
      path: "metadata.name",
      code: "object-name-malformed",
      what,
      expected: rule.expected,
      fix: "rename the object",
    },
  ];
}

const wrongCount = (field: string, value: number, least: number): Omit<BrokenRule, "path"> => ({
  code: "count-out-of-range",
  what: `${field} is ${value}`,
  expected: `a whole number, ${least} or more`,
  fix: "correct the number",
});

/** Why a workload does not select its own pods; undefined where it does, or where it says nothing. */
function mismatchOf(
  selector: Plain | undefined,
  template: Plain | undefined,
  isPairs: boolean,
): BrokenRule | undefined {
  if (!isObject(selector) || !isObject(template)) return undefined;
  const metadata = isObject(template["metadata"]) ? template["metadata"] : {};
  const labels = isObject(metadata["labels"]) ? metadata["labels"] : {};
  // The pairs of a ReplicationController are those of its template where it has none.
  if (isPairs) return missedPair(selector, labels, "spec.selector");
  const { matchLabels, matchExpressions } = selector;
  const pairs = isObject(matchLabels) ? matchLabels : {};
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.filter(isObject) : [];
  if (expressions.length === 0 && Object.keys(pairs).length === 0) return selectsAll;
  return missedPair(pairs, labels, "spec.selector.matchLabels") ?? missedExpression(expressions, labels);
}

const ownLabels = {
  expected: "a selector of labels that spec.template.metadata.labels has",
  fix: "change the labels in both places, as `labels: [{ pairs, selectors: true }]` does",
};

const selectsAll: BrokenRule = {
  path: "spec.selector",
  code: "selector-mismatch",
  what: "the selector is empty",
  ...ownLabels,
};

function missedPair(pairs: PlainObject, labels: PlainObject, path: string): BrokenRule | undefined {
  for (const [name, value] of Object.entries(pairs)) {
    if (Object.hasOwn(labels, name) && labels[name] === value) continue;
    const got = Object.hasOwn(labels, name) ? `it is ${JSON.stringify(labels[name])}` : "they have none";
    const what = `the selector wants the label ${name}=${JSON.stringify(value)} of the template's pods, and ${got}`;
    return { path, code: "selector-mismatch", what, ...ownLabels };
  }
  return undefined;
}

function missedExpression(expressions: readonly PlainObject[], labels: PlainObject): BrokenRule | undefined {
  const index = expressions.findIndex((expression) => !holds(expression, labels));
  if (index < 0) return undefined;
  const what = "the template's pods do not have what the selector's expression wants";
  return { path: `spec.selector.matchExpressions[${index}]`, code: "selector-mismatch", what, ...ownLabels };
}

/** Whether an expression holds of labels; of one that is none, something else is said. */
function holds({ key, operator, values }: PlainObject, labels: PlainObject): boolean {
  const label = typeof key === "string" && Object.hasOwn(labels, key) ? labels[key] : undefined;
  const isAmong = label !== undefined && Array.isArray(values) && values.includes(label);
  if (operator === "In") return isAmong;
  if (operator === "NotIn") return !isAmong;
  if (operator === "Exists") return label !== undefined;
  return operator !== "DoesNotExist" || label === undefined;
}
