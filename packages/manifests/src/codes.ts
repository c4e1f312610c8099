/**
 * Every code of what this package refuses, with what there is to know of it. The list is closed: a code keeps its meaning
 * once it is published.
 *
 * @example
 * manifestCodes["manifests/release-lacks"]; // "The manager of the release does not know the flag or variable, …"
 */
export const manifestCodes = {
  "manifests/gitops-circular":
    "Environments of one cluster need namespaces or CRDs of each other, so that none of them can be delivered first.",
  "manifests/gitops-name":
    "What an environment would be called where Argo CD or Flux reads of it is no name to Kubernetes, or that of another.",
  "manifests/gitops-order":
    "Argo CD would apply an object before its namespace, or before the API server knows its kind, and the sync would fail.",
  "manifests/gitops-shared":
    "Two environments that are delivered to one cluster have an object in common, which each would take from the other, and whose removal in one would delete it.",
  "manifests/gitops-unguarded":
    "Argo CD or Flux would delete a namespace, a CRD or what stands for people's data once it is in the repository no more, and the data with it.",
  "manifests/gitops-unplaced":
    "An object states no namespace: Argo CD puts it into its destination's, Flux into its own, and the repository does not say where it is.",
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
