import { describe, expect, test } from "vitest";
import { ask, namespaceOf, peerAuthentication, pod } from "./world.ts";

/** Whether a pod has a proxy shows in whether it may call what takes mutual TLS alone. */
const isInjected = (namespace: string, namespaceLabels: object, fields: Parameters<typeof pod>[2]): boolean =>
  ask([peerAuthentication("data", { mtls: { mode: "STRICT" } }), namespaceOf(namespace, namespaceLabels)], {
    from: { pod: pod("client", namespace, fields) },
  }).allowed;

const enabled = { "istio-injection": "enabled" };
const disabled = { "istio-injection": "disabled" };
const revision = { "istio.io/rev": "canary" };
const yes = { labels: { "sidecar.istio.io/inject": "true" } };
const no = { labels: { "sidecar.istio.io/inject": "false" } };

// https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
// and, of revisions, https://istio.io/latest/docs/setup/upgrade/canary/#data-plane
describe("a proxy is", () => {
  test.each<[string, object, Parameters<typeof pod>[2], boolean, string?]>([
    ["not there where neither label is set", {}, {}, false],
    ["there where the namespace enables it", enabled, {}, true],
    ["not there where the pod refuses it", enabled, no, false],
    ["there where the pod alone asks for it", {}, yes, true],
    ["not there where the namespace disables it, whatever the pod asks for", disabled, yes, false],
    ["there where the namespace has a revision", revision, {}, true],
    ["not there where the pod refuses that", revision, no, false],
    ["there where the pod has a revision", {}, { labels: revision }, true],
    [
      "not there where the namespace disables it, which wins over a revision",
      { ...disabled, ...revision },
      {},
      false,
    ],
    [
      "not there where the namespace disables it, and the pod has a revision",
      disabled,
      { labels: revision },
      false,
    ],
    ["not there where another value stands for enabled", { "istio-injection": "true" }, {}, false],
    ["not there where an old annotation refuses it", enabled, { annotations: no.labels }, false],
    ["there where the label wins over that", enabled, { ...yes, annotations: no.labels }, true],
    ["not there where the old annotation alone asks for it", {}, { annotations: yes.labels }, false],
    ["not there in the network of the node", enabled, { ...yes, spec: { hostNetwork: true } }, false],
    ["not there in the system's namespaces", enabled, yes, false, "kube-system"],
    [
      "there where the pod says nothing by its label",
      enabled,
      { labels: { "sidecar.istio.io/inject": "" } },
      true,
    ],
    [
      "there where the pod asks for it in other words",
      enabled,
      { labels: { "sidecar.istio.io/inject": "on" } },
      true,
    ],
    ["there where it was put in before", {}, { annotations: { "sidecar.istio.io/status": "{}" } }, true],
  ])("%s", (_sentence, namespaceLabels, fields, injected, namespace = "client") => {
    expect(isInjected(namespace, namespaceLabels, fields)).toBe(injected);
  });
});

// https://istio.io/latest/docs/reference/config/labels/
describe("what the mesh says of ambient mode is not known, which", () => {
  const ambient = { "istio.io/dataplane-mode": "ambient" };
  test.each<[string, object, Parameters<typeof pod>[2], number]>([
    ["its namespace may be in", ambient, {}, 1],
    ["a pod may be in", {}, { labels: ambient }, 1],
    ["a pod may be taken out of", ambient, { labels: { "istio.io/dataplane-mode": "none" } }, 0],
  ])("%s", (_what, labels, fields, unknown) => {
    const answer = ask([namespaceOf("ambient", labels)], { from: { pod: pod("client", "ambient", fields) } });
    expect(answer.unknown.length).toBe(unknown);
  });
});
