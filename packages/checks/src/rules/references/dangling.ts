import { found, type Found } from "../../findings/rule.ts";
import { findObject, isAnywhere, type World } from "../../findings/world.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { misspelt, perhapsMisspelt } from "../../objects/near.ts";
import { isThere, type Node } from "../../objects/node.ts";

/** What a reference names. */
export interface ReferenceTarget {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * What is wrong with a reference to an object that is not among those that are checked. The cluster may have it already, so
 * that is a warning; where one is there whose name this is misspelt, or one of this name in another namespace, the
 * reference misses it. Of short names, which are one another's slips as often as names of their own, that stays a warning.
 *
 * @param node the name that refers.
 * @param otherwise what is wrong besides, in half a sentence.
 */
export function dangling(
  world: World,
  node: Node,
  target: ReferenceTarget,
  otherwise: string,
): readonly Found[] {
  const { group, kind, name, namespace } = target;
  if (!isThere(node) || findObject(world, group, kind, name, namespace)) return [];
  const missing = `there is no ${kind}/${name} in the namespace ${namespace}`;
  const elsewhere = findObject(world, group, kind, name);
  const isApplied = isAnywhere(node.object) && namespace === "default";
  if (elsewhere && (isApplied || isAnywhere(elsewhere))) return [];
  if (elsewhere) {
    const fix = `move the ${kind}, or what refers to it, into one namespace`;
    const what = `${missing}, but in ${namespaceOf(elsewhere)}: ${otherwise}`;
    return [found(node, what, { severity: "error", fix })];
  }
  const names = world
    .of(group, kind)
    .filter((each) => namespaceOf(each) === namespace)
    .map((each) => each.metadata.name);
  const near = misspelt(name, names);
  if (near === undefined) {
    const perhaps = perhapsMisspelt(name, names);
    const more = perhaps === undefined ? {} : { fix: `did you mean "${perhaps}"?` };
    return [found(node, `${missing} among the objects: ${otherwise}`, more)];
  }
  return [found(node, `${missing}: ${otherwise}`, { severity: "error", fix: `did you mean "${near}"?` })];
}
