import { spawnSync } from "node:child_process";
import { UnusableInput } from "./input-error.ts";

/** The tasks that Nx would run. A task is named `project:target`. */
export interface TaskGraph {
  readonly tasks: ReadonlyMap<string, Task>;
  /** What each task needs done before. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** The targets of each project, also those that do not run. */
  readonly targetsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One task of the graph. */
export interface Task {
  readonly project: string;
  readonly target: string;
  /** What its cache key is made of, as Nx states it: file patterns by project, names of npm packages, … */
  readonly inputs: readonly string[];
  /** Whether it does nothing but name others. */
  readonly aggregate: boolean;
}

/** The part of `nx … --graph=stdout` that is read here. */
interface NxGraph {
  readonly graph: {
    readonly nodes: Record<string, { data: { targets: Record<string, { executor?: string }> } }>;
  };
  readonly tasks: {
    readonly tasks: Record<string, { target: { project: string; target: string } }>;
    readonly dependencies: Record<string, readonly { id: string }[]>;
  };
  readonly taskPlans: Record<string, readonly string[]>;
}

/**
 * Asks Nx for the tasks of these targets, in the projects that differ from a commit, or in all.
 *
 * @throws {InputError} with what Nx says, when it makes no graph.
 */
export function readTaskGraph(targets: readonly string[], base: string | undefined): TaskGraph {
  const args = base === undefined ? ["run-many"] : ["affected", `--base=${base}`];
  const { status, stdout, stderr } = spawnSync(
    "nx",
    [...args, "--targets", targets.join(","), "--graph=stdout"],
    {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    },
  );
  if (status !== 0) throw new UnusableInput(`nx makes no task graph:\n${stderr}${stdout}`);
  return taskGraphOf(JSON.parse(stdout.slice(stdout.indexOf("{"))));
}

/** The graph as Nx prints it, as a graph of ours. */
export function taskGraphOf({ graph, tasks, taskPlans }: NxGraph): TaskGraph {
  const executorOf = ({ project, target }: { project: string; target: string }): string | undefined =>
    graph.nodes[project]?.data.targets[target]?.executor;
  return {
    tasks: new Map(
      Object.entries(tasks.tasks).map(([id, { target }]) => [
        id,
        { ...target, inputs: taskPlans[id] ?? [], aggregate: executorOf(target) === "nx:noop" },
      ]),
    ),
    dependencies: new Map(
      Object.entries(tasks.dependencies).map(([id, needed]) => [id, needed.map((other) => other.id)]),
    ),
    targetsOf: new Map(
      Object.entries(graph.nodes).map(([project, { data }]) => [project, new Set(Object.keys(data.targets))]),
    ),
  };
}
