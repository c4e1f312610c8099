import type { Mutant } from "./mutants.ts";
import type { Verdict } from "./weigh.ts";

/** Whether a mutant lived. */
export const isUnnoticed = (verdict: Verdict | undefined): boolean =>
  verdict === "survived" || verdict === "not reached";

/**
 * The mutants that no test noticed, a paragraph each, and the share of the others.
 *
 * @param verdicts in the order of the mutants.
 */
export function reportOf(mutants: readonly Mutant[], verdicts: readonly Verdict[]): string {
  const unnoticed = mutants.flatMap((mutant, number) =>
    isUnnoticed(verdicts[number])
      ? [`${mutant.file}:${mutant.line}: ${verdicts[number]}\n  ${mutant.source}\n  ${mutant.change}\n\n`]
      : [],
  );
  const caught = mutants.length - unnoticed.length;
  const share = ((100 * caught) / mutants.length).toFixed(1);
  return `${unnoticed.join("")}${caught} of ${mutants.length} changes were noticed (${share}%)\n`;
}
