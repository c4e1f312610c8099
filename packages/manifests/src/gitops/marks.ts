import type { AnnotationRecord, KindOfGroup } from "@atlas/compose";
import type { GitOpsTool } from "./tool.ts";

const namespaceKind = { group: "", kind: "Namespace" } as const;
const definitionKind = { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" } as const;

/** The group of the operator's own kinds. */
export const ownGroup = "db.atlasgo.io";

/** What takes people's data with it when it goes, or stands for them. */
export const guardedKinds: readonly KindOfGroup[] = [
  namespaceKind,
  definitionKind,
  { group: ownGroup, kind: "AtlasSchema" },
  { group: ownGroup, kind: "AtlasMigration" },
  { group: "", kind: "PersistentVolumeClaim" },
  { group: "", kind: "PersistentVolume" },
];

/** An annotation, and what its value has to have among the words that commas part. */
export interface GuardMark {
  readonly name: string;
  readonly words: readonly string[];
}

/** What keeps an object when it is in the repository no more, or when what delivers it is deleted. */
export const guards: Readonly<Record<GitOpsTool, GuardMark>> = {
  argocd: { name: "argocd.argoproj.io/sync-options", words: ["Prune=false", "Delete=false"] },
  flux: { name: "kustomize.toolkit.fluxcd.io/prune", words: ["disabled"] },
};

/** In which wave Argo CD applies an object; in 0 where nothing says. It waits until those of a wave are healthy. */
export const waveName = "argocd.argoproj.io/sync-wave";

/** What others need comes first, and what the operator works on when it runs. */
const waves: readonly AnnotationRecord[] = [
  { pairs: { [waveName]: "-1" }, kinds: [namespaceKind, definitionKind] },
  { pairs: { [waveName]: "1" }, kinds: [{ group: ownGroup }] },
];

const guardAnnotation = ({ name, words }: GuardMark): AnnotationRecord => ({
  pairs: { [name]: words.join(",") },
  kinds: guardedKinds,
});

/** What a tool is told by annotations of objects. Flux applies namespaces and CRDs first by itself. */
export const marksFor = (tool: GitOpsTool): readonly AnnotationRecord[] => [
  guardAnnotation(guards[tool]),
  ...(tool === "argocd" ? waves : []),
];
