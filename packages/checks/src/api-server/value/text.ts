import type { Code } from "../rule/codes.ts";
import type { Rule } from "../rule/rule.ts";
import { meantWord, quoted } from "../rule/wording.ts";

/** A form that texts have, and how it is called in a message. */
export interface Form {
  readonly matches: RegExp;
  readonly longest: number;
  /** What such a text is, as "a DNS label". */
  readonly name: string;
  /** What such a text is made of. */
  readonly madeOf: string;
}

/** Whether a text has a form. */
export const hasForm = ({ matches, longest }: Form, text: string): boolean =>
  text.length <= longest && matches.test(text);

/** A text of a form. An empty one is none, unless `orEmpty` says so. */
export const formed = (form: Form, code: Code = "text-malformed", orEmpty = false): Rule => {
  return (place, { report }) => {
    const { value } = place;
    if (typeof value !== "string" || hasForm(form, value) || (value === "" && orEmpty)) return;
    const what =
      value.length > form.longest
        ? `${quoted(value)} has ${value.length} characters, and ${form.name} has ${form.longest} at most`
        : `${quoted(value)} is not ${form.name}`;
    report(place, code, what, `write ${form.madeOf}`);
  };
};

/** As `formed`, of a text that is left out by being empty. */
export const formedOrEmpty = (form: Form, code?: Code): Rule => formed(form, code, true);

/** One of the words that a field knows; an empty text counts as left out where `orEmpty` says so. */
export function oneOf(words: readonly string[], orEmpty = false): Rule {
  return (place, { report }) => {
    const { value } = place;
    if (typeof value !== "string" || words.includes(value) || (value === "" && orEmpty)) return;
    const near = meantWord(value, words);
    const listed = words.length > 12 ? `${words.slice(0, 12).join(", ")}, …` : words.join(", ");
    const fix =
      near === undefined ? `write one of: ${listed}` : `did you mean ${quoted(near)}? Known are: ${listed}`;
    report(place, "word-unknown", `${quoted(value)} is none of the words that ${place.step} knows`, fix);
  };
}

/** As `oneOf`, of a text that is left out by being empty, and so filled in by the API server. */
export const oneOfOrEmpty = (...words: readonly string[]): Rule => oneOf(words, true);

/** A text that meets a condition. */
export const textThat = (holds: (text: string) => boolean, code: Code, what: string, fix: string): Rule => {
  return (place, { report }) => {
    const { value } = place;
    if (typeof value === "string" && !holds(value)) report(place, code, `${quoted(value)} ${what}`, fix);
  };
};

/** A text that has at most so many bytes. */
export const atMostLong = (longest: number): Rule =>
  textThat(
    (text) => text.length <= longest,
    "text-too-long",
    `is longer than ${longest} characters`,
    "shorten it",
  );
