import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { isolates } from "../../network/network-policy.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { nearestName } from "../../objects/near.ts";
import { at, elements, nodeOf, textAt } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const policyPortMissing: Rule = {
  code: "policy-port-missing",
  severity: "error",
  why: "A NetworkPolicy lets in on a port by the name that the pods' containers give it; a name that none of them has lets nothing in.",
  fix: "name a port of the containers, or state its number",
  link: "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec",
  find: (world) =>
    world.of("networking.k8s.io", "NetworkPolicy").flatMap((policy) => ofPolicy(world, policy)),
};

function ofPolicy(world: World, policy: KubernetesObject): readonly Found[] {
  const named = elements(at(nodeOf(policy), "spec", "ingress"))
    .flatMap((rule) => elements(at(rule, "ports")))
    .map((entry) => at(entry, "port"))
    .filter((port) => textAt(port) !== undefined);
  if (named.length === 0) return [];
  const pods = world.podsIn(namespaceOf(policy)).filter((pod) => isolates(policy, pod, "Ingress"));
  if (pods.length === 0) return [];
  const names = pods
    .flatMap(containersOf)
    .flatMap((container) => elements(at(container, "ports")))
    .flatMap((port) => textAt(at(port, "name")) ?? []);
  return named.flatMap((port) => {
    const name = textAt(port) ?? "";
    if (names.includes(name)) return [];
    const near = nearestName(name, names);
    const more = near === undefined ? {} : { fix: `did you mean "${near}"?` };
    return [found(port, `no port of the pods that it selects is named ${JSON.stringify(name)}`, more)];
  });
}
