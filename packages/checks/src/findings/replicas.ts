import { groupOf, namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, nodeOf, textAt } from "../objects/node.ts";
import { findObject, type World } from "./world.ts";

/** How many pods a workload has. */
export interface Replicas {
  readonly fewest: number;
  readonly most: number;
}

/** Fields by which autoscalers say between how many pods they leave a workload, and what holds without the first. */
const autoscalers = [
  {
    group: "autoscaling",
    kind: "HorizontalPodAutoscaler",
    fields: ["minReplicas", "maxReplicas"],
    fewest: 1,
    most: 1,
  },
  {
    group: "keda.sh",
    kind: "ScaledObject",
    fields: ["minReplicaCount", "maxReplicaCount"],
    fewest: 0,
    most: 100,
  },
] as const;

/**
 * How many pods a workload has, as an autoscaler among the objects or itself says; of one that is to have none, no autoscaler
 * is asked.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export function replicasOf(world: World, workload: KubernetesObject): Replicas {
  if (workload.kind === "DaemonSet") return { fewest: 1, most: Number.POSITIVE_INFINITY };
  const { value } = at(nodeOf(workload), "spec", workload.kind === "Job" ? "parallelism" : "replicas");
  const stated = typeof value === "number" ? value : 1;
  if (stated === 0) return { fewest: 0, most: 0 };
  for (const { group, kind, fields, ...without } of autoscalers) {
    const scaler = world.of(group, kind).find((each) => isFor(world, each, workload));
    if (scaler === undefined) continue;
    const [fewest, most] = fields.map((field) => at(nodeOf(scaler), "spec", field).value);
    return {
      fewest: typeof fewest === "number" ? fewest : without.fewest,
      most: Math.max(stated, typeof most === "number" ? most : without.most),
    };
  }
  return { fewest: stated, most: stated };
}

function isFor(world: World, scaler: KubernetesObject, workload: KubernetesObject): boolean {
  const target = at(nodeOf(scaler), "spec", "scaleTargetRef");
  const kind = textAt(at(target, "kind")) ?? "Deployment";
  const [name = "", namespace] = [textAt(at(target, "name")), namespaceOf(workload)];
  return (
    namespaceOf(scaler) === namespace &&
    findObject(world, groupOf(workload), kind, name, namespace) === workload
  );
}

/**
 * Whether a Deployment that has one pod starts the next one while that still runs, and waits for it to be ready.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function startsBeforeItEnds(workload: KubernetesObject): boolean {
  if (workload.kind !== "Deployment") return false;
  const strategy = at(nodeOf(workload), "spec", "strategy");
  if ((textAt(at(strategy, "type")) ?? "RollingUpdate") !== "RollingUpdate") return false;
  const surge = at(strategy, "rollingUpdate", "maxSurge").value ?? "25%";
  const unavailable = at(strategy, "rollingUpdate", "maxUnavailable").value ?? "25%";
  // Of one pod, any share of it that may be more is one, and one that may be missing is only the whole.
  return amount(surge) > 0 && amount(unavailable) < 1;
}

/** A share of one pod, or a number. */
function amount(value: unknown): number {
  if (typeof value === "number") return value;
  const percent = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? Number.NaN : Number(percent) / 100;
}
