/** Roughly the seconds of a task without a cache, by its name or its target: they balance machines, and promise nothing. */
const seconds: Record<string, number> = {
  "e2e:unit": 400,
  "e2e:e2e": 320,
  "crd-codegen:unit": 40,
  "crd-types:unit": 20,
  "workspace:unused": 10,
  unit: 15,
  lint: 5,
  typecheck: 4,
  build: 4,
  generate: 3,
  check: 3,
};

/** An environment is a target of its own. */
const renderSeconds = 2;

/** What a task, `project:target`, takes without a cache. */
export const secondsOf = (task: string): number =>
  seconds[task] ?? seconds[task.slice(task.indexOf(":") + 1)] ?? renderSeconds;

/** What a machine takes before its first task: 20 seconds until it has started (assumed), 3.3 to clone and install. */
export const setUp = 23.3;
