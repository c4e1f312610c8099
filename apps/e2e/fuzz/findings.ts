import { findingsOf } from "@atlas/input";
import { formatFinding } from "../../render/src/report/format-finding.ts";
import { mergedFindings } from "../../render/src/report/merged-findings.ts";

/** What `atlas-render` prints of an error that the user can fix; undefined for a fault of its own. */
export function findings(error: unknown): readonly string[] | undefined {
  const found = findingsOf(error);
  return found && mergedFindings(found).map(formatFinding);
}
