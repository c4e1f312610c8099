import type { Code } from "./codes.ts";
import { quoted } from "./wording.ts";
import { at, hasFields, isSet, type RulePlace } from "./place.ts";
import type { Rule } from "./rule.ts";

/** One of several fields, each of which says another thing: there must be one, and no second. */
export const exactlyOne = (what: string, names: readonly string[]): Rule =>
  countedFields(what, new Set(names), true);

/** One of several fields, or none. */
export const atMostOne = (what: string, names: readonly string[]): Rule =>
  countedFields(what, new Set(names), false);

/** One field of those that are there, whatever they are called. */
function countedFields(what: string, names: ReadonlySet<string>, isNeeded: boolean): Rule {
  return (place, { report }) => {
    const { value } = place;
    if (!hasFields(value)) return;
    const stated = Object.keys(value).filter((name) => names.has(name) && saysSomething(value[name]));
    const [first = "", second] = stated;
    if (second !== undefined)
      report(at(place, second), "union-stated-twice", `there is ${first} already, ${what}`, "take one out");
    else if (isNeeded && stated.length === 0)
      report(
        place,
        "union-missing",
        `nothing says what it is: ${what}`,
        `state one of: ${listedNames(names)}`,
      );
  };
}

/** Whether a field says something; an empty list is one that is left out. */
const saysSomething = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

const listedNames = (names: ReadonlySet<string>): string => [...names].join(", ");

/** What the elements of a list are told apart by must not be there twice. An element without it is not compared. */
export function unique(code: Code, keyOf: (element: unknown) => string | undefined, what: string): Rule {
  return (place, { report }) => {
    const { value } = place;
    if (!Array.isArray(value) || value.length < 2) return;
    const seen = new Set<string>();
    for (let step = 0; step < value.length; step++) {
      const key = keyOf(value[step]);
      if (key === undefined) continue;
      if (seen.has(key))
        report(
          { value: value[step], above: place, step },
          code,
          `${what} ${quoted(key)} is there twice`,
          "take one out or rename it",
        );
      seen.add(key);
    }
  };
}

/** Fields that may not be there, with the reason. */
export function forbidden(code: Code, names: readonly string[], because: string, fix?: string): Rule {
  return (place: RulePlace, { report }) => {
    for (const name of names)
      if (isSet(place.value, name)) report(at(place, name), code, `${name} ${because}`, fix);
  };
}
