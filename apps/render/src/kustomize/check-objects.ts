import { base, compose } from "@atlas/compose";
import { findingsOf, type Finding } from "../failure.ts";
import { isCopied } from "./declare.ts";
import { withoutOwnPlaces, type Log } from "./log.ts";
import type { SourceObject } from "./resource-file.ts";
import type { Kustomization } from "./tree.ts";

/**
 * Refuses kinds and fields that there are not, which Kustomize takes and sources do not: here, they are still in the file
 * that the user can mend.
 */
export function checkObjects(tree: readonly Kustomization[], { problems }: Log): void {
  const sources = tree.flatMap(({ content }) => content.objects).filter(({ object }) => !isCopied(object));
  const crds = tree
    .flatMap(({ content }) => content.objects.map(({ object }) => object))
    .filter(({ kind }) => kind === "CustomResourceDefinition");
  for (const source of sources)
    for (const finding of findingsIn(source, crds))
      problems.push(finding.places ? finding : { ...source.place, ...finding });
}

function findingsIn({ object }: SourceObject, crds: readonly SourceObject["object"][]): readonly Finding[] {
  try {
    compose(base({ resources: [object], crds }));
    return [];
  } catch (error) {
    const findings = findingsOf(error);
    if (!findings) throw error;
    return findings.map(withoutOwnPlaces);
  }
}
