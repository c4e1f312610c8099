import { explain, explanations } from "@atlas/checks";
import { didYouMean } from "@atlas/compose";
import { InputError } from "@atlas/input";

/**
 * Why something does not work that is found under a code, for a person.
 *
 * @throws {InputError} for a code that there is not.
 */
export function explainCode(code: string): string {
  const found = explain(code);
  if (found)
    return `${[`${found.severity} ${found.code}`, `  why: ${found.why}`, `  fix: ${found.fix}`, `  see: ${found.link}`].join("\n")}\n`;
  const codes = explanations.map((each) => each.code);
  throw new InputError([
    {
      what: `there is no code "${code}"`,
      expected: "a code that a finding shows, as memory-unlimited",
      fix: didYouMean(code, codes, "run atlas-render check, and take one from what it says"),
    },
  ]);
}
