import { sourceAnnotations } from "./annotations.ts";
import { sourceImages } from "./images.ts";
import { sourceLabels } from "./labels.ts";
import { sourcePrefix, sourceSuffix } from "./name-affixes.ts";
import { sourceNamespace } from "./namespace.ts";
import { sourceReplicas } from "./replicas.ts";
import type { SourceTransform } from "./transform.ts";

/** What a kustomization does to all its objects, in this order within a phase, in which the sources state it, too. */
export const sourceTransforms: readonly SourceTransform[] = [
  sourceNamespace,
  sourcePrefix,
  sourceSuffix,
  sourceLabels,
  sourceAnnotations,
  sourceReplicas,
  sourceImages,
];
