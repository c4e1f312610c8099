import { at, elementPlaces, hasFields, isSet, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, requireField, since, type Look, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { isEmptySelector, labelSelector } from "../metadata/labels.ts";
import { selectsOwnPods } from "../metadata/own-pods.ts";
import { podTemplate } from "../pod/pod.ts";
import { dnsLabel, qualifiedName } from "../value/names.ts";
import { notNegative, numberOr } from "../value/numbers.ts";
import { hasForm, oneOf } from "../value/text.ts";
import { isPrefixedPath } from "../value/prefixed-path.ts";
import { indexesIn } from "./indexes.ts";

/*
 * Jobs.
 *
 * Source: ValidateJob and validateJobSpec in k8s.io/kubernetes/pkg/apis/batch/validation, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */

const jobConditions = eachOf(
  fields({ type: qualifiedName, status: oneOf(["False", "True", "Unknown"], true) }, "type"),
);
const failureRule: Rule = all(
  fields(
    {
      action: oneOf(["Count", "FailIndex", "FailJob", "Ignore"]),
      onExitCodes: fields({ operator: oneOf(["In", "NotIn"]) }, "operator", "values"),
      onPodConditions: jobConditions,
    },
    "action",
  ),
  (place, { report }) => {
    const { value } = place;
    const [byCode, byCondition] = [
      valueAt(value, "onExitCodes") !== undefined,
      isSet(value, "onPodConditions"),
    ];
    if (byCode && byCondition)
      report(
        at(place, "onPodConditions"),
        "union-stated-twice",
        "there is onExitCodes already",
        "make a rule of each",
      );
    if (!byCode && !byCondition)
      report(
        place,
        "union-missing",
        "nothing says what the rule is about",
        "state onExitCodes or onPodConditions",
      );
    if (listAt(value, "onPodConditions").length > 20)
      report(at(place, "onPodConditions"), "list-too-long", "20 conditions is the most", "take some out");
    exitCodes(at(place, "onExitCodes").value, place, report);
  },
);

function exitCodes(value: unknown, rule: Parameters<Rule>[0], report: Look["report"]): void {
  const codes = listAt(value, "values").filter((code) => typeof code === "number");
  const place = at(at(rule, "onExitCodes"), "values");
  if (valueAt(value, "operator") === "In" && codes.includes(0))
    report(place, "exit-codes", "0 is no failure", "take it out");
  if (codes.some((code, index) => index > 0 && code <= (codes[index - 1] ?? -1)))
    report(place, "exit-codes", "the codes are not in order, or one is there twice", "sort them");
  if (codes.length > 255) report(place, "list-too-long", "255 codes is the most", "take some out");
}

const isIndexed = (spec: unknown): boolean => valueAt(spec, "completionMode") === "Indexed";

/** What depends on how completions are counted. */
const byIndex: Rule = (place, look) => {
  const { value } = place;
  const { report } = look;
  const failed = valueAt(value, "maxFailedIndexes");
  if (failed !== undefined) requireField(place, "backoffLimitPerIndex", look);
  if (!isIndexed(value)) {
    for (const name of ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"])
      if (valueAt(value, name) !== undefined)
        report(
          at(place, name),
          "job-not-indexed",
          `${name} goes with completionMode: Indexed`,
          "set that, or take it out",
        );
    return;
  }
  // Where both are left out, there is one pod.
  if (valueAt(value, "parallelism") !== undefined) requireField(place, "completions", look);
  const completions = numberOr(valueAt(value, "completions"), 1);
  const parallelism = numberOr(valueAt(value, "parallelism"), 1);
  const most =
    (limit: number): Rule =>
    (inner) => {
      if (typeof inner.value === "number" && inner.value > limit)
        report(inner, "number-out-of-range", `${inner.step} is ${inner.value}`, `write ${limit} at most`);
    };
  most(100_000)({ ...at(place, "parallelism"), value: parallelism }, look);
  most(Math.min(100_000, completions))(at(place, "maxFailedIndexes"), look);
  if (completions > 100_000 && valueAt(value, "backoffLimitPerIndex") !== undefined) {
    requireField(place, "maxFailedIndexes", look);
    most(10_000)({ ...at(place, "parallelism"), value: parallelism }, look);
    most(10_000)(at(place, "maxFailedIndexes"), look);
  }
  if (hasFields(valueAt(value, "successPolicy"))) successRules(at(place, "successPolicy"), completions, look);
};

function successRules(place: Parameters<Rule>[0], completions: number, look: Look): void {
  const { report } = look;
  requireField(place, "rules", look);
  const rules = elementPlaces(at(place, "rules"));
  if (rules.length > 20) report(at(place, "rules"), "list-too-long", "20 rules is the most", "take some out");
  for (const rule of rules) {
    const [indexes, count] = [textAt(rule.value, "succeededIndexes"), valueAt(rule.value, "succeededCount")];
    if (indexes === undefined && count === undefined)
      report(
        rule,
        "union-missing",
        "nothing says what success is",
        "state succeededIndexes or succeededCount",
      );
    const total = indexes === undefined ? completions : indexesIn(indexes, completions);
    if (total === undefined)
      report(
        at(rule, "succeededIndexes"),
        "indexes-malformed",
        `${quoted(indexes)} names no indexes below ${completions}`,
        'write them in order, as "0,2-4"',
      );
    else if (typeof count === "number" && (count < 0 || count > Math.min(total, completions)))
      report(
        at(rule, "succeededCount"),
        "number-out-of-range",
        `succeededCount is ${count}`,
        `write a number from 0 to ${Math.min(total, completions)}`,
      );
  }
}

/** Pods of a Job end, and a policy for their failures leaves restarts to itself. */
const jobRestarts: Rule = (place, { report }) => {
  const spec = at(at(place, "template"), "spec");
  if (!hasFields(spec.value)) return;
  const policy = textAt(spec.value, "restartPolicy") ?? "";
  const inSpec = at(spec, "restartPolicy");
  if (policy === "" || policy === "Always")
    report(
      inSpec,
      "restart-policy",
      policy === ""
        ? "restartPolicy is missing, and would be Always"
        : "pods of a Job are not always restarted",
      "write OnFailure or Never",
    );
  if (policy === "OnFailure" && valueAt(place.value, "podFailurePolicy") !== undefined)
    report(inSpec, "restart-policy", "with a podFailurePolicy, pods are not restarted", "write Never");
};

const failurePolicies: Rule = (place, { report }) => {
  const policy = at(place, "podFailurePolicy");
  const rules = elementPlaces(at(policy, "rules"));
  if (rules.length > 20)
    report(at(policy, "rules"), "list-too-long", "20 rules is the most", "take some out");
  const pod = valueAt(valueAt(place.value, "template"), "spec");
  const names = new Set(
    ["containers", "initContainers"].flatMap((list) => listAt(pod, list).map((each) => textAt(each, "name"))),
  );
  for (const rule of rules) {
    const codes = at(rule, "onExitCodes");
    const name = textAt(codes.value, "containerName");
    if (name !== undefined && !names.has(name))
      report(
        at(codes, "containerName"),
        "container-missing",
        `the template has no container ${quoted(name)}`,
        "correct the name",
      );
    if (
      valueAt(rule.value, "action") === "FailIndex" &&
      valueAt(place.value, "backoffLimitPerIndex") === undefined
    )
      report(
        at(rule, "action"),
        "job-not-indexed",
        "FailIndex goes with backoffLimitPerIndex",
        "state that, or choose another action",
      );
  }
  const replacement = textAt(place.value, "podReplacementPolicy");
  if (hasFields(policy.value) && replacement === "TerminatingOrFailed")
    report(
      at(place, "podReplacementPolicy"),
      "strategy-conflict",
      "with a podFailurePolicy, pods are replaced once they failed",
      "write Failed",
    );
};

/** The spec of a Job, or of those that a CronJob makes. */
export const jobSpec: Rule = all(
  fields(
    {
      parallelism: notNegative,
      completions: notNegative,
      activeDeadlineSeconds: notNegative,
      backoffLimit: notNegative,
      ttlSecondsAfterFinished: notNegative,
      backoffLimitPerIndex: notNegative,
      maxFailedIndexes: notNegative,
      completionMode: oneOf(["NonIndexed", "Indexed"]),
      podFailurePolicy: fields({ rules: eachOf(failureRule) }),
      podReplacementPolicy: oneOf(["Failed", "TerminatingOrFailed"]),
      template: podTemplate,
    },
    "template",
  ),
  byIndex,
  jobRestarts,
  failurePolicies,
);

/** The selector is made by the API server, unless `manualSelector` says that it is not. */
const selector: Rule = (place, look) => {
  const { value } = place;
  if (valueAt(value, "manualSelector") === true) {
    requireField(place, "selector", look);
    fields({ selector: labelSelector })(place, look);
    selectsOwnPods(place, look);
  } else if (hasFields(valueAt(value, "selector")) && !isEmptySelector(valueAt(value, "selector")))
    look.report(
      at(place, "selector"),
      "job-selector",
      "the API server makes the selector of a Job",
      "take it out, or set manualSelector: true",
    );
};

/** The name of the last pod has to be one of a host. */
const lastHost: Rule = (place, { report }) => {
  const spec = valueAt(place.value, "spec");
  const completions = numberOr(valueAt(spec, "completions"), 0);
  const name = textAt(valueAt(place.value, "metadata"), "name") ?? "";
  if (isIndexed(spec) && completions > 0 && !hasForm(dnsLabel, `${name}-${completions - 1}`))
    report(
      at(at(place, "metadata"), "name"),
      "job-host-name",
      `${quoted(`${name}-${completions - 1}`)}, the host name of the last pod, is not ${dnsLabel.name}`,
      "shorten the name, or leave dots out",
    );
};

/** Who manages it, which is off by default up to 1.31. */
const jobManager = fields({ managedBy: since(32, isPrefixedPath(63)) });

export const job: Rule = all(fields({ spec: all(jobSpec, jobManager, selector) }, "spec"), lastHost);
