import { all, ending, shared, small, web, windows } from "./pod-specs.ts";

const labels = { app: "web", tier: "front" };
const selector = { matchLabels: { app: "web" } };
const template = (spec: object) => ({ metadata: { labels, annotations: { "example.com/a": "b" } }, spec });
const metadata = {
  name: "web",
  namespace: "default",
  labels: { app: "web" },
  annotations: { "example.com/A": "b" },
};
const app = (kind: string, spec: object) => ({ apiVersion: "apps/v1", kind, metadata, spec });
const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

const job = {
  parallelism: 2,
  completions: 4,
  completionMode: "Indexed",
  backoffLimitPerIndex: 1,
  maxFailedIndexes: 2,
  activeDeadlineSeconds: 60,
  ttlSecondsAfterFinished: 5,
  managedBy: "example.com/me",
  podReplacementPolicy: "Failed",
  suspend: true,
  podFailurePolicy: {
    rules: [
      { action: "FailJob", onExitCodes: { containerName: "main", operator: "In", values: [1, 2, 42] } },
      { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
      { action: "FailIndex", onExitCodes: { operator: "NotIn", values: [0, 3] } },
    ],
  },
  successPolicy: { rules: [{ succeededIndexes: "0,2-3", succeededCount: 2 }] },
  template: { metadata: { labels: { a: "b" } }, spec: ending },
};
const plainJob = {
  backoffLimit: 3,
  completionMode: "NonIndexed",
  template: { spec: { ...ending, restartPolicy: "OnFailure" } },
};

export const workloads: Readonly<Record<string, object>> = {
  pod: { apiVersion: "v1", kind: "Pod", metadata, spec: web },
  "pod-all": {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: { ...all, schedulingGates: [{ name: "example.com/gate" }] },
  },
  "pod-small": { apiVersion: "v1", kind: "Pod", metadata, spec: small },
  "pod-shared": { apiVersion: "v1", kind: "Pod", metadata, spec: shared },
  "pod-windows": { apiVersion: "v1", kind: "Pod", metadata, spec: windows },
  "pod-template": { apiVersion: "v1", kind: "PodTemplate", metadata, template: template(web) },
  deployment: app("Deployment", {
    replicas: 2,
    selector: { ...selector, matchExpressions: [{ key: "tier", operator: "In", values: ["front", "back"] }] },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    minReadySeconds: 5,
    revisionHistoryLimit: 3,
    progressDeadlineSeconds: 60,
    paused: false,
    template: template(web),
  }),
  "deployment-recreate": app("Deployment", {
    selector,
    strategy: { type: "Recreate" },
    template: template(all),
  }),
  "deployment-small": app("Deployment", { selector, template: template(small) }),
  "replica-set": app("ReplicaSet", { replicas: 1, minReadySeconds: 1, selector, template: template(web) }),
  "stateful-set": app("StatefulSet", {
    replicas: 3,
    selector,
    serviceName: "web",
    podManagementPolicy: "Parallel",
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 1 } },
    ordinals: { start: 1 },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
    volumeClaimTemplates: [{ metadata: { name: "store" }, spec: claim }],
    template: template({
      ...small,
      containers: [{ name: "web", image: "web", volumeMounts: [{ name: "store", mountPath: "/store" }] }],
    }),
  }),
  "daemon-set": app("DaemonSet", {
    selector,
    minReadySeconds: 1,
    revisionHistoryLimit: 2,
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
    template: template(shared),
  }),
  "daemon-set-on-delete": app("DaemonSet", {
    selector,
    updateStrategy: { type: "OnDelete" },
    template: template(all),
  }),
  "replication-controller": {
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata,
    spec: { replicas: 1, selector: { app: "web" }, template: template(web) },
  },
  "controller-revision": {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata,
    revision: 1,
    data: { a: "b" },
  },
  job: { apiVersion: "batch/v1", kind: "Job", metadata, spec: job },
  "job-plain": { apiVersion: "batch/v1", kind: "Job", metadata, spec: plainJob },
  "job-own-selector": {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata,
    spec: {
      ...plainJob,
      manualSelector: true,
      selector: { matchLabels: { a: "b" } },
      template: { metadata: { labels: { a: "b" } }, spec: ending },
    },
  },
  "cron-job": {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: {
      schedule: "*/5 1-3 * JAN mon",
      timeZone: "Europe/Berlin",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 10,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      suspend: false,
      jobTemplate: { metadata: { labels: { a: "b" } }, spec: job },
    },
  },
  "cron-job-plain": {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: { schedule: "@daily", jobTemplate: { spec: plainJob } },
  },
};
