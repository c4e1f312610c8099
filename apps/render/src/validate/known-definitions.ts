import {
  identity,
  isExternal,
  type Component,
  type KubernetesObject,
  type Layer,
  type Resource,
} from "@atlas/compose";
import { readExternal } from "../read/external.ts";

/** The parts of a CustomResourceDefinition that say which kind it declares. */
export interface KindDefinition extends KubernetesObject {
  readonly spec: { readonly group: string; readonly names: { readonly kind: string } };
}

/** Finds the definition of an object's kind, and the kinds that are known in its group. */
export interface KnownDefinitions {
  readonly of: (resource: Resource) => KindDefinition | undefined;
  readonly kindsBeside: (resource: Resource) => readonly string[];
}

/**
 * The CustomResourceDefinitions that are known of what a layer comes to: those among its objects, and those that it and
 * the layers and components below state as the cluster's own. One that lies in a file is read when an object of its group
 * asks.
 */
export const knownDefinitions = (layer: Layer, objects: readonly Resource[]): KnownDefinitions =>
  definitionsAmong([...objects, ...statedBy(layer)]);

/** The CustomResourceDefinitions among objects. */
export function definitionsAmong(objects: readonly Resource[]): KnownDefinitions {
  const crds = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  const among = (resource: Resource): KindDefinition[] => {
    const { group } = identity(resource);
    return crds
      .filter(({ metadata }) => group !== "" && metadata.name.endsWith(`.${group}`))
      .map((crd) => (isExternal(crd) ? readExternal(crd.source) : crd))
      .filter(isDefinition);
  };
  return {
    of: (resource) => among(resource).find(({ spec }) => spec.names.kind === resource.kind),
    kindsBeside: (resource) => among(resource).map(({ spec }) => spec.names.kind),
  };
}

/** The CustomResourceDefinitions that a layer, and what it stands on, state as the cluster's own. */
export const statedDefinitions = (layer: Layer): readonly Resource[] =>
  statedBy(layer).filter(({ kind }) => kind === "CustomResourceDefinition");

const statedBy = (content: Layer | Component): readonly Resource[] => [
  ...content.crds,
  ...content.components.flatMap(statedBy),
  ...("below" in content && content.below ? statedBy(content.below) : []),
  ...("beside" in content && content.beside ? content.beside.flatMap(statedBy) : []),
];

/** Whether an object is a CustomResourceDefinition that says which kind it declares. */
export const isDefinition = (object: Partial<KindDefinition>): object is KindDefinition =>
  object.kind === "CustomResourceDefinition" && typeof object.spec?.names?.kind === "string";
