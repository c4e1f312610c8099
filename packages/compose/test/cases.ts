import {
  base,
  component,
  overlay,
  type Component,
  type ImageRecord,
  type KubernetesObject,
  type LabelRecord,
  type Layer,
  type LayerContent,
  type ReplicaRecord,
} from "@atlas/compose";
import { configMapGenerator, secretGenerator, type GeneratorOptions } from "@atlas/compose/generators";
import { jsonPatch, strategicMerge, type JsonOperation } from "@atlas/compose/patches";
import type { Definition } from "../src/kubernetes/schema.ts";
import { crdOf, openApiOf } from "./custom-kinds.ts";
import type { Folder } from "./kubectl.ts";

/** What a layer says, in terms that this package and Kustomize both have. */
export interface Content {
  readonly resources?: readonly KubernetesObject[];
  readonly patches?: readonly (
    | { readonly target: KubernetesObject; readonly merge: object; readonly hasTarget?: true }
    | { readonly target: KubernetesObject; readonly operations: readonly JsonOperation[] }
  )[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly labels?: readonly LabelRecord[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly replicas?: readonly ReplicaRecord[];
  readonly images?: readonly ImageRecord[];
  readonly configMaps?: readonly LiteralOptions[];
  readonly secrets?: readonly LiteralOptions[];
  readonly components?: readonly Content[];
  /** What a layer stands on beside the one below, each as layers of its own. */
  readonly bases?: readonly (readonly Content[])[];
}

type LiteralOptions = Pick<GeneratorOptions, "name" | "literals" | "behavior" | "disableNameSuffixHash">;

/** Layers, the lowest first, and the schema of a custom kind: a CRD for us, an OpenAPI document for Kustomize. */
export interface Case {
  readonly layers: readonly Content[];
  readonly schema?: Definition;
}

/** A case as this package has it. */
export function layerOf({ layers, schema }: Case): Layer {
  const [lowest = {}, ...others] = layers;
  return others.reduce<Layer>(
    (below, { bases = [], ...content }) =>
      overlay({ base: [below, ...bases.map((stack) => layerOf({ layers: stack }))], ...ours(content) }),
    base({ ...ours(lowest), crds: schema ? [crdOf(schema)] : [] }),
  );
}

function ours({
  patches,
  configMaps = [],
  secrets = [],
  components = [],
  labels,
  ...content
}: Content): LayerContent {
  return {
    ...content,
    // Kustomize sets labels in every selector, and in the templates of volume claims.
    ...(labels && {
      labels: labels.map((record) => ({
        ...record,
        ...(record.templates && { templates: "all" as const }),
        ...(record.selectors && { selectors: "all" as const }),
      })),
    }),
    ...(patches && {
      patches: patches.map((change) =>
        "merge" in change
          ? strategicMerge(change.target, change.merge)
          : jsonPatch(change.target, change.operations),
      ),
    }),
    generators: [...configMaps.map(configMapGenerator), ...secrets.map(secretGenerator)],
    components: components.map((piece): Component => component(ours(piece))),
  };
}

/** A case as Kustomize has it: a folder for each layer and component. */
export function folderOf({ layers, schema }: Case): Folder {
  const files: Record<string, object> = {};
  const kustomization = stackOf(layers, "", files);
  return { kustomization, files, ...(schema && { definition: openApiOf(schema) }) };
}

/** The kustomization of the uppermost of the layers; those of the others are among the files, each in a folder below. */
function stackOf(layers: readonly Content[], folder: string, files: Record<string, object>): object {
  const [top = {}, ...lower] = layers.toReversed();
  const stacks = [...(lower.length > 0 ? [lower.toReversed()] : []), ...(top.bases ?? [])];
  const names = stacks.map((_, index) => `below-${index}`);
  for (const [index, stack] of stacks.entries()) {
    const inner = `${folder}${names[index]}/`;
    files[`${inner}kustomization.yaml`] = stackOf(stack, inner, files);
  }
  return theirs(top, names, folder, files);
}

function theirs(
  { resources = [], patches = [], components = [], bases: _bases, ...content }: Content,
  below: readonly string[],
  folder: string,
  files: Record<string, object>,
): object {
  if (resources.length > 0)
    files[`${folder}objects.yaml`] = { apiVersion: "v1", kind: "List", items: resources };
  for (const [index, piece] of components.entries()) {
    const inner = `${folder}component-${index}/`;
    files[`${inner}kustomization.yaml`] = {
      apiVersion: "kustomize.config.k8s.io/v1alpha1",
      kind: "Component",
      ...theirs(piece, [], inner, files),
    };
  }
  return {
    resources: [...below, ...(resources.length > 0 ? ["objects.yaml"] : [])],
    components: components.map((_, index) => `component-${index}`),
    patches: patches.map((change) => ({
      patch: JSON.stringify(bodyOf(change)),
      // With a target, Kustomize makes text of the nulls among a merge's annotations.
      ...(("operations" in change || change.hasTarget) && { target: selector(change.target) }),
    })),
    ...transforms(content),
  };
}

const bodyOf = (change: NonNullable<Content["patches"]>[number]): object => {
  if ("operations" in change) return change.operations;
  const { apiVersion, kind, metadata } = change.target;
  const { metadata: others, ...fields } = change.merge as { metadata?: object };
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { ...others, name, ...(namespace && { namespace }) }, ...fields };
};

function selector({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): object {
  const [version, group] = apiVersion.split("/").toReversed();
  return { version, ...(group && { group }), kind, name: `^${name}$`, ...(namespace && { namespace }) };
}

function transforms({
  namespace,
  labels,
  namePrefix,
  nameSuffix,
  annotations,
  replicas,
  images,
  configMaps,
  secrets,
}: Content): object {
  return {
    ...(namespace && { namespace }),
    ...(namePrefix && { namePrefix }),
    ...(nameSuffix && { nameSuffix }),
    ...(labels && {
      labels: labels.map(({ pairs, templates, selectors }) => ({
        pairs,
        ...(templates && { includeTemplates: true }),
        ...(selectors && { includeSelectors: true }),
      })),
    }),
    ...(annotations && { commonAnnotations: annotations }),
    ...(replicas && { replicas }),
    ...(images && {
      images: images.map(({ name, mirror, version, digest }) => ({
        name,
        newTag: version,
        ...(mirror && { newName: mirror }),
        ...(digest && { digest }),
      })),
    }),
    ...(configMaps && { configMapGenerator: configMaps.map(generator) }),
    ...(secrets && { secretGenerator: secrets.map(generator) }),
  };
}

const generator = ({ name, literals = {}, behavior, disableNameSuffixHash }: LiteralOptions): object => ({
  name,
  literals: Object.entries(literals).map(([key, value]) => `${key}=${value}`),
  ...(behavior && { behavior }),
  ...(disableNameSuffixHash && { options: { disableNameSuffixHash } }),
});
