import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere, textAt, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const hostNetworkDns: Rule = {
  code: "host-network-dns",
  severity: "warning",
  why: "In the network of its node, a pod asks the DNS of the node, which knows no Service, unless its dnsPolicy says otherwise.",
  fix: "state dnsPolicy: ClusterFirstWithHostNet",
  link: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy",
  find: (world) =>
    world.pods.flatMap((pod) => {
      const policy = at(pod.spec, "dnsPolicy");
      if (at(pod.spec, "hostNetwork").value !== true) return [];
      if (isThere(policy) && textAt(policy) !== "ClusterFirst") return [];
      const host = containersOf(pod).flatMap(hostsOfCluster)[0];
      if (host === undefined) return [];
      return [found(policy, `in the network of its node, the pod does not find ${host}`)];
    }),
};

/** What is asked for by names that the cluster's DNS alone knows. */
const hostsOfCluster = (container: Node): readonly string[] =>
  [
    ...elements(at(container, "env")).map((each) => at(each, "value")),
    ...elements(at(container, "command")),
    ...elements(at(container, "args")),
  ].flatMap(
    (node) =>
      /[a-z][-a-z0-9]*\.[-a-z0-9]+\.svc(?:\.cluster\.local)?(?![-\w])/.exec(textAt(node) ?? "")?.[0] ?? [],
  );
