export { compose, type ComposedLayers } from "./layers/compose.ts";
export { repositoryOf } from "./transforms/image-reference.ts";
export { imageReference, type ImageRecord } from "./transforms/image.ts";
export type { AnnotationRecord, KindOfGroup } from "./transforms/annotations.ts";
export type { LabelRecord } from "./transforms/labels.ts";
export { keepsName } from "./transforms/names.ts";
export { unstatedNamespaces } from "./layers/unstated-namespaces.ts";
export { knownVersions, type KubernetesVersion } from "./kubernetes/known-versions.ts";
export {
  displayName,
  identity,
  isExternal,
  type ExternalObject,
  type Identity,
  type KubernetesObject,
  type Resource,
} from "./kubernetes/object.ts";
export { external } from "./layers/external.ts";
export {
  base,
  component,
  isLayer,
  overlay,
  type Component,
  type Layer,
  type LayerContent,
} from "./layers/overlay.ts";
export { patch, type Patch, type PatchOf, type PatchOptions } from "./patches/patch.ts";
export type { ProblemCode, RuleCode } from "./codes.ts";
export { mistaken, typeOf } from "./problems/mistaken.ts";
export { refuseFurther } from "./problems/further-arguments.ts";
export { ComposeError, didYouMean, nearest, type NamedPlace, type Problem } from "./problems/problem.ts";
export type { Reader } from "./kubernetes/reader.ts";
export type { ReplicaRecord } from "./transforms/replicas.ts";
export { withRules, type BrokenRule, type Rules } from "./kubernetes/rules.ts";
export { isClusterScoped } from "./kubernetes/scope.ts";
export { define, type Defined } from "./typed/define.ts";
export type { After, PatchBody } from "./typed/typed-patch.ts";
