import { base, compose } from "@atlas/compose";
import { findingsOf, type Finding } from "@atlas/input";
import { isCopied } from "./declare.ts";
import { isKept } from "../model/in-memory.ts";
import { note, withoutOwnPlaces } from "../model/log.ts";
import type { SourceObject } from "../read/resource-file.ts";
import type { Kustomization } from "../read/tree.ts";

/**
 * Refuses kinds and fields that there are not, which Kustomize takes and sources do not: here, they are still in the file
 * that the user can fix. What stays a file is noted: a kind in a version that Kubernetes no longer has, elements that patches could not tell apart.
 */
export function checkObjects(tree: readonly Kustomization[]): void {
  const crds = tree
    .flatMap(({ content }) => content.objects.map(({ object }) => object))
    .filter(({ kind }) => kind === "CustomResourceDefinition");
  for (const { content, root } of tree)
    for (const source of content.objects.filter(({ object }) => !isCopied(object)))
      for (const { path, ...finding } of findingsOfObject(source, crds)) {
        const placed = {
          ...(!finding.places && source.place),
          ...finding,
          ...(path !== undefined && { path }),
        };
        if (isKept(source.object)) note(root.log, { ...placed, what: `kept as YAML: ${finding.what}` });
        else root.log.problems.push(placed);
      }
}

function findingsOfObject(
  { object }: SourceObject,
  crds: readonly SourceObject["object"][],
): readonly Finding[] {
  try {
    compose(base({ resources: [object], crds }));
    return [];
  } catch (error) {
    const findings = findingsOf(error);
    if (!findings) throw error;
    return findings.map(withoutOwnPlaces);
  }
}
