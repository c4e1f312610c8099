import {
  displayName,
  identity,
  isClusterScoped,
  isExternal,
  type Layer,
  type Resource,
} from "@atlas/compose";
import { readExternal } from "../read/external.ts";
import type { Finding } from "@atlas/input";

/** What the environments of each cluster claim so far: an object by its identity, its content, and who has it. */
export type Claims = Map<string, { readonly object: Resource; readonly environment: string }>;

/** The clusters that a layer is applied to: the one that it names itself, else those that its bases name. */
export function clustersOf({ cluster, below, beside = [] }: Layer): ReadonlySet<string> {
  if (cluster !== undefined) return new Set([cluster]);
  return new Set([...(below ? [below] : []), ...beside].flatMap((base) => [...clustersOf(base)]));
}

/** Whether two objects say the same; the order of fields does not matter. */
function saysTheSame(one: Resource, other: Resource): boolean {
  if (isExternal(one) && isExternal(other) && one.source.href === other.source.href) return true;
  const { isDeepStrictEqual } = process.getBuiltinModule("node:util");
  const [left, right] = [one, other].map((each) => (isExternal(each) ? readExternal(each.source) : each));
  return isDeepStrictEqual(left, right);
}

/**
 * Notes the objects of an environment, and finds those that another environment of the same cluster has with different
 * content: whichever is applied last would take them from the other.
 */
export function claim(
  claims: Claims,
  cluster: string,
  environment: string,
  objects: readonly Resource[],
): Finding[] {
  return objects.flatMap((object) => {
    const { group, kind, namespace, name } = identity(object);
    const space = isClusterScoped(object) ? undefined : namespace;
    const key = JSON.stringify([cluster, group, kind, space, name]);
    const other = claims.get(key);
    if (!other) claims.set(key, { object, environment });
    if (!other || saysTheSame(other.object, object)) return [];
    return [
      {
        object: displayName(object),
        code: "cluster-claim-conflict",
        what: `${other.environment} has the object with different content, and both are for the cluster "${cluster}"`,
        expected: "two environments of a cluster to share an object only if it is the same in both",
        fix:
          space === undefined
            ? "give one of them a namePrefix: what stands in no namespace needs a name of its own"
            : "give one of them another namespace, or a namePrefix",
      },
    ];
  });
}
