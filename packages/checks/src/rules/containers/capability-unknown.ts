import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, textAt } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const capabilityUnknown: Rule = {
  code: "capability-unknown",
  severity: "warning",
  why: "Kubernetes names capabilities without the CAP_ of Linux, which runtimes put before it: containerd then finds none of the name.",
  fix: "write it as NET_BIND_SERVICE",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
  find: (world) =>
    world.pods.flatMap((pod) =>
      containersOf(pod)
        .flatMap((container) =>
          ["add", "drop"].flatMap((list) => elements(at(container, "securityContext", "capabilities", list))),
        )
        .flatMap((node) => {
          const name = textAt(node) ?? "";
          if (!/^CAP_/i.test(name)) return [];
          const fix = `write "${name.slice("CAP_".length).toUpperCase()}"`;
          return [found(node, `no capability is called ${JSON.stringify(name)}`, { fix })];
        }),
    ),
};
