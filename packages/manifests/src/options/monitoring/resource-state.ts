import { healthApiVersion, healthKinds } from "../../health/model.ts";

const [group = "", version = ""] = healthApiVersion.split("/");

/**
 * What kube-state-metrics is to say of the operator's resources, which it says nothing of itself: `atlas_condition`, a gauge
 * for each of their conditions. It needs to list and watch them.
 *
 * @see https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/extend/customresourcestate-metrics.md
 */
export const resourceState: object = {
  kind: "CustomResourceStateMetrics",
  spec: {
    resources: healthKinds.map((kind) => ({
      groupVersionKind: { group, version, kind },
      metricNamePrefix: "atlas",
      labelsFromPath: { resource: ["metadata", "name"], resource_namespace: ["metadata", "namespace"] },
      metrics: [
        {
          name: "condition",
          help: "Whether a condition of the resource is True.",
          each: {
            type: "Gauge",
            gauge: {
              path: ["status", "conditions"],
              labelsFromPath: { type: ["type"], reason: ["reason"] },
              valueFrom: ["status"],
            },
          },
        },
      ],
    })),
  },
};
