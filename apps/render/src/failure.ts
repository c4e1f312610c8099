import { ComposeError, type Problem } from "@atlas/compose";

/** A problem and the environment it was found in. */
export interface Finding extends Problem {
  readonly environment?: string;
}

/** Something that the user can mend: wrong usage, wrong input, an output that can't be written. Ends with exit code 2. */
export class InputError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ what }) => what).join("\n"));
    this.name = "InputError";
    this.findings = findings;
  }
}

/** The findings of an error that the user can mend, or undefined for a fault of ours. */
export function findingsOf(error: unknown, environment?: string): readonly Finding[] | undefined {
  if (error instanceof InputError) return error.findings;
  if (!(error instanceof ComposeError)) return undefined;
  return error.problems.map((problem) => ({ ...(environment !== undefined && { environment }), ...problem }));
}

/** 2 for what the user can mend, 3 for a fault of ours. */
export function exitCodeOf(error: unknown): 2 | 3 {
  return findingsOf(error) ? 2 : 3;
}

/** Prints an error to stderr: one block a finding, or the stack of a fault of ours. */
export function reportFailure(error: unknown): void {
  const findings = findingsOf(error);
  if (findings) process.stderr.write(findings.map(formatFinding).join("\n"));
  else {
    const stack = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`atlas-render: a fault of atlas-render itself, please report it:\n${stack}\n`);
  }
}

/** Prints to stderr what is worth knowing and stops nothing. */
export function reportNotes(notes: readonly Finding[]): void {
  for (const note of notes) process.stderr.write(formatFinding({ ...note, what: `note: ${note.what}` }));
}

function formatFinding({ environment, object, path, what, expected, mend, ...place }: Finding): string {
  const parts = [environment, object, path, formatPlace(place)];
  const where = parts.filter((part) => part !== undefined).join(": ");
  return [
    `atlas-render: ${where ? `${where}: ` : ""}${what}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(mend === undefined ? [] : [`  mend:     ${mend}`]),
    "",
  ].join("\n");
}

/** `file:line:column`, as far as it is known. */
function formatPlace({ file, line, column }: Pick<Finding, "file" | "line" | "column">): string | undefined {
  const parts = [file, line, column];
  return file === undefined ? undefined : parts.filter((part) => part !== undefined).join(":");
}
