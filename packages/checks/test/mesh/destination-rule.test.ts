import type { KubernetesObject } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { ask, object, peerAuthentication, pod, service } from "./world.ts";

const host = "database.data.svc.cluster.local";
const rule = (namespace: string, mode: string, fields: object = {}) =>
  object("networking.istio.io", "DestinationRule", namespace, {
    host,
    trafficPolicy: { tls: { mode } },
    ...fields,
  });
const ofPort = (number: number, mode: string) => ({
  trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" }, portLevelSettings: [{ port: { number }, tls: { mode } }] },
});
const strict = peerAuthentication("data", { mtls: { mode: "STRICT" } });

// Each row is a sentence of https://istio.io/latest/docs/reference/config/networking/destination-rule/
describe("where mutual TLS alone is taken, a rule", () => {
  test.each<[string, KubernetesObject[], boolean]>([
    ["that is not there leaves it to the proxies", [], true],
    ["that disables it is refused", [rule("sales", "DISABLE")], false],
    ["that asks for it is taken", [rule("sales", "ISTIO_MUTUAL")], true],
    ["without settings leaves it to the proxies", [rule("sales", "", { trafficPolicy: {} })], true],
    ["of another host means nothing", [rule("sales", "DISABLE", { host: "a.data.svc.cluster.local" })], true],
    [
      "with a wildcard is for all that end so",
      [rule("sales", "DISABLE", { host: "*.data.svc.cluster.local" })],
      false,
    ],
    ["with a short name means its own namespace", [rule("data", "DISABLE", { host: "database" })], false],
    ["with a short name of another means nothing", [rule("sales", "DISABLE", { host: "database" })], true],
    ["of the Service's namespace counts", [rule("data", "DISABLE")], false],
    ["of the root namespace counts", [rule("istio-system", "DISABLE")], false],
    ["of a third namespace does not", [rule("other", "DISABLE")], true],
    ["of the client's namespace wins", [rule("data", "DISABLE"), rule("sales", "ISTIO_MUTUAL")], true],
    ["of the port of the Service wins over that of all", [rule("sales", "", ofPort(3306, "DISABLE"))], false],
    ["of another port means nothing", [rule("sales", "", ofPort(5432, "DISABLE"))], true],
  ])("%s", (_sentence, objects, allowed) => {
    expect(ask([strict, ...objects]).allowed).toBe(allowed);
  });

  test("with TLS of the application's own: whether that is taken is not known", () => {
    expect(ask([rule("sales", "SIMPLE")])).toMatchObject({
      allowed: true,
      unknown: [{ path: "spec.trafficPolicy.tls.mode" }],
    });
  });
});

// https://istio.io/latest/about/faq/security/ and
// https://istio.io/latest/docs/ops/best-practices/security/#understand-traffic-capture-limitations
describe("a port that passes by the proxy of the destination", () => {
  const past = pod("database", "data", {
    annotations: { "traffic.sidecar.istio.io/excludeInboundPorts": "5432" },
  });
  const to22 = { ...service, spec: { ...service.spec, ports: [{ port: 22 }] } };
  test.each<[string, KubernetesObject[], number, boolean]>([
    ["gets mutual TLS all the same, which its application does not speak", [], 5432, false],
    ["gets plain text by a rule that disables it", [rule("sales", "DISABLE")], 5432, true],
    ["is always that of SSH", [to22], 22, false],
    ["is always that of SSH, which gets plain text where no Service has it", [strict], 22, true],
  ])("%s", (_sentence, objects, port, allowed) => {
    expect(ask(objects, { to: { pod: past }, port }).allowed).toBe(allowed);
  });
});
