import type { Generator } from "./generated.ts";
import type { ImageRecord } from "./image.ts";
import type { LabelRecord } from "./labels.ts";
import type { Resource } from "./object.ts";
import type { Patch } from "./patch.ts";
import { rememberCall } from "./places.ts";
import type { ReplicaRecord } from "./replicas.ts";

/**
 * What a base, an overlay or a component may say. It is applied in this order, as in Kustomize: resources, generators,
 * components, patches, namespace, labels, annotations, replicas, images.
 */
export interface LayerContent {
  readonly resources?: readonly Resource[];
  /** ConfigMaps and Secrets that are named by their content: `configMapGenerator`, `secretGenerator`. */
  readonly generators?: readonly Generator[];
  /** Pieces that several layers share. They change what is here so far, before the layer itself does. */
  readonly components?: readonly Component[];
  /** Changes of objects of the layer below or of this layer. */
  readonly patches?: readonly Patch[];
  /** The namespace that all its objects stand in. */
  readonly namespace?: string;
  readonly labels?: readonly LabelRecord[];
  /** Annotations of every object and of the templates of its pods. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly replicas?: readonly ReplicaRecord[];
  readonly images?: readonly ImageRecord[];
  /**
   * CustomResourceDefinitions that the cluster has already: they are not rendered, but say which fields, merge keys and
   * scope custom kinds have. Those among the resources need no mention.
   */
  readonly crds?: readonly Resource[];
}

interface Content extends Required<Omit<LayerContent, "namespace">> {
  readonly namespace?: string;
}

/** Objects and what is done to them, over other layers or none. Plain data: nothing happens until it is composed. */
export interface Layer extends Content {
  readonly below?: Layer;
  /** Layers whose objects join those of the one below. */
  readonly beside?: readonly Layer[];
}

/** Content that is no layer of its own: it is applied to the objects of each layer that lists it. */
export interface Component extends Content {
  readonly isComponent: true;
}

function contentOf({ namespace, ...content }: LayerContent): Content {
  return {
    resources: [],
    generators: [],
    components: [],
    patches: [],
    labels: [],
    annotations: {},
    replicas: [],
    images: [],
    crds: [],
    ...content,
    ...(namespace !== undefined && { namespace }),
  };
}

/** The objects that all environments share. */
export function base(content: LayerContent): Layer {
  return rememberCall(contentOf(content), base, content);
}

/**
 * What one environment adds to a base (or to another overlay) and changes in it. Of several bases, each is complete by
 * itself before their objects come together.
 */
export function overlay(
  given: LayerContent & { readonly base: Layer | readonly [Layer, ...Layer[]] },
): Layer {
  const { base: bases, ...content } = given;
  const [below, ...beside] = isList(bases) ? bases : [bases];
  const layer = { ...contentOf(content), below, ...(beside.length > 0 && { beside }) };
  return rememberCall(layer, overlay, given);
}

const isList = (bases: Layer | readonly [Layer, ...Layer[]]): bases is readonly [Layer, ...Layer[]] =>
  Array.isArray(bases);

/**
 * A piece that several overlays share, such as a feature that some environments have: listed among the `components` of a
 * layer, it adds its objects there and changes those that the layer has.
 */
export function component(content: LayerContent): Component {
  return rememberCall({ ...contentOf(content), isComponent: true }, component, content);
}

/** Whether a value, such as what a module exports, is a layer. */
export function isLayer(value: unknown): value is Layer {
  return (
    typeof value === "object" && value !== null && "resources" in value && Array.isArray(value.resources)
  );
}
