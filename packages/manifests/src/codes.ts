/**
 * Every code of what this package refuses, with what there is to know of it. The list is closed: a code keeps its meaning
 * once it is published.
 *
 * @example
 * manifestCodes["manifests/release-lacks"]; // "The manager of the release does not know the flag or variable, …"
 */
export const manifestCodes = {
  "manifests/parameter-stated-twice":
    "A parameter of a database's URL is stated by a field of its own, too, so that one of the two would be passed over.",
  "manifests/proxy-url":
    "What is given as the URL of a proxy is not one, or holds a password that everybody who sees the Deployment could read.",
  "manifests/release-lacks":
    "The manager of the release does not know the flag or variable, and would end at once or do nothing.",
  "manifests/scope-namespaces":
    "The list of namespaces to watch is empty, which to the manager means all of them, or names one twice.",
  "manifests/setting-malformed":
    "A setting of an option is not what the manager, or the API server, takes: a name, an amount, a label selector.",
} as const;
