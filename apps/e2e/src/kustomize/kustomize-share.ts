import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { recordCases } from "./kustomize-cases.ts";
import { importOutcome, type ImportOutcome } from "./kustomize-imports.ts";

// Says which share of what Kustomize builds an import takes: of Kustomize's own cases, or of every folder with a
// kustomization below those that are named.
const work = mkdtempSync(join(tmpdir(), "kustomize-share-"));
// Kustomize's tests leave folders behind.
process.env["TMPDIR"] = work;
try {
  const roots = process.argv.slice(2);
  const folders =
    roots.length === 0
      ? (await recordCases(work)).map(({ name, folder }) => ({ name, folder }))
      : roots.flatMap((root) =>
          foldersBelow(root).map((folder) => ({ name: `${root} ${relative(root, folder)}`, folder })),
        );
  const outcomes: ImportOutcome[] = [];
  for (const { name, folder } of folders) {
    const outcome = await importOutcome(folder, work);
    outcomes.push(outcome);
    process.stdout.write(`${outcome.kind}\t${name}\t${outcomeReason(outcome)}\n`);
  }
  const count = (kind: ImportOutcome["kind"]): number => outcomes.filter((each) => each.kind === kind).length;
  const built = outcomes.length - count("not built");
  const share = built === 0 ? 0 : Math.round((1000 * count("equal")) / built) / 10;
  process.stdout.write(
    `${count("equal")} of ${built} that kubectl builds are equal (${share}%); ${count("refused")} refused, ` +
      `${count("different")} different, ${count("fault")} faults; ${count("not built")} are not built\n`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}

function foldersBelow(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const named = entries.filter(({ name }) => /^kustomization(?:\.ya?ml)?$/i.test(name));
  return [...new Set(named.map(({ parentPath }) => parentPath))].toSorted();
}

function outcomeReason(outcome: ImportOutcome): string {
  if (outcome.kind === "refused") {
    return outcome.problems
      .map(({ what, path = "" }) => `${path}: ${what}`.replaceAll("\n", " "))
      .join(" | ");
  }
  if (outcome.kind === "different") return outcome.differences.join(" | ");
  return outcome.kind === "fault"
    ? String(outcome.error instanceof Error ? outcome.error.stack : outcome.error)
    : "";
}
