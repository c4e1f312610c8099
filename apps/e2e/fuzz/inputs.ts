import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const corpusOf = (target: string): string => fileURLToPath(new URL(`corpus/${target}.txt`, import.meta.url));
const foundOf = (target: string): string => fileURLToPath(new URL(`found/${target}`, import.meta.url));

/**
 * The committed inputs of a target: those that once broke it, each a file in `found`, and those that reach all that has
 * been reached, in base64 as the lines of its file in `corpus`.
 */
export function readInputs(target: string): readonly Buffer[] {
  const [found, corpus] = [foundOf(target), corpusOf(target)];
  const files = existsSync(found) ? readdirSync(found) : [];
  const lines = existsSync(corpus) ? readFileSync(corpus, "utf8").split("\n").filter(Boolean) : [];
  return [
    ...files.map((file) => readFileSync(join(found, file))),
    ...lines.map((line) => Buffer.from(line, "base64")),
  ];
}

/** Writes the corpus of a target, the smallest inputs first. */
export function writeCorpus(target: string, inputs: readonly Buffer[]): void {
  const lines = inputs.map((input) => `${input.toString("base64")}\n`);
  const sorted = lines.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  writeFileSync(corpusOf(target), sorted.join(""));
}
