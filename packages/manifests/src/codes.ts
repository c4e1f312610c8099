import type { ExplainedCodes } from "@atlas/compose/codes";

/**
 * Every code of what this package refuses, with why it is refused and, as a clause, how it is fixed. The list is
 * closed: a code keeps its meaning once it is published.
 *
 * @example
 * manifestCodes["manifests/scope-namespaces"].fix; // "name every namespace once, or leave the option out to watch all"
 */
export const manifestCodes = {
  "manifests/gitops-circular": {
    why: "Environments of one cluster need namespaces or CRDs of each other, so that none of them can be delivered first.",
    fix: "move the namespaces and CRDs that others need into one environment, and leave out a --depends-on that leads back",
  },
  "manifests/gitops-name": {
    why: "What an environment would be called where Argo CD or Flux reads of it is no name to Kubernetes, or that of another.",
    fix: "rename the folder of the environment, or the row of the fleet: at most 63 small letters, digits and dashes with what stands before",
  },
  "manifests/gitops-order": {
    why: "Argo CD would apply an object before its namespace, or before the API server knows its kind, and the sync would fail.",
    fix: 'list gitops("argocd") of @atlas/manifests/options among the components, which sets the waves, or correct the wave by hand',
  },
  "manifests/gitops-shared": {
    why: "Two environments that are delivered to one cluster have an object in common, which each would take from the other, and whose removal in one would delete it.",
    fix: 'deliver each object by one environment; of several clusters, state which: overlay({ base, cluster: "…" })',
  },
  "manifests/gitops-unguarded": {
    why: "Argo CD or Flux would delete a namespace, a CRD or what stands for people's data once it is in the repository no more, and the data with it.",
    fix: 'list gitops("argocd"), or gitops("flux"), of @atlas/manifests/options among the components, which guards these objects',
  },
  "manifests/gitops-unplaced": {
    why: "An object states no namespace: Argo CD puts it into its destination's, Flux into its own, and the repository does not say where it is.",
    fix: "state metadata.namespace in the object, or namespace in the layer",
  },
  "manifests/parameter-stated-twice": {
    why: "A parameter of a database's URL is stated by a field of its own, too, so that one of the two would be passed over.",
    fix: "take the parameter out of parameters, or the field out of the connection",
  },
  "manifests/proxy-url": {
    why: "What is given as the URL of a proxy is not one, or holds a password that everybody who sees the Deployment could read.",
    fix: "write http://host:port without user and password; let a proxy that wants them take them from elsewhere",
  },
  "manifests/release-lacks": {
    why: "The manager of the release does not know the flag or variable, and would end at once or do nothing.",
    fix: "correct the name, leave it out, or run a release of the operator that has it",
  },
  "manifests/scope-namespaces": {
    why: "The list of namespaces to watch is empty, which to the manager means all of them, or names one twice.",
    fix: "name every namespace once, or leave the option out to watch all",
  },
  "manifests/setting-malformed": {
    why: "A setting of an option is not what the manager, or the API server, takes: a name, an amount, a label selector. The pod would end at its start, or the API server refuse the object.",
    fix: "write the value in the form that the message names",
  },
} as const;

/** What may be wrong with what this package was given. */
export type ManifestCode = ExplainedCodes<typeof manifestCodes>;
