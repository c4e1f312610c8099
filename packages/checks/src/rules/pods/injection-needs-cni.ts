import { found, type Rule } from "../../findings/rule.ts";
import { injectionIn } from "../../mesh/injection.ts";
import { at, nodeOf, textAt } from "../../objects/node.ts";

export const injectionNeedsCni: Rule = {
  code: "injection-needs-cni",
  severity: "warning",
  why: "Without Istio's CNI plugin, the injector adds an init container with NET_ADMIN and NET_RAW, which Pod Security refuses at the levels baseline and restricted: no pod is made.",
  fix: "see to it that the mesh is installed with Istio CNI",
  link: "https://istio.io/latest/docs/setup/additional-setup/cni/",
  find: (world) =>
    world.pods.flatMap((pod) => {
      const namespace = world.namespace(pod.namespace);
      if (namespace === undefined) return [];
      const label = at(nodeOf(namespace), "metadata", "labels", "pod-security.kubernetes.io/enforce");
      const level = textAt(label);
      if (level !== "baseline" && level !== "restricted") return [];
      const { injected, node } = injectionIn(world, pod);
      if (!injected) return [];
      return [
        found(
          node ?? pod.metadata,
          `the pods get a proxy, and ${pod.namespace} enforces ${level}: that takes Istio CNI`,
        ),
      ];
    }),
};
