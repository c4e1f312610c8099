import { byCronJob, byLabel } from "../metadata/name.ts";
import { pod, podTemplate } from "../pod/pod.ts";
import { fields } from "../rule/rule.ts";
import { persistentVolumeClaim } from "../volume/claim.ts";
import { controllerRevision } from "../workload/controller-revision.ts";
import { cronJob } from "../workload/cron-job.ts";
import { daemonSet } from "../workload/daemon-set.ts";
import { replicaSet, replicationController } from "../workload/deployment.ts";
import { job } from "../workload/job.ts";
import { statefulSet } from "../workload/stateful-set.ts";
import { namespaced, type Kinds } from "./kind.ts";

/** Pods, and what makes them, but for Deployments. */
export const workloads: Kinds = {
  "v1/PersistentVolumeClaim": namespaced(persistentVolumeClaim),
  "v1/Pod": namespaced(pod),
  "v1/PodTemplate": namespaced(fields({ template: podTemplate }, "template")),
  "v1/ReplicationController": namespaced(replicationController),
  "apps/v1/ControllerRevision": namespaced(controllerRevision),
  "apps/v1/DaemonSet": namespaced(daemonSet),
  "apps/v1/ReplicaSet": namespaced(replicaSet),
  "apps/v1/StatefulSet": namespaced(statefulSet, byLabel),
  "batch/v1/CronJob": namespaced(cronJob, byCronJob),
  "batch/v1/Job": namespaced(job),
};
