import type { Mutant } from "./mutants.ts";
import { isUnnoticed, type MutantVerdict } from "./weigh.ts";

/**
 * The mutants that no test noticed, a paragraph each, and the share of the others.
 *
 * @param verdicts in the order of the mutants.
 */
export function reportOf(mutants: readonly Mutant[], verdicts: readonly MutantVerdict[]): string {
  const unnoticed = mutants.flatMap((mutant, number) =>
    isUnnoticed(verdicts[number])
      ? [`${mutant.file}:${mutant.line}: ${verdicts[number]}\n  ${mutant.source}\n  ${mutant.change}\n\n`]
      : [],
  );
  const all = verdicts.filter((verdict) => verdict !== "does not compile").length;
  const caught = all - unnoticed.length;
  const share = ((100 * caught) / Math.max(all, 1)).toFixed(1);
  return `${unnoticed.join("")}${caught} of ${all} changes were noticed (${share}%); ${mutants.length - all} more do not compile\n`;
}
