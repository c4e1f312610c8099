import type { Code } from "./codes.ts";
import { at, hasFields, type RulePlace } from "./place.ts";

/** What rules are told of the object, and whom they tell of what is wrong with it. */
export interface Look {
  /** The minor version of Kubernetes: 34 of 1.34. */
  readonly minor: number;
  /** The object as a whole. */
  readonly object: RulePlace;
  readonly report: ReportAt;
}

/** Says that something is wrong at a place. */
export type ReportAt = (place: RulePlace, code: Code, what: string, fix?: string) => void;

/** Looks at a value that is there, and reports what is wrong with it. Of a value that has another type it says nothing. */
export type Rule = (place: RulePlace, look: Look) => void;

/** Several rules for one value. */
export function all(...rules: readonly Rule[]): Rule {
  return (place, look) => {
    for (const rule of rules) rule(place, look);
  };
}

/** A rule for each field of a value, and the fields that it has to have. */
export function fields(rules: Readonly<Record<string, Rule>>, ...required: readonly string[]): Rule {
  // They stay as they are: most rules of a kind are made for fields that an object does not have.
  return (above, look) => {
    const { value } = above;
    if (!hasFields(value)) return;
    for (const step of Object.keys(value)) {
      const rule = Object.hasOwn(rules, step) ? rules[step] : undefined;
      const inner = value[step];
      if (rule !== undefined && inner !== undefined && inner !== null)
        rule({ value: inner, above, step }, look);
    }
    for (const name of required) requireField(above, name, look);
  };
}

/** Fields that have to be there. */
export const requires = (...names: readonly string[]): Rule => fields({}, ...names);

/** Reports a field that is missing, or is as good as missing: an empty text or list. */
export function requireField(above: RulePlace, name: string, { report }: Look): void {
  const place = at(above, name);
  const { value } = place;
  if (value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0)) return;
  report(
    place,
    "field-missing",
    value === undefined ? `${name} is missing` : `${name} is empty`,
    `state ${name}`,
  );
}

/** A rule that is made when a value asks for it: what few objects have costs a start nothing. */
export function lazily(make: () => Rule): Rule {
  let made: Rule | undefined;
  return (place, look) => {
    made ??= make();
    made(place, look);
  };
}

/** A rule for each element of a list. */
export function eachOf(rule: Rule): Rule {
  return (above, look) => {
    const { value } = above;
    if (!Array.isArray(value)) return;
    for (let step = 0; step < value.length; step++) {
      const inner: unknown = value[step] ?? zeroAmong(value);
      if (inner !== undefined) rule({ value: inner, above, step }, look);
    }
  };
}

/** What Go makes of a null among texts or numbers; a null among objects is for the schema to refuse. */
const zeroAmong = (list: readonly unknown[]): "" | 0 | undefined => {
  const other = list.find((each) => each !== undefined && each !== null);
  if (typeof other === "number") return 0;
  return typeof other === "object" ? undefined : "";
};

/** Rules for the keys and for the values of a map. */
export function mapOf(keys: Rule | undefined, values?: Rule): Rule {
  return (above, look) => {
    const { value } = above;
    if (!hasFields(value)) return;
    for (const step of Object.keys(value)) {
      // A key is reported where its value stands.
      keys?.({ value: step, above: { value, above: above.above, step: above.step }, step }, look);
      const inner = value[step];
      if (inner !== undefined && inner !== null) values?.({ value: inner, above, step }, look);
    }
  };
}

/** A rule that holds from a minor version on. */
export const since =
  (minor: number, rule: Rule): Rule =>
  (place, look) => {
    if (look.minor >= minor) rule(place, look);
  };
