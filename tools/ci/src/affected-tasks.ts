import { Minimatch } from "minimatch";
import type { TaskGraph } from "./task-graph.ts";

/**
 * The tasks of these targets that a change affects, in order: those that read a changed file, even if it is gone.
 *
 * Nx judges by projects: whatever changes in one affects all its tasks, and those of the projects above. This looks at
 * each task's own inputs instead, so that one overlay renders one environment and a README builds nothing.
 *
 * @param changed paths from the workspace's root; undefined affects everything.
 */
export function affectedTasks(
  { tasks, dependencies }: TaskGraph,
  targets: readonly string[],
  changed: readonly string[] | undefined,
): string[] {
  const reads = inputReader(changed ?? []);
  const wholesale = changed === undefined || changed.some(configuresWorkspace);
  const asked = [...tasks].filter(([, { target }]) => targets.includes(target)).map(([id]) => id);
  const single = asked.flatMap((id) => (tasks.get(id)?.aggregate ? (dependencies.get(id) ?? []) : [id]));
  return [...new Set(single)]
    .filter((id) => wholesale || (tasks.get(id)?.inputs ?? []).some(reads))
    .toSorted();
}

/**
 * Whether a file may change what no task names as a file: versions of packages, targets, compiler options. The files in
 * the workspace's root do, except documents; Nx then knows better which projects they affect.
 */
const configuresWorkspace = (file: string): boolean => !file.includes("/") && !/^LICENSE$|\.md$/.test(file);

/** Inputs that are no files: the root's stand for packages and options, and no change for what a machine has installed. */
const noFiles = /^(?:npm:|env:|runtime:|AllExternalDependencies$|[^:]+:(?:ProjectConfiguration|TsConfig)$)/;

/** Whether an input, as Nx states it, takes in one of the files. What is not understood does. */
function inputReader(files: readonly string[]): (input: string) => boolean {
  const answers = new Map<string, boolean>();
  return (input) => {
    const known = answers.get(input);
    if (known !== undefined) return known;
    const patterns = patternsOf(input);
    const answer = !noFiles.test(input) && (patterns === undefined || files.some(matcher(patterns)));
    answers.set(input, answer);
    return answer;
  };
}

/** `project:a,!b` and `workspace:[{workspaceRoot}/a,!{workspaceRoot}/b]` are file patterns. */
function patternsOf(input: string): string[] | undefined {
  const [, list] = /^workspace:\[(.*)\]$/.exec(input) ?? /^[^:]+:([^:]*\/[^:]*)$/.exec(input) ?? [];
  return list
    ?.split(/,(?![^{]*\})/)
    .map((pattern) => pattern.replace(/^(!?)(?:\{workspaceRoot\}|\.)\//, "$1"));
}

/** A file is taken in when a pattern matches it and none with `!` does. */
function matcher(patterns: readonly string[]): (file: string) => boolean {
  const excluded = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => glob(pattern.slice(1)));
  const included = patterns.filter((pattern) => !pattern.startsWith("!")).map(glob);
  return (file) =>
    included.some((pattern) => pattern.match(file)) && !excluded.some((pattern) => pattern.match(file));
}

/** As Nx matches: a leading dot is a character like any other. */
const glob = (pattern: string): Minimatch =>
  new Minimatch(pattern, { dot: true, nocomment: true, nonegate: true });
