import {
  base,
  compose,
  identity,
  isClusterScoped,
  isExternal,
  type KubernetesObject,
  type LayerContent,
  type Resource,
} from "@atlas/compose";
import { customKindsOf, type CustomKinds } from "@atlas/compose/conversion";
import type { Declaration, FolderPlan } from "./plan.ts";
import { resourceOf } from "./in-memory.ts";
import { readSource } from "./read-source.ts";

/** An object on its way through the layers: as the sources declare it, and what it has become so far. */
export interface Tracked {
  readonly declaration: Declaration;
  /** Without the hash of a generated name. */
  readonly current: KubernetesObject;
  /** Names and namespaces that it had, the original first. A patch may name it by any of them. */
  readonly earlier: readonly NamespacedName[];
  /** The bases that it came through, the uppermost first. */
  readonly within: readonly FolderPlan[];
}

export interface NamespacedName {
  readonly name: string;
  /** The namespace in which it counts: `default` where none is stated. */
  readonly namespace: string;
}

/** Kustomize's word for the namespace of what stands in none. */
const noNamespace = "_non_namespaceable_";

export function namespacedName(object: KubernetesObject): NamespacedName {
  const { name, namespace } = object.metadata;
  return { name, namespace: isClusterScoped(object) ? noNamespace : namespace || "default" };
}

export const track = (declaration: Declaration, current: KubernetesObject = declaration.object): Tracked => ({
  declaration,
  current,
  earlier: [namespacedName(current)],
  within: [],
});

/** The objects after something was done to all of them, such as a namespace or labels. */
export function transformed(state: readonly Tracked[], content: LayerContent): Tracked[] {
  const { namespace, namePrefix = "", nameSuffix = "" } = content;
  const composed = composePlain({ resources: state.map(({ current }) => resourceOf(current)), ...content });
  const results = new Map(composed.map((object) => [stateKey(object), object]));
  return state.map((tracked) => {
    const { metadata } = tracked.current;
    const name = `${namePrefix}${metadata.name}${nameSuffix}`;
    const keys = [{ ...tracked.current, metadata: { ...metadata, name } }, tracked.current].flatMap(
      (object) => [stateKey(object, namespace), stateKey(object)],
    );
    const found = keys.find((key) => results.has(key)) ?? "";
    return withCurrent(tracked, results.get(found) ?? tracked.current);
  });
}

export function withCurrent(tracked: Tracked, current: KubernetesObject): Tracked {
  return { ...tracked, current, earlier: [...tracked.earlier, namespacedName(current)] };
}

/** What a layer of plain objects comes to. */
export function composePlain(content: LayerContent): KubernetesObject[] {
  return compose(base(content), readSource).map((object) =>
    isExternal(object) ? readSource(object.source) : object,
  );
}

/** What identifies an object, after it has moved into a namespace. */
export function stateKey(object: KubernetesObject, movedTo?: string): string {
  const { group, kind, name, namespace } = identity(object);
  if (movedTo === undefined) return JSON.stringify([group, kind, namespace ?? null, name]);
  if (group === "" && kind === "Namespace") return JSON.stringify([group, kind, null, movedTo]);
  return JSON.stringify([group, kind, movedTo, name]);
}

/** What the objects themselves define of custom kinds. */
export const customKindsOfState = (state: readonly Tracked[]): CustomKinds =>
  customKindsOf(crdsIn(state), (crd) => (isExternal(crd) ? readSource(crd.source) : crd));

/** Whether an object is a Secret: what it holds is for nobody's sources, and for nobody's log. */
export const isSecret = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === "Secret" && apiVersion === "v1";

/** The definitions of custom kinds among the objects. */
export const crdsIn = (state: readonly Tracked[]): Resource[] =>
  state.flatMap(({ current }) => (current.kind === "CustomResourceDefinition" ? [current] : []));
