/**
 * Every code of what this package refuses, with what there is to know of it. The list is closed: a code keeps its meaning
 * once it is published.
 *
 * @example
 * manifestCodes["manifests/release-lacks"]; // "The manager of the release does not know the flag or variable, …"
 */
export const manifestCodes = {
  "manifests/release-lacks":
    "The manager of the release does not know the flag or variable, and would end at once or do nothing.",
} as const;
