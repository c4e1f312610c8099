import { isBuiltInGroup } from "./schema.ts";

/**
 * How names of a kind are to be: as a domain, as one label of it, or as one that begins with a letter. No pattern has a bound
 * of its own: V8 writes out what is repeated at most so often, which takes a cold start longer than all that it matches.
 */
interface NameRule {
  readonly matches: RegExp;
  readonly longest: number;
  readonly expected: string;
}

const subdomainName: NameRule = {
  matches: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  expected: "at most 253 lower-case letters, digits, dashes and dots, with a letter or digit around each dot",
};
const labelName: NameRule = {
  matches: /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  expected: "at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends",
};
const serviceNames: NameRule = {
  matches: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  expected:
    "at most 63 lower-case letters, digits and dashes, a letter first and a letter or digit at the end",
};

const cronJobName: NameRule = {
  ...subdomainName,
  longest: 52,
  expected: "as for other kinds, but at most 52 characters: its jobs' names are 11 longer",
};

/** Whether a text has the form of most objects' names, of any length. */
export const isSubdomain = (text: string): boolean => subdomainName.matches.test(text);

/** Whether a text is a DNS label, as the name of a namespace is. */
export const isLabelName = (text: string): boolean =>
  text.length <= labelName.longest && labelName.matches.test(text);

/** Kinds of Kubernetes itself whose names are no subdomains; undefined for those that take any segment of a path. */
const exceptions: Readonly<Record<string, NameRule | undefined>> = {
  "/Binding": undefined,
  "/Event": undefined,
  "/Namespace": labelName,
  "/Service": serviceNames,
  "apps/StatefulSet": labelName,
  "batch/CronJob": cronJobName,
  "certificates.k8s.io/CertificateSigningRequest": undefined,
  "policy/PodDisruptionBudget": undefined,
  // What they are called says what they are about, and is to be as that.
  "apiextensions.k8s.io/CustomResourceDefinition": undefined,
  "apiregistration.k8s.io/APIService": undefined,
  "networking.k8s.io/IPAddress": undefined,
};

/** Groups whose kinds all take any segment of a path. */
const freeGroups: ReadonlySet<string> = new Set([
  "authentication.k8s.io",
  "authorization.k8s.io",
  "rbac.authorization.k8s.io",
]);

/**
 * The rule for the names of a kind of Kubernetes itself; undefined for those that take any segment of a path, and for custom
 * kinds: what serves those may take others.
 *
 * Source: `IsDNS1123Subdomain`, `IsDNS1123Label` and `IsDNS1035Label` of k8s.io/apimachinery, as the API server of
 * Kubernetes 1.34 applies them to its kinds; a test asks it for each.
 */
export function nameRuleOf(apiVersion: string, kind: string): NameRule | undefined {
  if (!isBuiltInGroup(apiVersion)) return undefined;
  const group = apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
  const key = `${group}/${kind}`;
  if (Object.hasOwn(exceptions, key)) return exceptions[key];
  return freeGroups.has(group) ? undefined : subdomainName;
}
