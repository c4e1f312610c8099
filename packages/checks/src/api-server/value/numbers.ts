import type { Rule } from "../rule/rule.ts";

/** A whole number between two bounds, both inclusive. */
export function between(least: number, most: number): Rule {
  return (place, { report }) => {
    const { value } = place;
    if ((typeof value !== "number" && typeof value !== "bigint") || (value >= least && value <= most)) return;
    const bounds =
      most === Infinity
        ? `${least} or more`
        : least === -Infinity
          ? `${most} or less`
          : `from ${least} to ${most}`;
    report(place, "number-out-of-range", `${place.step} is ${value}`, `write a number ${bounds}`);
  };
}

/** A count or a duration, that is not below zero. */
export const notNegative: Rule = between(0, Infinity);
export const positive: Rule = between(1, Infinity);
export const portNumber: Rule = between(1, 65_535);
/** A port that is left out by being zero. */
export const portNumberOrNone: Rule = between(0, 65_535);
/** The permissions of a file, which are decimal in JSON: 420 for 0644. */
export const fileMode: Rule = between(0, 0o777);
/** The ID of a user or a group of Linux. */
export const linuxId: Rule = between(0, 2_147_483_647);

/** The number of a field, or what is taken where there is none. */
export const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;
