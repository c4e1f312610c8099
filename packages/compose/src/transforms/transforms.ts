import { annotationTransform, type AnnotationContent } from "./annotations.ts";
import { imageTransform, type ImageContent } from "./image.ts";
import { labelTransform, type LabelContent } from "./labels.ts";
import { replicaTransform, type ReplicaContent } from "./replicas.ts";
import type { Transform } from "./transform.ts";

/** What a layer says in the fields of transforms. */
export interface TransformContent extends LabelContent, AnnotationContent, ReplicaContent, ImageContent {}

/** What a layer does to all its objects when they have their namespaces and names, in this order, as in Kustomize. */
export const transforms: readonly Transform<TransformContent>[] = [
  labelTransform,
  annotationTransform,
  replicaTransform,
  imageTransform,
];

/** What a layer says in the fields of transforms, with nothing in those that it leaves out. */
export const transformContent = (content: Partial<TransformContent>): TransformContent => ({
  ...nothingSaid,
  ...content,
});

const nothingSaid = Object.fromEntries(
  transforms.map(({ field, nothing }) => [field, nothing]),
) as unknown as TransformContent;
