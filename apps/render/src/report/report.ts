import { findingsOf, systemFindings, type Finding } from "@atlas/input";
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
  } else {
    const stack = error instanceof Error ? error.stack : String(error);
    say(`atlas-render: a fault of atlas-render itself, please report it:\n${stack}\n`);
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
