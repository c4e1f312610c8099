import { found, type Rule } from "../../findings/rule.ts";
import { at, nodeOf, textAt } from "../../objects/node.ts";

export const scheduleEveryMinute: Rule = {
  code: "schedule-every-minute",
  severity: "warning",
  why: "A star in the place of the minute means every minute: with an hour beside it, the job runs sixty times in that hour, where once is meant as a rule.",
  fix: "state the minute, as in 0 3 * * *",
  link: "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
  find: (world) =>
    world.of("batch", "CronJob").flatMap((job) => {
      const schedule = at(nodeOf(job), "spec", "schedule");
      const [minute, hour, ...others] = (textAt(schedule) ?? "").trim().split(/\s+/);
      if (minute !== "*" || others.length !== 3 || !/^\d+(?:,\d+)*$/.test(hour ?? "")) return [];
      const fix = `did you mean ${JSON.stringify(["0", hour, ...others].join(" "))}?`;
      return [found(schedule, `it runs in every minute of the hour ${hour}`, { fix })];
    }),
};
