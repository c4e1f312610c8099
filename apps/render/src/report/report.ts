import { exitCodeOf, findingsOf, InputError, systemFindings, type Finding } from "@atlas/input";
import { say } from "../terminal/say.ts";

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
    if (error instanceof InputError && error.outcome !== undefined) say(`\n${error.outcome}\n`);
  } else {
    const stack = error instanceof Error ? error.stack : String(error);
    say(`atlas-render: a fault of atlas-render itself, please report it:\n${stack}\n`);
  }
}

/**
 * Does what there is to do with each of what may end in an error of the user's, and goes on where any was right: what is
 * wrong beside is said, and the command ends as if it had failed.
 *
 * @throws what is no such error, and where nothing was right.
 */
export async function eachRight<T>(
  given: AsyncIterable<T>,
  use: (one: T) => Promise<void> | void,
): Promise<void> {
  let isAny = false;
  try {
    for await (const one of given) {
      await use(one);
      isAny = true;
    }
  } catch (error) {
    if (!isAny || !findingsOf(error)) throw error;
    process.exitCode = exitCodeOf(error);
    await reportFailure(error);
  }
}

/** Prints to stderr what is worth knowing and stops nothing. */
export async function reportNotes(
  notes: readonly Finding<string>[],
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
