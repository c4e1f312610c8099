import { found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { policyTypesOf } from "../../network/network-policy.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf } from "../../objects/node.ts";

/** Names that promise to isolate, and those that say which way. */
const promises = /(?:^|-)(?:deny|isolat(?:e|ion)|lockdown)(?:-|$)/;
const oneWay = /ingress|egress|inbound|outbound|incoming|outgoing|(?:^|-)(?:in|out|from|to)(?:-|$)/;

export const isolationOneWay: Rule = {
  code: "isolation-one-way",
  severity: "warning",
  why: "A policy without policyTypes isolates what comes in alone; what is called default-deny, and lets everything out, is taken for more than it is.",
  fix: "state policyTypes: [Ingress, Egress] and what is let out, or say in the name which way it is",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic",
  find: (world) =>
    world.of("networking.k8s.io", "NetworkPolicy").flatMap((policy) => {
      const { name } = policy.metadata;
      if (!promises.test(name) || oneWay.test(name)) return [];
      const types = policyTypesOf(at(nodeOf(policy), "spec"));
      const open = ["Ingress", "Egress"].find(
        (type) => !types.includes(type) && !isIsolated(world, namespaceOf(policy), type),
      );
      if (open === undefined) return [];
      const what =
        open === "Egress"
          ? "what comes in alone: nothing restricts what goes out"
          : "what goes out alone: nothing restricts what comes in";
      return [found(at(nodeOf(policy), "spec", "policyTypes"), `it isolates ${what}`)];
    }),
};

/** Whether a policy isolates all pods of a namespace in a direction. */
const isIsolated = (world: World, namespace: string, type: string): boolean =>
  world.of("networking.k8s.io", "NetworkPolicy").some((policy) => {
    const spec = at(nodeOf(policy), "spec");
    const isForAll = fieldNodes(at(spec, "podSelector")).length === 0;
    return isForAll && namespaceOf(policy) === namespace && policyTypesOf(spec).includes(type);
  });
