export { compose, type ComposedLayers } from "./compose.ts";
export { unknownFields } from "./field-problems.ts";
export { repositoryOf } from "./image-reference.ts";
export { imageReference, type ImageRecord } from "./image.ts";
export type { LabelRecord } from "./labels.ts";
export { keepsName } from "./names.ts";
export { unstatedNamespaces } from "./unstated-namespaces.ts";
export {
  displayName,
  external,
  identity,
  isExternal,
  type ExternalObject,
  type Identity,
  type KubernetesObject,
  type Resource,
} from "./object.ts";
export {
  base,
  component,
  isLayer,
  overlay,
  typeOf,
  type Component,
  type Layer,
  type LayerContent,
} from "./overlay.ts";
export { patch, type Patch, type PatchOf, type PatchOptions } from "./patch.ts";
export { ComposeError, didYouMean, nearest, type NamedPlace, type Problem } from "./problem.ts";
export type { Reader } from "./reader.ts";
export type { ReplicaRecord } from "./replicas.ts";
export { withRules, type BrokenRule, type Rules } from "./rules.ts";
export { isClusterScoped } from "./scope.ts";
export { define, type Defined } from "./define.ts";
export type { After, PatchBody } from "./typed-patch.ts";
