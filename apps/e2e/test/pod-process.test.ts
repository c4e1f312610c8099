import type { Deployment } from "kubernetes-types/apps/v1.js";
import type { Container, PodSpec } from "kubernetes-types/core/v1.js";
import { describe, expect, test } from "vitest";
import { podProcess } from "../src/operator/pod-process.ts";

const container: Container = {
  name: "manager",
  image: "registry.example/manager:1",
  command: ["/manager"],
  args: ["--leader-elect"],
  ports: [{ name: "health", containerPort: 8081 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "health" } },
  securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
};
const deployment = (fields: Partial<Container> = {}, pod: Partial<PodSpec> = {}): Deployment => ({
  metadata: { name: "manager", namespace: "operators" },
  spec: {
    selector: {},
    template: { spec: { serviceAccountName: "manager", containers: [{ ...container, ...fields }], ...pod } },
  },
});
const tmp = { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };

describe("a Deployment is read as", () => {
  test("a process with all that is stated and a kubelet's defaults", () => {
    expect(podProcess(deployment())).toEqual({
      namespace: "operators",
      serviceAccount: "manager",
      hasToken: true,
      image: "registry.example/manager:1",
      argv: ["/manager", "--leader-elect"],
      env: {},
      user: 1000,
      group: 0,
      isRootReadOnly: true,
      emptyFolders: [],
      readiness: { port: 8081, path: "/readyz" },
      grace: 30,
      notReproduced: [],
    });
  });

  test.each<[string, Partial<Container>, Partial<PodSpec>, object]>([
    [
      "variables",
      { env: [{ name: "PREWARM_DEVDB", value: "false" }, { name: "EMPTY" }] },
      {},
      { env: { PREWARM_DEVDB: "false", EMPTY: "" } },
    ],
    [
      "an empty folder in memory",
      tmp,
      { volumes: [{ name: "tmp", emptyDir: { medium: "Memory" } }] },
      { emptyFolders: [{ path: "/tmp" }] },
    ],
    [
      "its size",
      tmp,
      { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }] },
      { emptyFolders: [{ path: "/tmp", size: "64m" }] },
    ],
    [
      "a writable root and the pod's user and group",
      { securityContext: {} },
      { securityContext: { runAsUser: 7, runAsGroup: 8 } },
      { isRootReadOnly: false, user: 7, group: 8 },
    ],
    ["no token", {}, { automountServiceAccountToken: false }, { hasToken: false }],
    [
      "what a process alone can't show",
      { resources: {} },
      { dnsConfig: {}, securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
      { notReproduced: ["dnsConfig", "securityContext.seccompProfile", "container.resources"] },
    ],
  ])("%s", (_what, fields, pod, want) => {
    expect(podProcess(deployment(fields, pod))).toMatchObject(want);
  });
});

describe("a Deployment is refused for", () => {
  test.each<[string, Partial<Container>, Partial<PodSpec>]>([
    ["command: state it", { command: [] }, {}],
    ["args: $(POD) is expanded", { args: ["$(POD)"] }, {}],
    [
      "env POD: valueFrom",
      { env: [{ name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }] },
      {},
    ],
    ["envFrom", { envFrom: [{ configMapRef: { name: "a" } }] }, {}],
    ["workingDir", { workingDir: "/data" }, {}],
    ["securityContext.runAsUser: state a user that is not root", { securityContext: { runAsUser: 0 } }, {}],
    ["securityContext.privileged", { securityContext: { runAsUser: 1, privileged: true } }, {}],
    ["volume tmp: it is not an emptyDir", tmp, { volumes: [{ name: "tmp", configMap: { name: "a" } }] }],
    ["volume tmp: it is not an emptyDir", tmp, {}],
    ["volume tmp: sizeLimit 1e3", tmp, { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1e3" } }] }],
    ["container wait: there is one process", {}, { initContainers: [{ name: "wait" }] }],
    ["readinessProbe: it asks no port of the container by HTTP", { readinessProbe: { exec: {} } }, {}],
  ])("%s", (want, fields, pod) => {
    expect(() => podProcess(deployment(fields, pod))).toThrow(want);
  });
});
