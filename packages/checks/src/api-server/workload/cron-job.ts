import { at, hasFields, valueAt } from "../rule/place.ts";
import { all, fields, requireField, type Rule } from "../rule/rule.ts";
import { notNegative } from "../value/numbers.ts";
import { oneOfOrEmpty, textThat } from "../value/text.ts";
import { isPrefixedPath } from "../value/prefixed-path.ts";
import { schedule } from "./schedule.ts";
import { jobSpec } from "./job.ts";

/*
 * CronJobs.
 *
 * Source: validateCronJobSpec in k8s.io/kubernetes/pkg/apis/batch/validation, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */

const timeZone: Rule = textThat(
  (text) =>
    text !== "" &&
    text.toLowerCase() !== "local" &&
    text
      .split("/")
      .every((part) => part !== "." && part !== ".." && /^(?!-)[A-Za-z.\-_0-9+]{1,14}$/.test(part)) &&
    isKnownZone(text),
  "time-zone-unknown",
  "is not a time zone",
  'write one of the IANA database, as "Europe/Berlin"',
);

/** The time zones that have been asked for, of which each costs some time. */
const knownZones = new Map<string, boolean>([
  ["UTC", true],
  ["Etc/UTC", true],
]);

/** Whether the database of this machine knows a zone; one that is written as an offset is none. */
function isKnownZone(name: string): boolean {
  let isOne = knownZones.get(name);
  if (isOne === undefined) {
    try {
      const { timeZone: found } = Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
      // Of an alias, the zone that it stands for is found; of a zone, its name as it is written.
      isOne = !/^[+-]?\d/.test(name) && (found === name || found.toLowerCase() !== name.toLowerCase());
    } catch {
      isOne = false;
    }
    knownZones.set(name, isOne);
  }
  return isOne;
}

/** What is left out of a template is left out: only of a Job does the API server make it one pod. */
const completionsStated: Rule = (place, look) => {
  if (
    valueAt(place.value, "completionMode") === "Indexed" &&
    valueAt(place.value, "parallelism") === undefined
  )
    requireField(place, "completions", look);
};

/** Who manages each Job. Up to 1.31, the API server leaves it out of a Job, and looks at it here. */
const manager = fields({ managedBy: isPrefixedPath(63) });

/** The selector of each Job is made for it. */
const noSelector: Rule = (place, { report }) => {
  if (hasFields(valueAt(place.value, "selector")))
    report(at(place, "selector"), "job-selector", "the selector of each Job is made for it", "take it out");
  if (valueAt(place.value, "manualSelector") === true)
    report(
      at(place, "manualSelector"),
      "job-selector",
      "the selector of each Job is made for it",
      "take it out",
    );
};

const cronJobSpec: Rule = fields(
  {
    schedule,
    timeZone,
    startingDeadlineSeconds: notNegative,
    successfulJobsHistoryLimit: notNegative,
    failedJobsHistoryLimit: notNegative,
    concurrencyPolicy: oneOfOrEmpty("Allow", "Forbid", "Replace"),
    jobTemplate: fields({ spec: all(jobSpec, manager, completionsStated, noSelector) }, "spec"),
  },
  "schedule",
  "jobTemplate",
);

export const cronJob: Rule = fields({ spec: cronJobSpec }, "spec");
