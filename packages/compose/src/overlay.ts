import type { ImageRecord } from "./image.ts";
import type { Resource } from "./object.ts";
import type { Patch } from "./patch.ts";

/** What a base and an overlay may say. */
export interface LayerContent {
  /** The namespace that all its objects stand in. */
  readonly namespace?: string;
  readonly resources?: readonly Resource[];
  /** Changes of objects of the layer below or of this layer. */
  readonly patches?: readonly Patch[];
  readonly images?: readonly ImageRecord[];
  /**
   * CustomResourceDefinitions that the cluster has already: they are not rendered, but say which fields, merge keys and
   * scope custom kinds have. Those among the resources need no mention.
   */
  readonly crds?: readonly Resource[];
}

/** Objects and what is done to them, over another layer or none. Plain data: nothing happens until it is composed. */
export interface Layer extends Required<Omit<LayerContent, "namespace">> {
  readonly namespace?: string;
  readonly below?: Layer;
}

/** The objects that all environments share. */
export function base({
  resources = [],
  patches = [],
  images = [],
  crds = [],
  namespace,
}: LayerContent): Layer {
  return { resources, patches, images, crds, ...(namespace !== undefined && { namespace }) };
}

/** What one environment adds to a base (or to another overlay) and changes in it. */
export function overlay({ base: below, ...content }: LayerContent & { readonly base: Layer }): Layer {
  return { ...base(content), below };
}
