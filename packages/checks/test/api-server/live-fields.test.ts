import { accepted } from "@atlas/checks/api-server";
import { describe, expect, test } from "vitest";
import { app, core, job, metadata, pod, service, withContainer } from "./builders.ts";

const uid = "6cdda112-11aa-4d52-b0fc-6be9d1beab79";
const time = "2026-01-01T00:00:00Z";
const managed = { manager: "kubectl", operation: "Update", apiVersion: "v1", time, fieldsType: "FieldsV1" };
const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "web", uid };
const config = (more: object) => core("ConfigMap", { metadata: { ...metadata, ...more } });
const claim = (spec: object, more: object = {}) =>
  core("PersistentVolumeClaim", {
    metadata: { ...metadata, ...more },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...spec },
  });
const volume = (claimRef: object) => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: "a" },
  spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], hostPath: { path: "/a" }, claimRef },
});

type LiveRow = readonly [title: string, object: unknown, found: string];

const rows: readonly LiveRow[] = [
  ["uid", config({ uid }), "error live-field-refused metadata.uid"],
  ["resourceVersion", config({ resourceVersion: "1" }), "error live-field-refused metadata.resourceVersion"],
  [
    "deletionTimestamp",
    config({ deletionTimestamp: time }),
    "error live-field-refused metadata.deletionTimestamp",
  ],
  ["managedFields", config({ managedFields: [managed] }), "error live-field-refused metadata.managedFields"],
  [
    "creationTimestamp",
    config({ creationTimestamp: time }),
    "warning live-field-ignored metadata.creationTimestamp",
  ],
  ["generation", config({ generation: 2 }), "warning live-field-ignored metadata.generation"],
  ["selfLink", config({ selfLink: "/api" }), "warning live-field-ignored metadata.selfLink"],
  [
    "what kubectl has applied",
    config({ annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } }),
    "warning live-field-ignored metadata.annotations.kubectl.kubernetes.io/last-applied-configuration",
  ],
  ["the status", { ...app("Deployment", {}), status: { replicas: 1 } }, "warning live-field-ignored status"],
  [
    "the status of a kind of others",
    { apiVersion: "example.com/v1", kind: "Shop", metadata, status: { conditions: [{ type: "Ready" }] } },
    "warning live-field-ignored status",
  ],
  ["an owner", config({ ownerReferences: [owner] }), "warning live-field-bound metadata.ownerReferences.0"],
  ["clusterIP", service({ clusterIP: "10.0.0.1" }), "warning live-field-bound spec.clusterIP"],
  ["nodeName", pod({ nodeName: "a" }), "warning live-field-bound spec.nodeName"],
  ["a volume that was made", claim({ volumeName: `pvc-${uid}` }), "warning live-field-bound spec.volumeName"],
  [
    "a claim that is bound",
    claim({}, { annotations: { "pv.kubernetes.io/bind-completed": "yes" } }),
    "warning live-field-bound metadata.annotations.pv.kubernetes.io/bind-completed",
  ],
  [
    "a claim as it was",
    volume({ name: "a", namespace: "b", uid }),
    "warning live-field-bound spec.claimRef.uid",
  ],
];

describe("what a cluster has written is found in what is kept to be applied, and nowhere else:", () => {
  test.each(rows)("%s", (_title, object, found) => {
    const declared = accepted(object, { isDeclared: true });
    expect(declared.map(({ severity, code, path }) => `${severity} ${code} ${path.join(".")}`)).toEqual([
      found,
    ]);
    expect(accepted(object)).toEqual([]);
  });
});

describe("what a person may write is not:", () => {
  test.each<readonly [string, unknown]>([
    [
      "what kubectl create prints",
      { ...app("Deployment", {}), metadata: { ...metadata, creationTimestamp: null }, status: {} },
    ],
    ["a Service without an address", service({ clusterIP: "None" })],
    ["a volume that somebody has declared", claim({ volumeName: "shared" })],
    ["a claim by its name", volume({ name: "a", namespace: "b" })],
    ["the node of a template", job({}, { restartPolicy: "Never", nodeName: "a" })],
    ["a node that is chosen", withContainer({}, { nodeSelector: { disk: "fast" } })],
    ["a status of another sort", { apiVersion: "example.com/v1", kind: "Shop", metadata, status: "open" }],
    ["nothing in the fields", config({ uid: "", managedFields: [], ownerReferences: [] })],
  ])("%s", (_title, object) => {
    expect(accepted(object, { isDeclared: true })).toEqual([]);
  });
});
