import { createHash } from "node:crypto";
import type { Mutant } from "./mutants.ts";

/**
 * Some of the mutants, by a seed: one a line at most, each line as likely as any other. A mutant is drawn for what it says,
 * not for where it stands, so that a source can be moved, and another one changed, without another sample coming of it.
 */
export function sampleOf(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const seen = new Map<string, number>();
  const lots = mutants.map((mutant): readonly [lot: string, mutant: Mutant] => {
    const text = [mutant.within, mutant.source, mutant.change].join("\n");
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return [lotOf(`${seed}\n${nth}\n${text}`), mutant];
  });
  const lines = new Map<string, readonly [lot: string, mutant: Mutant]>();
  for (const entry of lots.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const line = `${entry[1].file}:${entry[1].line}`;
    if (!lines.has(line)) lines.set(line, entry);
  }
  return [...lines.values()]
    .map(([lot, mutant]): readonly [string, Mutant] => [lotOf(lot), mutant])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, mutant]) => mutant);
}

const lotOf = (text: string): string => createHash("sha256").update(text).digest("hex");
