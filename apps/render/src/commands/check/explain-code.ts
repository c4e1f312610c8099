import { didYouMean } from "@atlas/compose";
import { InputError } from "@atlas/input";
import { codeLists } from "../../problems/known-codes.ts";

/**
 * What a problem or a finding of a code is, why it matters and how it is fixed, for a person.
 *
 * @throws {InputError} for a code that there is not.
 */
export function explainCode(code: string): string {
  const known = codeLists.flatMap(({ codes }) => codes);
  const found = known.find((each) => each.code === code);
  if (found) {
    const { severity, why, fix, link } = found;
    const entries = Object.entries({ why, fix, see: link }).flatMap(([label, text]) =>
      text === undefined ? [] : [`  ${label}: ${text}`],
    );
    return `${[[severity, code].filter(Boolean).join(" "), ...entries].join("\n")}\n`;
  }
  const names = known.map((each) => each.code);
  throw new InputError([
    {
      code: "code-unknown",
      what: `there is no code "${code}"`,
      expected: "a code that a problem or a finding shows, as memory-unlimited",
      fix: didYouMean(code, names, "take one from what atlas-render says, or from its CODES.md"),
    },
  ]);
}
