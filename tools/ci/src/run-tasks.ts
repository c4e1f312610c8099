import { spawnSync } from "node:child_process";
import { probeCache, remoteCache } from "./cache-probe.ts";
import { UnusableInput } from "./input-error.ts";
import { readTaskGraph, type TaskGraph } from "./task-graph.ts";

/** What one call of Nx runs: these targets in these projects. */
export interface NxCall {
  readonly projects: readonly string[];
  readonly targets: readonly string[];
}

/**
 * Runs tasks with Nx and returns an exit code: 1 when one of them fails, after all have run.
 *
 * Should the remote cache break in the middle, for which Nx fails tasks that are right, they run again without it.
 *
 * @throws {InputError} when there is no such task.
 */
export async function runTasks(tasks: readonly string[]): Promise<number> {
  if (tasks.length === 0) return 0;
  const targets = [...new Set(tasks.map((task) => task.slice(task.indexOf(":") + 1)))];
  let failed = false;
  for (const { projects, targets: names } of nxCalls(tasks, readTaskGraph(targets, undefined))) {
    const args = ["run-many", `--projects=${projects.join(",")}`, `--targets=${names.join(",")}`];
    const good = callNx(args) || ((await cacheBroke()) && callNx(args));
    failed ||= !good;
  }
  return failed ? 1 : 0;
}

function callNx(args: readonly string[]): boolean {
  process.stderr.write(`$ nx ${args.join(" ")}\n`);
  const { status, error } = spawnSync("nx", args, { stdio: "inherit" });
  if (error) throw error;
  return status === 0;
}

/** Whether the remote cache has stopped working; it is then left alone from here on. */
async function cacheBroke(): Promise<boolean> {
  const { [remoteCache.server]: server } = process.env;
  if (!server || (await probeCache(process.env, { access: "write", timeout: 5000 }))) return false;
  delete process.env[remoteCache.server];
  return true;
}

/**
 * The fewest calls that run these tasks and no others of their targets and projects, checks before everything else: what
 * they compare is made anew by the others.
 *
 * @throws {InputError} naming the tasks that do not exist.
 */
export function nxCalls(tasks: readonly string[], { targetsOf }: Pick<TaskGraph, "targetsOf">): NxCall[] {
  const parts = tasks.map(
    (task) => [task.split(":", 1)[0] ?? "", task.slice(task.indexOf(":") + 1)] as const,
  );
  const unknown = tasks.filter(
    (_, index) => !targetsOf.get(parts[index]?.[0] ?? "")?.has(parts[index]?.[1] ?? ""),
  );
  if (unknown.length > 0) {
    throw new UnusableInput(
      `there is no task ${unknown.map((task) => `"${task}"`).join(", ")}\n  expected: project:target\n` +
        "  fix:      nx show projects, and nx show project NAME, list what there is",
    );
  }
  const checks = parts.filter(([, target]) => target === "check");
  const others = parts.filter(([, target]) => target !== "check");
  return [...group(checks, targetsOf), ...group(others, targetsOf)];
}

interface Group {
  projects: string[];
  targets: Set<string>;
}

/** Puts a project to others where the targets of each, as far as the other has them, are wanted of both. */
function group(parts: readonly (readonly [string, string])[], targetsOf: TaskGraph["targetsOf"]): NxCall[] {
  const wanted = new Map<string, Set<string>>();
  for (const [project, target] of parts) wanted.set(project, (wanted.get(project) ?? new Set()).add(target));
  const wants = (project: string, targets: ReadonlySet<string>): boolean =>
    [...targets].every((target) => wanted.get(project)?.has(target) || !targetsOf.get(project)?.has(target));
  const groups: Group[] = [];
  for (const [project, targets] of [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const fit = groups.find(
      (other) => wants(project, other.targets) && other.projects.every((name) => wants(name, targets)),
    );
    if (fit) {
      fit.projects.push(project);
      for (const target of targets) fit.targets.add(target);
    } else groups.push({ projects: [project], targets: new Set(targets) });
  }
  return groups.map((found) => ({ projects: found.projects, targets: [...found.targets].toSorted() }));
}
