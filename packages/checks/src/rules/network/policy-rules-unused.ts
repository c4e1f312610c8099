import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere, nodeOf, textsAt } from "../../objects/node.ts";

export const policyRulesUnused: Rule = {
  code: "policy-rules-unused",
  severity: "warning",
  why: "The rules of a NetworkPolicy hold for the directions that policyTypes names: those of any other are passed over, and admit or deny nothing.",
  fix: "add the direction to policyTypes, or take its rules out",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource",
  find: (world) =>
    world.of("networking.k8s.io", "NetworkPolicy").flatMap((policy) => {
      const spec = at(nodeOf(policy), "spec");
      const types = at(spec, "policyTypes");
      if (!isThere(types)) return [];
      return (["Ingress", "Egress"] as const).flatMap((direction) => {
        const rules = at(spec, direction.toLowerCase());
        if (elements(rules).length === 0 || textsAt(types).includes(direction)) return [];
        return [found(rules, `the rules hold for nothing: policyTypes has no ${direction}`)];
      });
    }),
};
