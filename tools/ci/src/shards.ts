/** The tasks of one machine. */
export interface Shard {
  /** Its place, as `1 of 3`. */
  readonly name: string;
  readonly tasks: readonly string[];
  /** What its tasks take, and all that they need done before. */
  readonly seconds: number;
}

/** How tasks are weighed. */
export interface Weights {
  /** At most so many machines. */
  readonly machines: number;
  /** The seconds that a machine takes before its first task. */
  readonly setUp: number;
  readonly secondsOf: (task: string) => number;
  readonly dependenciesOf: (task: string) => readonly string[];
}

/**
 * Shares tasks by machines: the longest first, each to the machine that is done with it soonest and has the least to do for
 * it. What a task needs done before costs a machine once, however many of its tasks need it; so tasks that need the same
 * come together.
 *
 * There are as many machines as pay: one more has to save at least the time that setting it up takes. No tasks, no machine.
 */
export function shareOut(tasks: readonly string[], weights: Weights): Shard[] {
  const closures = closureFinder(weights.dependenciesOf);
  const secondsOf = (set: Iterable<string>): number =>
    [...set].reduce((sum, task) => sum + weights.secondsOf(task), 0);
  const longestFirst = tasks
    .map((task) => ({ task, seconds: secondsOf(closures(task)) }))
    .toSorted((a, b) => b.seconds - a.seconds || (a.task < b.task ? -1 : 1));
  const most = Math.min(weights.machines, tasks.length);
  const candidates = Array.from({ length: most }, (_, index) => index + 1).map((count) => {
    const loads = shareBetween(count, longestFirst, closures, weights.secondsOf);
    return { loads, price: Math.max(...loads.map((load) => load.seconds)) + count * weights.setUp };
  });
  const [best] = candidates.toSorted((a, b) => a.price - b.price);
  const used = (best?.loads ?? []).filter((load) => load.tasks.length > 0);
  return used.map((load, index) => ({
    name: `${index + 1} of ${used.length}`,
    tasks: load.tasks.toSorted(),
    seconds: load.seconds,
  }));
}

/** For `strategy.matrix`: an array, each with a name and its tasks with spaces between. */
export const matrixOf = (shards: readonly Shard[]): string =>
  JSON.stringify(shards.map(({ name, tasks }) => ({ name, tasks: tasks.join(" ") })));

interface Load {
  tasks: string[];
  done: Set<string>;
  seconds: number;
}

function shareBetween(
  count: number,
  longestFirst: readonly { task: string }[],
  closureOf: (task: string) => ReadonlySet<string>,
  secondsOf: (task: string) => number,
): readonly Load[] {
  const loads = Array.from({ length: count }, (): Load => ({ tasks: [], done: new Set(), seconds: 0 }));
  for (const { task } of longestFirst) {
    const needed = [...closureOf(task)];
    const options = loads.map((load) => {
      const missing = needed.filter((other) => !load.done.has(other));
      const added = missing.reduce((sum, other) => sum + secondsOf(other), 0);
      return { load, added, price: load.seconds + 2 * added };
    });
    const { load, added } = options.reduce((best, option) => (option.price < best.price ? option : best));
    load.tasks.push(task);
    for (const other of needed) load.done.add(other);
    load.seconds += added;
  }
  return loads;
}

/** A task and all that it needs, directly or by way of others. */
function closureFinder(
  dependenciesOf: (task: string) => readonly string[],
): (task: string) => ReadonlySet<string> {
  const closures = new Map<string, ReadonlySet<string>>();
  return (task) => {
    const known = closures.get(task);
    if (known) return known;
    const closure = new Set([task]);
    for (const other of closure) for (const needed of dependenciesOf(other)) closure.add(needed);
    closures.set(task, closure);
    return closure;
  };
}
