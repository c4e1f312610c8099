import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** Where the workflows are. */
export const workflows: string = fileURLToPath(new URL("../../../../.github/workflows", import.meta.url));

/** The parts of a GitHub Actions workflow that tests look at. */
export interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Record<string, Job>;
}

/** A job of a workflow. */
export interface Job {
  readonly permissions?: Record<string, string>;
  readonly steps: readonly JobStep[];
}

/** A step of a job. */
export interface JobStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

/** Reads a workflow of this repository. */
export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(`${workflows}/${file}`, "utf8"));
}

/**
 * The command of a step, as GitHub runs it where a step names no shell: `bash -e`.
 *
 * @throws Error when there is no such step.
 */
export function commandOf(workflow: Workflow, job: string, step: string): string[] {
  const run = workflow.jobs[job]?.steps.find(({ name }) => name === step)?.run;
  if (run === undefined) throw new Error(`${job}: there is no step "${step}" that runs a command`);
  return ["bash", "-e", "-c", run];
}
