import { found, type Rule } from "../../findings/rule.ts";
import { namespaceOf } from "../../objects/kubernetes-object.ts";
import { at, fieldNodes, nodeOf } from "../../objects/node.ts";
import { hasLabels } from "../../objects/selector.ts";
import { labelsThere, selectsNothing } from "./nothing-selected.ts";

/** Where kinds of Istio hold the labels of the workloads that they are for. */
const meshSelectors = [
  ["security.istio.io", "PeerAuthentication", ["selector", "matchLabels"]],
  ["security.istio.io", "AuthorizationPolicy", ["selector", "matchLabels"]],
  ["security.istio.io", "RequestAuthentication", ["selector", "matchLabels"]],
  ["telemetry.istio.io", "Telemetry", ["selector", "matchLabels"]],
  ["networking.istio.io", "Sidecar", ["workloadSelector", "labels"]],
  ["networking.istio.io", "EnvoyFilter", ["workloadSelector", "labels"]],
] as const;

export const meshSelectsNothing: Rule = {
  code: "mesh-selects-nothing",
  severity: "warning",
  why: "A policy of the mesh whose selector fits no pod changes nothing: what it was to protect stays as it is without it.",
  fix: "copy into the selector the labels that the pods of the meant workload have, in this namespace",
  link: "https://istio.io/latest/docs/reference/config/type/workload-selector/",
  find: (world) =>
    meshSelectors.flatMap(([group, kind, path]) =>
      world.of(group, kind).flatMap((object) => {
        const labels = at(nodeOf(object), "spec", ...path);
        const namespace = namespaceOf(object);
        if (!selectsNothing(world, namespace, labels, (own) => hasLabels(own, labels))) return [];
        const names = fieldNodes(labels).map(([name]) => name);
        return [found(labels, `it selects no pod in ${namespace}: ${labelsThere(world, namespace, names)}`)];
      }),
    ),
};
