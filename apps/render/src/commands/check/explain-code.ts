import { didYouMean } from "@atlas/compose";
import { InputError } from "@atlas/input";
import { codeLists, type KnownCode } from "../../problems/known-codes.ts";

/**
 * What a problem or a finding of a code is, why it matters and how it is fixed, for a person.
 *
 * @throws {InputError} for a code that there is not.
 */
export function explainCode(code: string): string {
  const known = codeLists.flatMap(({ codes }) => codes);
  const found = codeLists.flatMap(({ about, codes }) =>
    codes.flatMap((each) => (each.code === code ? [{ about, ...each }] : [])),
  );
  // The generator of types is a program of its own, and calls some things that are wrong in its input as others are called.
  if (found.length > 0)
    return found.map((each) => codeExplanation(each, found.length > 1 ? each.about : undefined)).join("\n");
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

function codeExplanation({ severity, code, why, fix, link }: KnownCode, about: string | undefined): string {
  const head = [severity, code, about && `(${about})`].filter(Boolean).join(" ");
  const lines = [`why: ${why}`, `fix: ${fix}`, ...(link === undefined ? [] : [`see: ${link}`])];
  return [head, ...lines.map((line) => `  ${line}`), ""].join("\n");
}
