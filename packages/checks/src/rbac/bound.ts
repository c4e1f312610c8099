import type { World } from "../findings/world.ts";
import { at, elements, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { findObject } from "../findings/world.ts";
import { userIdentity, isSubject } from "./account.ts";
import { grantsIn, type Grant } from "./grants.ts";

/** The ServiceAccount of a pod, by its name: `default` where it states none. */
export const accountOf = ({ spec }: Pod): string =>
  // An empty text is as good as none, and the second field is an old name of the first.
  textAt(at(spec, "serviceAccountName")) || textAt(at(spec, "serviceAccount")) || "default";

const given = new WeakMap<World, readonly Grant[]>();

/** What bindings give the account of a pod, by its own name. */
export function grantsOf(world: World, pod: Pod): readonly Grant[] {
  const { user } = userIdentity({ serviceAccount: accountOf(pod), namespace: pod.namespace });
  const grants = given.get(world) ?? grantsIn(world.objects);
  given.set(world, grants);
  return grants.filter(({ subjects, namespace }) =>
    subjects.some((subject) => isSubject(subject, { user, groups: [] }, namespace)),
  );
}

/**
 * What keeps the token of its account out of a pod: the pod's own field, or, where that is left out, the account's.
 *
 * Source: the admission plugin ServiceAccount of the API server, and
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 *
 * @returns undefined for a pod that gets its token.
 */
export function withoutToken(world: World, pod: Pod): Node | undefined {
  const field = "automountServiceAccountToken";
  const own = at(pod.spec, field);
  if (typeof own.value === "boolean") return own.value ? undefined : own;
  const account = findObject(world, "", "ServiceAccount", accountOf(pod), pod.namespace);
  const stated = account && at(nodeOf(account), field);
  return stated?.value === false ? stated : undefined;
}

/** Where the libraries of Kubernetes look for a token. */
const usualPlace = /^\/(?:var\/)?run\/secrets\/kubernetes\.io\/serviceaccount(?:\/token)?\/*$/;

/** Whether a container has a token nevertheless, at the place where the libraries of Kubernetes look for one. */
export function mountsToken({ spec }: Pod, container: Node): boolean {
  const volumes = elements(at(spec, "volumes"));
  return elements(at(container, "volumeMounts")).some((mount) => {
    if (!usualPlace.test(textAt(at(mount, "mountPath")) ?? "")) return false;
    const volume = volumes.find((each) => at(each, "name").value === at(mount, "name").value);
    const sources = volume ? elements(at(volume, "projected", "sources")) : [];
    // A volume of another sort may hold anything.
    return sources.length === 0 || sources.some(isToken);
  });
}

const isToken = (source: Node): boolean => at(source, "serviceAccountToken", "path").value === "token";
