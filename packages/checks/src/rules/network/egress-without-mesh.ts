import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { meshDefaults } from "../../mesh/defaults.ts";
import { injectionIn } from "../../mesh/injection.ts";
import { sidecarScope } from "../../mesh/sidecar.ts";
import type { KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, nodeOf, textAt } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";
import { egressPolicies, mayLetOut } from "./outward.ts";

export const egressWithoutMesh: Rule = {
  code: "egress-without-mesh",
  severity: "error",
  why: "A proxy that does not reach istiod gets neither certificates nor configuration, and its pod never gets ready; what a Sidecar lists and no NetworkPolicy lets out is listed in vain.",
  fix: "let it out to the namespaces of istiod (port 15012), of the tracing agent and of all that the Sidecar lists",
  link: "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio",
  find: (world) =>
    world.pods
      .filter((pod) => injectionIn(world, pod).injected)
      .flatMap((pod) => {
        const policies = egressPolicies(world, pod);
        return policies.length === 0
          ? []
          : [...toIstiod(world, pod, policies), ...toHosts(world, pod, policies)];
      }),
};

function toIstiod(world: World, pod: Pod, policies: readonly KubernetesObject[]): readonly Found[] {
  const istiod = { namespace: meshDefaults.rootNamespace, ports: [15012], protocol: "TCP" } as const;
  const [first] = policies;
  if (first === undefined || mayLetOut(world, policies, istiod)) return [];
  const { kind, metadata } = pod.object;
  const what = `it isolates what ${kind}/${metadata.name} sends, and no policy lets its proxy out to istiod on 15012`;
  return [found(at(nodeOf(first), "spec", "egress"), what)];
}

/** The hosts of a Sidecar in whose namespaces nothing may be called. */
function toHosts(world: World, pod: Pod, policies: readonly KubernetesObject[]): readonly Found[] {
  const { egress } = sidecarScope(world.objects, pod);
  if (egress === undefined) return [];
  return elements(egress)
    .flatMap((listener) => elements(at(listener, "hosts")))
    .flatMap((host) => {
      const [namespace = "", name = ""] = (textAt(host) ?? "").split("/");
      // The API server has no pods there, and istiod is looked at by its port.
      const isOther = name.startsWith("kubernetes.default.") || namespace === meshDefaults.rootNamespace;
      if (isOther || !/^[a-z0-9-]+$/.test(namespace) || !name.includes(".svc")) return [];
      if (mayLetOut(world, policies, { namespace, protocol: "TCP" })) return [];
      return [
        found(host, `no NetworkPolicy lets ${pod.object.metadata.name} out to the namespace ${namespace}`),
      ];
    });
}
