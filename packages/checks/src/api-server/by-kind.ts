import type { accepted } from "./accepted.ts";
import { judged } from "./judged.ts";
import { everyday } from "./kinds/everyday.ts";
import type { Kinds } from "./kinds/kind.ts";
import { workloads } from "./kinds/workloads.ts";

export type { AcceptedOptions } from "./judged.ts";
export type { Code } from "./rule/codes.ts";
export type { Finding } from "../findings/finding.ts";

/** What tells a kind. */
interface KindReference {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What nearly every environment has. */
const commonKinds: Kinds = { ...everyday, ...workloads };

const extensionGroups = /^(?:admissionregistration|apiextensions|apiregistration)\.k8s\.io\//;
const networkGroups = /^(?:networking|discovery)\.k8s\.io\/|^v1\/(?:Service|Endpoints)$/;

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
  const names = new Set<string>();
  for (const { apiVersion, kind } of objects) names.add(`${apiVersion}/${kind}`);
  const kinds: Record<string, Kinds[string]> = { ...commonKinds };
  const loaded = await Promise.all([...new Set([...names].flatMap(familyOf))].map((load) => load()));
  Object.assign(kinds, ...loaded);
  return (object, options = {}) =>
    judged(object, options, (apiVersion, kind) => {
      const name = `${apiVersion}/${kind}`;
      return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    });
}

type LoadKinds = () => Promise<Kinds>;
const kindFamilies = {
  extensions: async (): Promise<Kinds> => (await import("./kinds/extensions.ts")).extensions,
  network: async (): Promise<Kinds> => (await import("./kinds/network.ts")).network,
  rare: async (): Promise<Kinds> => (await import("./kinds/rare.ts")).rare,
};

/** Loads the rules of a kind, where they are not there already. */
function familyOf(name: string): LoadKinds[] {
  if (Object.hasOwn(commonKinds, name)) return [];
  if (extensionGroups.test(name)) return [kindFamilies.extensions];
  if (networkGroups.test(name)) return [kindFamilies.network];
  // Nobody knows rules for kinds of others.
  return /^[^./]+\/|^v1\/|\.k8s\.io\//.test(name) ? [kindFamilies.rare] : [];
}
