import type { Generator } from "../generators/generated.ts";
import type { TransformContent } from "../transforms/transforms.ts";
import type { Resource } from "../kubernetes/object.ts";
import type { Patch } from "../patches/patch.ts";
import { demandFields } from "../problems/first-argument.ts";
import { typeOf } from "../problems/mistaken.ts";
import { refuseFurther } from "../problems/further-arguments.ts";
import { rememberCall } from "../problems/places.ts";
import { deepFrozen } from "../value/frozen.ts";
import type { KubernetesVersion } from "../kubernetes/known-versions.ts";

/**
 * What a base, an overlay or a component may say. It is applied in this order, as in Kustomize: resources, generators,
 * components, patches, namespace, name prefix and suffix, labels, annotations, replicas, images.
 */
export interface LayerContent extends Partial<TransformContent> {
  readonly resources?: readonly Resource[];
  /** ConfigMaps and Secrets that are named by their content: `configMapGenerator`, `secretGenerator`. */
  readonly generators?: readonly Generator[];
  /** Pieces that several layers share. They change what is here so far, before the layer itself does. */
  readonly components?: readonly Component[];
  /** Changes of objects of the layer below or of this layer. */
  readonly patches?: readonly Patch[];
  /**
   * The namespace that all its objects stand in. Without one, an object that a layer adds without a namespace stands in
   * the one that the layers below have settled on.
   */
  readonly namespace?: string;
  /**
   * What the names of all objects start with, but for those of namespaces, CustomResourceDefinitions and APIServices;
   * references to them follow. Two instances of one stack in a cluster need it for what stands in no namespace.
   */
  readonly namePrefix?: string;
  /** What the names of the same objects end in. */
  readonly nameSuffix?: string;
  /**
   * CustomResourceDefinitions that the cluster has already: they are not rendered, but say which fields, merge keys and
   * scope custom kinds have. Those among the resources need no mention.
   */
  readonly crds?: readonly Resource[];
}

type Optional = "namespace" | "namePrefix" | "nameSuffix" | keyof TransformContent;
interface CompleteContent extends Required<Omit<LayerContent, Optional>>, Pick<LayerContent, Optional> {}

/** Objects and what is done to them, over other layers or none. Plain data: nothing happens until it is composed. */
export interface Layer extends CompleteContent {
  readonly type: "layer";
  /**
   * The cluster that the layer is applied to, where several environments share one: whoever renders them together refuses
   * what two of them claim with different content.
   */
  readonly cluster?: string;
  /**
   * The version of Kubernetes that the cluster has: `atlas-render render` refuses kinds, fields and values that it does
   * not have. The uppermost layer that states one has the word.
   */
  readonly kubernetesVersion?: KubernetesVersion;
  readonly below?: Layer;
  /** Layers whose objects join those of the one below. */
  readonly beside?: readonly Layer[];
}

/** Content that is not a layer of its own: it is applied to the objects of each layer that lists it. */
export interface Component extends CompleteContent {
  readonly type: "component";
}

function completeContent(content: LayerContent): CompleteContent {
  return {
    resources: [],
    generators: [],
    components: [],
    patches: [],
    crds: [],
    ...content,
  };
}

/** What only a layer may say: a component is part of many. */
type LayerOnly = Pick<Layer, "cluster" | "kubernetesVersion">;

/** The objects that all environments share. */
export function base(content: LayerContent & LayerOnly): Layer {
  refuseFurther(base, arguments);
  demandFields(base, arguments, "base({ resources: [ … ] })");
  return rememberCall(deepFrozen({ type: "layer", ...completeContent(content) }), base, content);
}

/**
 * What one environment adds to a base (or to another overlay) and changes in it. Of several bases, each is complete by
 * itself before their objects come together.
 */
export function overlay(
  given: LayerContent & LayerOnly & { readonly base: Layer | readonly [Layer, ...Layer[]] },
): Layer {
  refuseFurther(overlay, arguments);
  demandFields(overlay, arguments, "overlay({ base, … })");
  const { base: bases, ...content } = given;
  const [below, ...beside] = isList(bases) ? bases : [bases];
  const own = completeContent(content);
  const layer: Layer = { type: "layer", ...own, below, ...(beside.length > 0 && { beside }) };
  return rememberCall(deepFrozen(layer), overlay, given);
}

const isList = (bases: Layer | readonly [Layer, ...Layer[]]): bases is readonly [Layer, ...Layer[]] =>
  Array.isArray(bases);

/**
 * A piece that several overlays share, such as a feature that some environments have: listed among the `components` of a
 * layer, it adds its objects there and changes those that the layer has.
 */
export function component(content: LayerContent): Component {
  refuseFurther(component, arguments);
  demandFields(component, arguments, "component({ … })");
  return rememberCall(deepFrozen({ type: "component", ...completeContent(content) }), component, content);
}

/** Whether a value is a layer. */
export const isLayer = (value: unknown): value is Layer => typeOf(value) === "layer";
