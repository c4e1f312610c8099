import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { kubectlName, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, nodeOf } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";
import { grantsOf } from "../../rbac/bound.ts";
import { callsByName, egressPolicies, egressRules, mayLetOut } from "./outward.ts";

export const egressWithoutDns: Rule = {
  code: "egress-without-dns",
  severity: "error",
  why: "Whoever calls something by its name asks the cluster's DNS first, on port 53 by UDP, and by TCP where an answer is long; without it no name resolves.",
  fix: "let it out to kube-system on port 53, UDP and TCP",
  link: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  find: (world) => world.pods.flatMap((pod) => (resolvesNames(world, pod) ? ofPod(world, pod) : [])),
};

const dnsPorts = [53, 5353, 8053];
const apiServerPorts = [443, 6443];

/** Whether the policies that isolate what a pod sends let it call something by a name; what calls none may go by addresses, or not go out at all. */
export const resolvesNames = (world: World, pod: Pod): boolean => {
  // A client of the API server has its address in a variable.
  const byAddress = [...dnsPorts, ...(grantsOf(world, pod).length > 0 ? apiServerPorts : [])];
  return egressRules(egressPolicies(world, pod)).some((rule) => callsByName(rule, byAddress));
};

/** What keeps a pod from the cluster's DNS. */
interface DnsClosed {
  /** The first of the policies that isolate it. */
  readonly policy: KubernetesObject;
  readonly protocols: readonly ("UDP" | "TCP")[];
  /** Whether it may go out to there all the same, where DNS has an address that no private network has. */
  readonly isLetOutInPublic: boolean;
}

/** What keeps a pod from the cluster's DNS; undefined where nothing does. */
export function closedDns(world: World, pod: Pod): DnsClosed | undefined {
  const policies = egressPolicies(world, pod);
  const [policy] = policies;
  if (policy === undefined) return undefined;
  const closed = (isPrivate: boolean) =>
    (["UDP", "TCP"] as const).filter(
      (protocol) =>
        !mayLetOut(world, policies, { namespace: "kube-system", ports: dnsPorts, protocol, isPrivate }),
    );
  const protocols = closed(true);
  if (protocols.length === 0) return undefined;
  return { policy, protocols, isLetOutInPublic: closed(false).length < protocols.length };
}

function ofPod(world: World, pod: Pod): readonly Found[] {
  const closed = closedDns(world, pod);
  if (closed === undefined) return [];
  const { policy, protocols, isLetOutInPublic } = closed;
  const what = `it isolates what ${kubectlName(pod.object)} sends, and no policy lets it out to DNS by ${protocols.join(" and ")}`;
  const unless = isLetOutInPublic ? ", unless that has an address that no private network has" : "";
  // Short answers come by UDP.
  const severity = isLetOutInPublic || !protocols.includes("UDP") ? "warning" : "error";
  return [found(at(nodeOf(policy), "spec", "egress"), what + unless, { severity })];
}
