import { identity, type KubernetesObject, type Resource } from "../kubernetes/object.ts";
import type { Problem } from "../problems/problem.ts";
import type { Entry } from "./entry.ts";

/** What a layer puts before and after names. */
export interface Affixes {
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

/**
 * The kinds whose names stay: those of CustomResourceDefinitions and APIServices say what they define, and a namespace is
 * named by `namespace`.
 *
 * Source: `prefixFieldSpecsToSkip` of Kustomize 5.5.
 */
const kept = new Set([
  "/Namespace",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
]);

export function keepsName(resource: Resource): boolean {
  const { group, kind } = identity(resource);
  return kept.has(`${group}/${kind}`);
}

/** Gives the objects their new names. Affixes that no object takes are a problem. */
export function applyAffixes(
  entries: readonly Entry[],
  { namePrefix = "", nameSuffix = "" }: Affixes,
  open: (entry: Entry) => KubernetesObject,
): Problem[] {
  const renamed = entries.filter(({ object }) => !keepsName(object));
  for (const entry of renamed) {
    const { metadata } = open(entry);
    rememberName(entry);
    Object.assign(metadata, { name: `${namePrefix}${metadata.name}${nameSuffix}` });
  }
  if (renamed.length > 0) return [];
  return [
    {
      code: "name-affix-matches-nothing",
      what: `"${namePrefix || nameSuffix}" applies to no object`,
      path: namePrefix ? "namePrefix" : "nameSuffix",
      expected: "an object that takes another name: no Namespace, CustomResourceDefinition or APIService",
      fix: "add one, or leave it out",
    },
  ];
}

/** Notes what an object is called before it gets another name or namespace. */
export function rememberName(entry: Entry): void {
  const { name, namespace } = identity(entry.object);
  entry.former = [...(entry.former ?? []), { name, ...(namespace !== undefined && { namespace }) }];
}
