/** What JavaScript makes of a value that is not there when it is put into a text. */
const lostValues: ReadonlySet<string> = new Set(["undefined", "null", "NaN"]);

/**
 * The word in a name that a value without content has left there: `app-${process.env.X}` of a variable that is not set is
 * `app-undefined`. Only whole segments count; undefined where there is none.
 */
export function lostValueIn(name: unknown): string | undefined {
  if (typeof name !== "string") return undefined;
  if (name.includes("[object Object]")) return "[object Object]";
  return name.split(/[-.:/@]/).find((segment) => lostValues.has(segment));
}

/** What to do about a word that a lost value has left. */
export const mendLostValue =
  "look where the text is put together: a variable of the environment that is not set, or an object in the place of text?";

/** How names of a kind are to be: as a domain, as one label of it, or as one that begins with a letter. */
interface NameRule {
  readonly matches: RegExp;
  readonly longest: number;
  readonly expected: string;
}

const subdomain: NameRule = {
  matches: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  expected: "at most 253 lower-case letters, digits, dashes and dots, with a letter or digit around each dot",
};
const label: NameRule = {
  matches: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  expected: "at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends",
};
const service: NameRule = {
  matches: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  expected:
    "at most 63 lower-case letters, digits and dashes, a letter first and a letter or digit at the end",
};

const subdomains: Readonly<Record<string, readonly string[]>> = {
  "": ["ConfigMap", "PersistentVolume", "PersistentVolumeClaim", "Pod", "Secret", "ServiceAccount"],
  apps: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["Job"],
  "networking.k8s.io": ["Ingress", "NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
  "storage.k8s.io": ["StorageClass"],
};

/**
 * The rule for the names of a kind; undefined for kinds that take any segment of a path, as those of RBAC do, and for
 * those of which nothing is known here.
 *
 * Source: `IsDNS1123Subdomain`, `IsDNS1123Label` and `IsDNS1035Label` of k8s.io/apimachinery, as Kubernetes 1.34 applies
 * them to its kinds; a CronJob leaves 11 characters for its jobs.
 */
export function nameRuleOf(group: string, kind: string): NameRule | undefined {
  if (group === "" && kind === "Service") return service;
  if (group === "" && kind === "Namespace") return label;
  if (group === "batch" && kind === "CronJob") return { ...subdomain, longest: 52 };
  const kinds = Object.hasOwn(subdomains, group) ? subdomains[group] : undefined;
  return kinds?.includes(kind) ? subdomain : undefined;
}
