import type { accepted } from "./accepted.ts";
import { judged } from "./judged.ts";
import { everyday } from "./kinds/everyday.ts";
import type { Kinds } from "./kinds/kind.ts";

export type { AcceptedOptions } from "./judged.ts";
export type { Code } from "./rule/codes.ts";
export type { Finding } from "../findings/finding.ts";

/** What tells a kind. */
interface KindReference {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Whether a group is of Kubernetes itself; of the core group it is the version. */
const isOwnGroup = (group: string): boolean => !group.includes(".") || group.endsWith(".k8s.io");

const extensionGroups = /^(?:admissionregistration|apiextensions|apiregistration)\.k8s\.io\//;
const networkGroups = /^(?:networking|discovery)\.k8s\.io\/|^v1\/(?:Service|Endpoints)$/;
const workloadGroups =
  /^(?:apps|batch)\/|^v1\/(?:Pod|PodTemplate|ReplicationController|PersistentVolumeClaim)$/;

/**
 * `accepted`, for objects of some kinds: only the rules that these need are loaded, which for what most environments have is half
 * of them. Of an object of another kind it may not look at more than the metadata.
 *
 * @param objects the objects that are meant, or what else tells their kinds.
 * @example
 * const accepted = await acceptedFor(objects);
 * const findings = objects.flatMap((object) => accepted(object, { version: "1.34" }));
 */
export async function acceptedFor(objects: Iterable<KindReference>): Promise<typeof accepted> {
  const families = new Set<LoadKinds>();
  for (const { apiVersion, kind } of objects) {
    const family = familyOf(`${apiVersion}/${kind}`);
    if (family !== undefined) families.add(family);
  }
  const known = [everyday, ...(await Promise.all([...families].map((load) => load())))];
  return (object, options = {}) =>
    judged(object, options, (apiVersion, kind) => {
      const name = `${apiVersion}/${kind}`;
      return known.find((kinds) => Object.hasOwn(kinds, name))?.[name];
    });
}

type LoadKinds = () => Promise<Kinds>;
const kindFamilies = {
  extensions: async (): Promise<Kinds> => (await import("./kinds/extensions.ts")).extensions,
  network: async (): Promise<Kinds> => (await import("./kinds/network.ts")).network,
  workloads: async (): Promise<Kinds> => (await import("./kinds/workloads.ts")).workloads,
  rare: async (): Promise<Kinds> => (await import("./kinds/rare.ts")).rare,
};

/** What loads the rules of a kind, where they are not there already. */
function familyOf(name: string): LoadKinds | undefined {
  // Nobody knows rules for kinds of others.
  if (Object.hasOwn(everyday, name) || !isOwnGroup(name.slice(0, name.indexOf("/")))) return undefined;
  if (extensionGroups.test(name)) return kindFamilies.extensions;
  if (networkGroups.test(name)) return kindFamilies.network;
  return workloadGroups.test(name) ? kindFamilies.workloads : kindFamilies.rare;
}
