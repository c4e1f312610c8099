import { all, type Rule } from "../rule/rule.ts";
import { textThat } from "../value/text.ts";

/*
 * When a CronJob runs: five fields, or a word as "@daily".
 *
 * Source: ParseStandard of github.com/robfig/cron/v3, which Kubernetes parses with, and
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const bounds: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, words: months },
  { least: 0, most: 6, words: days },
];
const namedSchedules = new Set([
  "@yearly",
  "@annually",
  "@monthly",
  "@weekly",
  "@daily",
  "@midnight",
  "@hourly",
]);

/** Go's durations: "1h30m", "1.5s". */
const goDuration =
  /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*$/;

/** Whether a text says when to run. */
export function isSchedule(text: string): boolean {
  if (text.startsWith("@"))
    return (
      namedSchedules.has(text) ||
      (text.startsWith("@every ") && goDuration.test(text.slice("@every ".length)))
    );
  const parts = text.split(/\s+/).filter((part) => part !== "");
  return (
    parts.length === bounds.length && bounds.every((each, index) => isCronField(parts[index] ?? "", each))
  );
}

/** One or several ranges; what is empty between commas counts for nothing. */
const isCronField = (text: string, each: Bounds): boolean =>
  text.split(",").every((range) => range === "" || isRange(range, each));

function isRange(text: string, { least, most, words = [] }: Bounds): boolean {
  const [range = "", step, ...more] = text.split("/");
  const [first = "", last, ...others] = range.split("-");
  if (more.length > 0 || others.length > 0) return false;
  const numberOf = (word: string): number => {
    const index = words.indexOf(word.toLowerCase());
    return index >= 0 ? index + least : /^\+?\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const isAny = first === "*" || first === "?";
  const from = isAny ? least : numberOf(first);
  const to = isAny || (last === undefined && step !== undefined) ? most : numberOf(last ?? first);
  // A star takes no end, and what is written there is passed over.
  const isInBounds = from >= least && to <= most && from <= to;
  return isInBounds && (step === undefined || (/^\+?\d+$/.test(step) && Number(step) > 0));
}

export const schedule: Rule = all(
  textThat(
    (text) => text === "" || isSchedule(text) || text.includes("TZ"),
    "schedule-malformed",
    "is not a schedule",
    'write minute, hour, day of the month, month and day of the week, as "0 3 * * 1-5"',
  ),
  textThat((text) => !text.includes("TZ"), "schedule-malformed", "names a time zone", "state it as timeZone"),
);
