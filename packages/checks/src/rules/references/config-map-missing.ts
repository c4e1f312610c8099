import type { Rule } from "../../findings/rule.ts";
import { dangling } from "./dangling.ts";
import { usesIn } from "./uses.ts";

/** What a cluster puts into every namespace. */
export const configMapsOfClusters: ReadonlySet<string> = new Set(["kube-root-ca.crt", "istio-ca-root-cert"]);

export const configMapMissing: Rule = {
  code: "config-map-missing",
  severity: "warning",
  why: "A container whose ConfigMap is not there does not start: its pod waits with CreateContainerConfigError or FailedMount. An AtlasSchema or AtlasMigration stays NotReady, and the operator applies nothing of it.",
  fix: "add the ConfigMap, correct its name, or mark the reference of a container as optional",
  link: "https://kubernetes.io/docs/concepts/configuration/configmap/",
  find: (world) =>
    usesIn(world)
      .filter(
        ({ kind, name, isOptional }) =>
          kind === "ConfigMap" && !isOptional && !configMapsOfClusters.has(name),
      )
      .flatMap(({ node, kind, name, namespace, otherwise }) =>
        dangling(world, node, { group: "", kind, name, namespace }, otherwise),
      ),
};
