import { displayName, identity, isExternal, type Layer, type Resource } from "@atlas/compose";
import type { Finding } from "./failure.ts";

/** What the environments of each cluster claim so far: an object by its identity, its content, and who has it. */
export type Claims = Map<string, { readonly content: string; readonly environment: string }>;

/** The cluster that the uppermost layer which names one is applied to. */
export function clusterOf({ cluster, below }: Layer): string | undefined {
  return cluster ?? (below && clusterOf(below));
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
    const key = JSON.stringify([cluster, group, kind, namespace, name]);
    const content = isExternal(object) ? object.source.href : JSON.stringify(object);
    const other = claims.get(key);
    if (!other) claims.set(key, { content, environment });
    if (!other || other.content === content) return [];
    return [
      {
        object: displayName(object),
        what: `${other.environment} has the object with different content, and both are for the cluster "${cluster}"`,
        expected: "two environments of a cluster to share an object only if it is the same in both",
        mend:
          namespace === undefined
            ? "give one of them a namePrefix: what stands in no namespace needs a name of its own"
            : "give one of them another namespace, or a namePrefix",
      },
    ];
  });
}
