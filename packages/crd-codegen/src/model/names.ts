import { createHash } from "node:crypto";

/** `devURL` as `DevURL`, `last_applied` as `LastApplied`. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

/** The longest that a type's name is; `Observed` may come behind it, which makes 60. */
const longestName = 52;

/**
 * The name of what is found on a path: all of its steps, or, where these are too long, a part of their hash and as many of
 * the last ones as there is room for. The last one is always there.
 *
 * @example
 *   shortened("Shop", ["Spec", "Labels"]); // "ShopSpecLabels"
 */
export function shortened(root: string, steps: readonly string[]): string {
  const whole = `${root}${steps.join("")}`;
  if (whole.length <= longestName) return whole;
  const hash = hashOf(whole);
  const last = steps.at(-1) ?? "";
  const begin = root.slice(0, Math.max(longestName - hash.length - last.length, 1));
  const kept = [last];
  for (const step of steps.slice(0, -1).toReversed()) {
    if (begin.length + hash.length + kept.join("").length + step.length > longestName) break;
    kept.unshift(step);
  }
  return `${begin}${hash}${kept.join("")}`;
}

/** What tells one text from another in a name. */
export const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 6).toUpperCase();
