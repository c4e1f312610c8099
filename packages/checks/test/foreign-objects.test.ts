import { admitted, can, reach, type KubernetesObject } from "@atlas/checks";
import fc from "fast-check";
import { expect, test } from "vitest";

/** Fields of what the functions read, with anything in them. */
const words = [
  [
    "spec",
    "template",
    "metadata",
    "labels",
    "containers",
    "securityContext",
    "ports",
    "port",
    "volumes",
    "capabilities",
  ],
  [
    "add",
    "podSelector",
    "matchLabels",
    "matchExpressions",
    "ingress",
    "egress",
    "from",
    "to",
    "ipBlock",
    "cidr",
    "except",
  ],
  [
    "subjects",
    "roleRef",
    "rules",
    "verbs",
    "kind",
    "name",
    "aggregationRule",
    "clusterRoleSelectors",
    "__proto__",
  ],
  [
    "hosts",
    "mtls",
    "mode",
    "selector",
    "workloadSelector",
    "outboundTrafficPolicy",
    "addresses",
    "action",
    "when",
    "trafficPolicy",
    "tls",
  ],
].flat();
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, 0, 80, "", "a", "*", "10.0.0.0/8", "ClusterRole", { toString: null }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie("value"), { maxKeys: 4 }),
  ),
})).value;
const kinds = [
  ["v1", "Pod"],
  ["v1", "Namespace"],
  ["apps/v1", "Deployment"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
  ["v1", "Service"],
  ["networking.istio.io/v1", "Sidecar"],
  ["networking.istio.io/v1", "ServiceEntry"],
  ["networking.istio.io/v1", "DestinationRule"],
  ["security.istio.io/v1", "PeerAuthentication"],
  ["security.istio.io/v1", "AuthorizationPolicy"],
] as const;
const object: fc.Arbitrary<KubernetesObject> = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.dictionary(fc.constantFrom(...words), anything, { maxKeys: 5 }),
    fc.option(fc.dictionary(fc.constantFrom("annotations", "labels"), anything), { nil: {} }),
  )
  .map(([[apiVersion, kind], fields, metadata]) => ({
    ...fields,
    apiVersion,
    kind,
    metadata: { ...metadata, name: "a", namespace: "a" },
  }));

const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "a", namespace: "a" },
  spec: { containers: [] },
};
const inMesh = (name: string) => ({
  ...pod,
  metadata: { name, namespace: "a", labels: { "sidecar.istio.io/inject": "true" } },
});

test("whatever stands in an object, it is answered, and each reason has a path", () => {
  const property = fc.property(fc.array(object, { minLength: 1, maxLength: 4 }), (objects) => {
    const namespace = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "a", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    };
    const answers = [
      ...objects.flatMap((each) => [admitted(each, namespace), admitted(pod, each)]),
      can(objects, { account: { serviceAccount: "a", namespace: "a" }, verb: "get", resource: "pods" }),
      reach(objects, { from: { pod }, to: { address: "10.0.0.1" }, port: 80 }),
      reach(objects, { from: { pod: inMesh("b") }, to: { address: "10.0.0.1" }, port: 80 }),
      reach(objects, { from: { pod: inMesh("b") }, to: { pod: inMesh("c") }, port: 80 }),
    ];
    for (const { allowed, because } of answers) {
      expect(typeof allowed).toBe("boolean");
      for (const { path, text } of because) expect([typeof path, typeof text]).toEqual(["string", "string"]);
    }
  });
  fc.assert(property, { seed: 1, numRuns: 1000 });
});
