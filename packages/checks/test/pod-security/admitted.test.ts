import { admitted, podSecurityViolations, type KubernetesObject, type Level } from "@atlas/checks";
import { describe, expect, test } from "vitest";

const sound = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
const namespace = (labels: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: "shop",
    labels: Object.fromEntries(
      Object.entries(labels).map(([name, value]) => [`pod-security.kubernetes.io/${name}`, value]),
    ),
  },
});
const spec = { containers: [{ name: "a", image: "a", securityContext: sound }] };
const object = (kind: string, fields: object): KubernetesObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "shop" },
  ...fields,
});
const privileged = { containers: [{ name: "a", image: "a", securityContext: { privileged: true } }] };

describe("a pod is found wherever a kind has it, and what it breaks is named by its path there", () => {
  test.each<[string, object, string]>([
    ["Pod", { spec: privileged }, "spec"],
    ["Deployment", { spec: { template: { spec: privileged } } }, "spec.template.spec"],
    ["Rollout", { spec: { template: { spec: privileged } } }, "spec.template.spec"],
    ["PodTemplate", { template: { spec: privileged } }, "template.spec"],
    [
      "CronJob",
      { spec: { jobTemplate: { spec: { template: { spec: privileged } } } } },
      "spec.jobTemplate.spec.template.spec",
    ],
  ])("%s", (kind, fields, path) => {
    const made = object(kind, fields);
    const { allowed, because } = admitted(made, namespace({ enforce: "baseline" }));
    expect(allowed).toBe(false);
    expect(because[0]).toEqual({
      object: made,
      path: `${path}.containers[0].securityContext.privileged`,
      text: "a container must not be privileged",
    });
    expect(because.at(-1)?.path).toBe('metadata.labels["pod-security.kubernetes.io/enforce"]');
  });
});

test("what makes no pods is admitted", () => {
  expect(admitted(object("Service", { spec: {} }), namespace({ enforce: "restricted" })).allowed).toBe(true);
});

describe("the labels of the namespace say by what a pod is judged", () => {
  const pod = object("Pod", { spec: privileged });
  test.each<[Record<string, string> | undefined, Level, string, boolean]>([
    [undefined, "privileged", "latest", true],
    [{}, "privileged", "latest", true],
    [{ enforce: "privileged" }, "privileged", "latest", true],
    [{ warn: "restricted", audit: "restricted" }, "privileged", "latest", true],
    [{ enforce: "baseline", "enforce-version": "v1.25" }, "baseline", "v1.25", false],
    [{ enforce: "Baseline" }, "restricted", "latest", false],
    [{ enforce: "baseline", "enforce-version": "1.25" }, "baseline", "latest", false],
    [{ enforce: "baseline", "enforce-version": "v1.99" }, "baseline", "v1.99", false],
  ])("%j", (labels, level, version, allowed) => {
    expect(admitted(pod, labels && namespace(labels))).toMatchObject({ level, version, allowed });
  });
});

describe("versions", () => {
  const other = { ...spec, hostUsers: false };
  const unsafe = (name: string) => ({ ...spec, securityContext: { sysctls: [{ name, value: "1" }] } });
  test.each<[string, object, "baseline" | "restricted", `v1.${number}`, string[]]>([
    ["a sysctl before it was safe", unsafe("net.ipv4.tcp_rmem"), "baseline", "v1.31", ["sysctls"]],
    ["a sysctl since it is safe", unsafe("net.ipv4.tcp_rmem"), "baseline", "v1.32", []],
    ["a sysctl of 1.37", unsafe("net.ipv4.tcp_notsent_lowat"), "baseline", "v1.37", []],
    [
      "root, in a user namespace, before 1.35",
      { ...other, securityContext: { runAsUser: 0 } },
      "restricted",
      "v1.34",
      ["runAsUser"],
    ],
    ["root, in a user namespace", { ...other, securityContext: { runAsUser: 0 } }, "restricted", "v1.35", []],
  ])("%s", (_name, given, level, version, controls) => {
    const broken = podSecurityViolations(object("Pod", { spec: given }), level, version);
    expect(broken.map(({ control }) => control)).toEqual(controls);
  });

  test("one that is none is refused", () => {
    expect(() => podSecurityViolations(object("Pod", { spec }), "baseline", "v1.x" as "v1.1")).toThrow(
      'got the version "v1.x": expected "latest" or one such as "v1.34"',
    );
  });
});
