import type { Mutant } from "./mutants.ts";

/** A change that no test can notice, found again by what it says, wherever it stands. */
export interface Equivalent extends Pick<Mutant, "within" | "source" | "change"> {
  readonly reason: string;
}

/** The reason why no test can notice a mutant, if one is known. */
export const reasonFor = (mutant: Mutant, equivalents: readonly Equivalent[]): string | undefined =>
  equivalents.find((equivalent) => isSameMutant(equivalent, mutant))?.reason;

/** Those that are about none of the mutants: their line has been changed. */
export const unmatched = (
  equivalents: readonly Equivalent[],
  mutants: readonly Mutant[],
): readonly Equivalent[] =>
  equivalents.filter((equivalent) => !mutants.some((mutant) => isSameMutant(equivalent, mutant)));

const isSameMutant = ({ within, source, change }: Equivalent, mutant: Mutant): boolean =>
  within === mutant.within && source === mutant.source && change === mutant.change;
