import { nearest } from "@atlas/compose";
import { InputError, type Finding } from "@atlas/input";
import type { Option } from "./command.ts";
import type { Arguments } from "./plain-arguments.ts";

/**
 * Refuses values that an option does not have, and options that would be passed over beside others.
 *
 * @throws {InputError} with all of them.
 */
export function refuseGiven(
  ofCommand: string,
  options: Readonly<Record<string, Option>>,
  values: Arguments["values"],
  positionals: readonly string[],
): void {
  let findings: Finding[] | undefined;
  for (const name in values) {
    const option = options[name];
    const words = option?.choices ?? option?.words;
    if (words !== undefined && !words.includes(String(values[name])))
      (findings ??= []).push(unknownWord(name, String(values[name]), words));
    // Most options exclude none, and a cold start goes by here.
    if (option?.excludes !== undefined)
      for (const other of option.excludes)
        if (values[other] !== undefined) (findings ??= []).push(contradiction(`--${name}`, `--${other}`));
    if (option?.isAlone === true)
      (findings ??= []).push(...givenBeside(ofCommand, name, values, positionals));
  }
  if (findings && findings.length > 0) throw new InputError(findings);
}

/** What is given beside an option that stands alone. */
function givenBeside(
  ofCommand: string,
  name: string,
  values: Arguments["values"],
  positionals: readonly string[],
): Finding[] {
  const flags = Object.keys(values).filter((other) => other !== name);
  return [...positionals.map((given) => JSON.stringify(given)), ...flags.map((flag) => `--${flag}`)].map(
    (given) => ({
      code: "option-unused",
      what: `${ofCommand} --${name} takes nothing else, and ${given} would be passed over`,
      expected: `${ofCommand} --${name} alone`,
      fix: `leave ${given} out`,
    }),
  );
}

/** Two options of which one would be passed over. */
export const contradiction = (option: string, other: string): Finding => ({
  code: "usage-wrong",
  what: `${option} and ${other} contradict each other`,
  expected: "one of them",
  fix: "leave one out",
});

/**
 * The value of an option, where fewer can be had than it has at other times; the first is the default.
 *
 * @throws {InputError} when another is given.
 */
export function choice<V extends string>(option: string, given: string, values: readonly [V, ...V[]]): V {
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new InputError([unknownWord(option, given, values)]);
}

/** Of versions, the one that is next to it by number: letters say nothing. */
function nearestVersion(given: string, words: readonly string[]): string | undefined {
  const minor = /^v?1\.(\d+)(?:\.\d+)?$/.exec(given)?.[1];
  if (minor === undefined || !words.every((word) => /^1\.\d+$/.test(word))) return undefined;
  const distance = (word: string): number => Math.abs(Number(word.slice(2)) - Number(minor));
  return words.toSorted((one, other) => distance(one) - distance(other))[0];
}

function unknownWord(option: string, given: string, words: readonly string[]): Finding {
  const near = nearestVersion(given, words) ?? nearest(given, words);
  return {
    code: "option-value-unknown",
    what: `--${option} "${given}" is unknown`,
    expected: words.join(" or "),
    fix: near === undefined ? `give --${option} ${words[0]}` : `did you mean "${near}"?`,
  };
}
