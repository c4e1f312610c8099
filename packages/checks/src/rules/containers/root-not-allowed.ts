import { found, type Rule } from "../../findings/rule.ts";
import { at, isThere, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const rootNotAllowed: Rule = {
  code: "root-not-allowed",
  severity: "error",
  why: "The container is to run as root and may not: the kubelet does not start it, and the pod waits with CreateContainerConfigError.",
  fix: "state another user, as runAsUser: 1000, or take runAsNonRoot out",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  find: (world) =>
    world.pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) => {
        const user = effective(container, pod.spec, "runAsUser");
        const isForbidden = effective(container, pod.spec, "runAsNonRoot").value === true;
        return isForbidden && user.value === 0 ? [found(user, "it is root, and runAsNonRoot is true")] : [];
      }),
    ),
};

/** A field of the security context of the container, which wins over that of the pod. */
function effective(container: Node, pod: Node, name: string): Node {
  const own = at(container, "securityContext", name);
  return isThere(own) ? own : at(pod, "securityContext", name);
}
