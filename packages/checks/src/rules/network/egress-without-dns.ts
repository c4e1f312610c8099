import { found, type Rule } from "../../findings/rule.ts";
import { at, nodeOf } from "../../objects/node.ts";
import { callsPods, egressPolicies, egressRules, mayLetOut } from "./outward.ts";

export const egressWithoutDns: Rule = {
  code: "egress-without-dns",
  severity: "error",
  why: "Whoever calls something by its name asks the cluster's DNS first, on port 53 by UDP, and by TCP where an answer is long; without it no name resolves.",
  fix: "let it out to kube-system on port 53, UDP and TCP",
  link: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  find: (world) =>
    world.pods.flatMap((pod) => {
      const policies = egressPolicies(world, pod);
      const [first] = policies;
      // What calls no pods may go by addresses, or not go out at all.
      if (first === undefined || !callsPods(egressRules(policies))) return [];
      const closed = (["UDP", "TCP"] as const).filter(
        (protocol) =>
          !mayLetOut(world, policies, { namespace: "kube-system", ports: [53, 5353, 8053], protocol }),
      );
      if (closed.length === 0) return [];
      const { kind, metadata } = pod.object;
      const what = `it isolates what ${kind}/${metadata.name} sends, and no policy lets it out to DNS by ${closed.join(" and ")}`;
      return [
        found(at(nodeOf(first), "spec", "egress"), what, {
          // Short answers come by UDP.
          severity: closed.includes("UDP") ? "error" : "warning",
        }),
      ];
    }),
};
