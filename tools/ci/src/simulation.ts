import { setUpOf, type Parameters } from "./parameters.ts";

/** A change and who renders what it affects. */
export interface Scenario {
  /** How many environments there are. */
  readonly environments: number;
  /** How many of them the change affects: one overlay, or all, as a change of the base does. */
  readonly affected: number;
  /** How many environments one overlay folder yields, and its one task renders. */
  readonly fleet: number;
  readonly machines: number;
}

/** The seconds of the machine that is done last, by what they are spent on, and what the cache takes in. */
export interface Outcome {
  readonly seconds: number;
  readonly spent: Readonly<Record<"setUp" | "nx" | "before" | "render", number>>;
  /** Of all machines together. */
  readonly machineSeconds: number;
  /** What is sent to the cache. */
  readonly bytes: number;
}

/**
 * One CI run: a machine plans, then all machines start at once, each with an equal share of the tasks. A machine sets
 * itself up, starts Nx, does what comes before rendering, and runs its tasks, as many at a time as it has cores. What it
 * renders goes to the cache, task by task.
 */
export function simulate(
  { environments, affected, fleet, machines }: Scenario,
  parameters: Parameters,
): Outcome {
  const { cores, artifact } = parameters;
  const setUp = setUpOf(parameters);
  const overlays = Math.ceil(environments / fleet);
  const nx = parameters.nxStart + overlays * parameters.nxPerOverlay;
  const before = parameters.before + overlays * parameters.beforePerOverlay;
  const tasks = tasksOf(affected, fleet).map((size) => taskSeconds(size, parameters));
  // The run of a machine reads the graph once to know its calls, and Nx once more to run them.
  const overhead = setUp + 2 * nx + before;
  const shares = shareEvenly(tasks, machines).map((share) => overhead + listSchedule(share, cores));
  const last = Math.max(0, ...shares);
  return {
    seconds: setUp + nx + last,
    spent: {
      setUp: setUp + (last && setUp),
      nx: nx + (last && 2 * nx),
      before: last && before,
      render: last && last - overhead,
    },
    machineSeconds: shares.reduce((sum, share) => sum + share, setUp + nx),
    bytes: affected * artifact,
  };
}

/**
 * How many machines pay, of at most so many: one more has to shorten the run by what setting it up takes. The plan of a
 * run judges by the same rule.
 */
export function machinesThatPay(
  scenario: Omit<Scenario, "machines">,
  most: number,
  parameters: Parameters,
): number {
  const price = (machines: number): number =>
    simulate({ ...scenario, machines }, parameters).seconds + machines * setUpOf(parameters);
  const counts = Array.from({ length: most }, (_, index) => index + 1);
  return counts.reduce((best, machines) => (price(machines) < price(best) ? machines : best));
}

/**
 * When tasks that wait for nothing are done, each given to the first of the workers that is free: at the earliest after
 * the longest, and after all divided by the workers; at the latest after both together (Graham's bound).
 */
export function listSchedule(seconds: readonly number[], workers: number): number {
  const free = Array.from({ length: workers }, () => 0);
  for (const task of seconds) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + task;
  }
  return Math.max(...free);
}

/** The sizes of the tasks: full fleets, and what is left. */
function tasksOf(environments: number, fleet: number): number[] {
  const full = Math.floor(environments / fleet);
  const rest = environments % fleet;
  return [...Array.from({ length: full }, () => fleet), ...(rest > 0 ? [rest] : [])];
}

/** A miss is asked for, then rendered, then sent. */
function taskSeconds(
  size: number,
  { taskStart, render, artifact, roundTrip, bandwidth }: Parameters,
): number {
  return taskStart + size * render + 2 * roundTrip + (size * artifact) / bandwidth;
}

/** Shares with a task more or less; no machine without a task. */
function shareEvenly(tasks: readonly number[], machines: number): number[][] {
  const shares = Array.from({ length: Math.min(machines, tasks.length) }, (): number[] => []);
  for (const [index, task] of tasks.entries()) shares[index % shares.length]?.push(task);
  return shares;
}
