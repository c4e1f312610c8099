import type { Mutant } from "./mutants.ts";

/** A change that no test can notice, found again by what it says, wherever it stands. */
export interface Equivalent extends Pick<Mutant, "within" | "source" | "change"> {
  readonly reason: string;
}

/** The reason why no test can notice a mutant, if one is known. */
export const reasonFor = (mutant: Mutant, equivalents: readonly Equivalent[]): string | undefined =>
  equivalents.find(
    ({ within, source, change }) =>
      within === mutant.within && source === mutant.source && change === mutant.change,
  )?.reason;
