import { found, type Rule } from "../../findings/rule.ts";
import { at, nodeOf } from "../../objects/node.ts";
import { grantsOf, withoutToken } from "../../rbac/bound.ts";
import { egressPolicies, mayLetOut } from "./outward.ts";

export const egressWithoutApiServer: Rule = {
  code: "egress-without-api-server",
  severity: "error",
  why: "A pod whose account has permissions calls the API server; where nothing lets it out to there, every call times out.",
  fix: "let it out to the API server: an ipBlock of its addresses, on port 443 or 6443",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  find: (world) =>
    world.pods
      .filter((pod) => !withoutToken(world, pod) && grantsOf(world, pod).length > 0)
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
