import { base, compose, displayName } from "@atlas/compose";
import { findingsOf, type Finding } from "@atlas/input";
import { isCopied } from "../model/copied.ts";
import { keptReason, type KeptReason } from "../model/in-memory.ts";
import { note, withoutOwnPlaces, type Log } from "../model/log.ts";
import type { SourceObject } from "../read/resource-file.ts";
import type { Kustomization } from "../tree/tree.ts";

/** An object whose name is none, and what is wrong with it. */
export interface Misnamed {
  readonly object: SourceObject["object"];
  readonly finding: Finding;
  readonly log: Log;
}

/**
 * Refuses kinds and fields that there are not, which Kustomize takes and sources do not: here, they are still in the file
 * that the user can fix. What stays a file is noted: a kind in a version that Kubernetes no longer has, elements that
 * patches could not tell apart, what SOPS has encrypted, what is yet to be filled in.
 *
 * @returns objects whose names are none: they are wrong unless something gives them others.
 */
export function checkObjects(tree: readonly Kustomization[]): Misnamed[] {
  const crds = tree
    .flatMap(({ content }) => content.objects.map(({ object }) => object))
    .filter(({ kind }) => kind === "CustomResourceDefinition");
  const misnamed: Misnamed[] = [];
  for (const { content, root } of tree)
    for (const source of content.objects.filter(({ object }) => !isCopied(object))) {
      const { place, object } = source;
      const reason = keptReason(object);
      if (reason === "encrypted") {
        const what = "kept as YAML: SOPS has encrypted it, and it is to be decrypted as it stands";
        note(root.log, { ...place, object: displayName(object), code: "import-kept", what });
      } else
        for (const found of findingsOfObject(source, crds)) {
          const finding = { ...(!found.places && place), ...found };
          if (reason === undefined) root.log.problems.push(finding);
          else if (reason === "misnamed") misnamed.push({ object, finding, log: root.log });
          else note(root.log, noteOf(finding, reason));
        }
    }
  return misnamed;
}

/** Refuses objects that come out under names that are none; the others are noted: they stay files. */
export function checkNames(misnamed: readonly Misnamed[], built: readonly SourceObject["object"][]): void {
  for (const { object, finding, log } of misnamed) {
    const { name } = object.metadata;
    const isBuilt = built.some(
      (each) =>
        each.kind === object.kind &&
        (each.metadata.name === name ||
          (each.metadata.name.includes(name) && keptReason(each) === "misnamed")),
    );
    if (isBuilt) log.problems.push(finding);
    else note(log, noteOf(finding, "misnamed"));
  }
}

/** What is said of an object that stays a file; a placeholder is right where something puts a value in its place. */
function noteOf(finding: Finding, reason: KeptReason): Finding {
  const kept = { ...finding, what: `kept as YAML: ${finding.what}` };
  if (reason === "misnamed")
    return { ...kept, code: "import-kept", fix: "none: what stands on it gives it another name" };
  if (reason !== "unfilled") return kept;
  const fix =
    "render with --no-validate as long as something puts a value in there after that, or state the value";
  return { ...kept, code: "import-kept", fix };
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
