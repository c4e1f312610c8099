import type { ComposeError, Problem } from "@atlas/compose";
import { say } from "./say.ts";

/** A problem and the environment it was found in. */
export interface Finding extends Problem {
  readonly environment?: string;
  /** What another program has said of it, in as many lines as it took. */
  readonly said?: string;
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
  const problems =
    error instanceof InputError ? error.findings : isComposeError(error) ? error.problems : undefined;
  return problems?.map((problem) => ({ ...(environment !== undefined && { environment }), ...problem }));
}

/** A user's own repository may hold another copy of compose than the one that renders: the name tells. */
const isComposeError = (error: unknown): error is ComposeError =>
  error instanceof Error && error.name === "ComposeError";

/** 2 for what the user can mend, 3 for a fault of ours. */
export function exitCodeOf(error: unknown): 2 | 3 {
  return findingsOf(error) || systemFindings(error) ? 2 : 3;
}

/** What the system refuses is nothing that is wrong in this program: a folder that is gone, a disk that is full, a package. */
function systemFindings(error: unknown): readonly Finding[] | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, missing, file] = /^Cannot find package '(.+?)' imported from (.+)$/m.exec(error.message) ?? [];
  if (missing !== undefined && file !== undefined)
    return [
      {
        file,
        what: `the package "${missing}" is not installed`,
        expected: "what is imported to be there: what is generated of CRDs may need a library",
        mend: "add it to the package whose file this is: pnpm --dir FOLDER add PACKAGE",
      },
    ];
  if (!("syscall" in error)) return undefined;
  if (error.syscall === "uv_cwd")
    return [
      {
        what: "the current folder is not there any more",
        expected: "a folder to work in",
        mend: "change into one: cd",
      },
    ];
  return [
    {
      what: `the system refuses: ${error.message}`,
      expected: "files that can be read, and written where it is asked for",
      mend: "check the path, its permissions, and the room on the disk",
    },
  ];
}

/** Prints an error to stderr: one block a finding, or the stack of a fault of ours. */
export async function reportFailure(error: unknown): Promise<void> {
  const findings = findingsOf(error) ?? systemFindings(error);
  if (findings) {
    // What shows source lines costs more than a render, and is needed for failures alone.
    const [{ mergedFindings }, { formatFinding }, { firstOf }] = await Promise.all([
      import("./merged-findings.ts"),
      import("./format-finding.ts"),
      import("./first-of.ts"),
    ]);
    const { shown, more } = firstOf(mergedFindings(findings));
    say(shown.map(formatFinding).join("\n"));
    if (more > 0) say(`\natlas-render: and ${more} more problems\n`);
  } else {
    const stack = error instanceof Error ? error.stack : String(error);
    say(`atlas-render: a fault of atlas-render itself, please report it:\n${stack}\n`);
  }
}

/** Prints to stderr what is worth knowing and stops nothing. */
export async function reportNotes(
  notes: readonly Finding[],
  label: "note" | "warning" = "note",
): Promise<void> {
  if (notes.length === 0) return;
  const [{ formatFinding }, { firstOf }] = await Promise.all([
    import("./format-finding.ts"),
    import("./first-of.ts"),
  ]);
  const { shown, more } = firstOf(notes);
  for (const note of shown) say(formatFinding({ ...note, what: `${label}: ${note.what}` }));
  if (more > 0) say(`atlas-render: and ${more} more ${label}s\n`);
}
