import { found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { at, elements, isThere, nodeOf, textAt } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { rbacGroup } from "../../rbac/roles.ts";
import { egressPolicies, mayLetOut } from "./outward.ts";

export const egressWithoutApiServer: Rule = {
  code: "egress-without-api-server",
  severity: "error",
  why: "A pod whose account has permissions calls the API server; where nothing lets it out to there, every call times out.",
  fix: "let it out to the API server: an ipBlock of its addresses, on port 443 or 6443",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  find: (world) =>
    world.pods
      .filter((pod) => isBound(world, pod))
      .flatMap((pod) => {
        const policies = egressPolicies(world, pod);
        const [first] = policies;
        const isOpen = [undefined, "default", "kube-system"].some((namespace) =>
          mayLetOut(world, policies, {
            ...(namespace !== undefined && { namespace }),
            ports: [443, 6443, 8443, 16443],
            protocol: "TCP",
          }),
        );
        if (first === undefined || isOpen) return [];
        const { kind, metadata } = pod.object;
        const what = `it isolates what ${kind}/${metadata.name} sends, and no policy lets it out to the API server`;
        return [found(at(nodeOf(first), "spec", "egress"), what)];
      }),
};

/** Whether the account of a pod is a subject of a binding. */
function isBound(world: World, { namespace, spec }: Pod): boolean {
  const account = textAt(at(spec, "serviceAccountName")) ?? "default";
  if (at(spec, "automountServiceAccountToken").value === false) return false;
  return ["RoleBinding", "ClusterRoleBinding"].some((kind) =>
    world.of(rbacGroup, kind).some((binding) =>
      elements(at(nodeOf(binding), "subjects")).some((subject) => {
        const stated = at(subject, "namespace");
        const own = isThere(stated) ? stated.value : namespaceOf(binding);
        return at(subject, "name").value === account && own === namespace;
      }),
    ),
  );
}
