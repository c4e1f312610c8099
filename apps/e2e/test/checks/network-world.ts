import type { KubernetesObject } from "@atlas/checks";
import fc from "fast-check";
import type { Probe, ScenarioStep, PolicyWorld } from "../../src/engines/network-policy-engines.ts";

const one = fc.constantFrom;
const spaces = ["x", "y", "z"];
const protocol = one("TCP", "UDP", "SCTP");

/** What pods call their ports; some pods lack some of them, or have them elsewhere. */
const ports = [
  { name: "web", containerPort: 80, protocol: "TCP" },
  { name: "web", containerPort: 8080, protocol: "TCP" },
  { name: "dns", containerPort: 53, protocol: "UDP" },
  { name: "dns", containerPort: 5353, protocol: "TCP" },
  { name: "sig", containerPort: 90, protocol: "SCTP" },
];

const selector = fc.record(
  {
    matchLabels: fc.dictionary(one("app", "tier"), one("a", "b"), { maxKeys: 1 }),
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key: one("app", "tier"),
          operator: one("In", "NotIn"),
          values: fc.subarray(["a", "b", "c"], { minLength: 1 }),
        }),
        fc.record({ key: one("app", "tier"), operator: one("Exists", "DoesNotExist") }),
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const namespaceSelector = fc.oneof(
  selector,
  fc.record({ matchLabels: fc.record({ "kubernetes.io/metadata.name": one(...spaces) }) }),
);

const block = fc.oneof(
  fc.record({ cidr: one("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/30", "192.0.2.0/24", "10.0.0.4/32") }),
  fc.record({ cidr: one("0.0.0.0/0", "10.0.0.0/8"), except: fc.subarray(["10.0.0.0/30", "10.0.0.6/31"]) }),
  fc.record({ cidr: one("fd00::/8", "fd00::/126", "::/0") }),
  fc.record({ cidr: one("::/0"), except: fc.subarray(["fd00::/126", "fd00::4/127"]) }),
);
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock: block }),
);
const port = fc.oneof(
  fc.record({ port: one<number | string>(80, 53, 90, "web", "dns", "sig"), protocol }, { requiredKeys: [] }),
  fc.record(
    { port: one(50, 80), endPort: one(80, 90, 9000), protocol },
    { requiredKeys: ["port", "endPort"] },
  ),
);
const sides = (peers: "from" | "to") =>
  fc.array(
    fc.record(
      { ports: fc.array(port, { maxLength: 2 }), [peers]: fc.array(peer, { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    { maxLength: 2 },
  );
const spec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.subarray(["Ingress", "Egress"], { minLength: 1 }),
    ingress: sides("from"),
    egress: sides("to"),
  },
  { requiredKeys: ["podSelector"] },
);

const named = (kind: string, name: string, namespace?: string) => ({
  apiVersion: kind === "NetworkPolicy" ? "networking.k8s.io/v1" : "v1",
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});
const withLabels = (object: KubernetesObject, labels: object): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, labels } as KubernetesObject["metadata"],
});

/** Labels; as Cyclonus takes `NotIn` for refusing what lacks the label, each is there where it is asked. */
const labelsOf = (isWhole: boolean) =>
  fc.record({ app: one("a", "b", "c"), tier: one("a", "b") }, isWhole ? {} : { requiredKeys: [] });

const addresses = [
  ...[1, 2, 3, 4, 5, 6].map((host) => `10.0.0.${host}`),
  ...[1, 2, 3, 4, 5, 6].map((host) => `fd00::${host}`),
];

/** Namespaces, with the label that the API server gives each. */
const namespacesOf = (isWhole: boolean) =>
  fc.tuple(...spaces.map(() => labelsOf(isWhole))).map((all) =>
    all.map((labels, index) => {
      const name = spaces[index] ?? "";
      return withLabels(named("Namespace", name), { ...labels, "kubernetes.io/metadata.name": name });
    }),
  );

const podsOf = (isWhole: boolean) =>
  fc
    .tuple(
      ...addresses.map(() =>
        fc.record({ space: one(...spaces), labels: labelsOf(isWhole), ports: fc.subarray(ports) }),
      ),
    )
    .map((all) =>
      all.map(({ space, labels, ports: own }, index) => ({
        ...withLabels(named("Pod", `pod-${index}`, space), labels),
        spec: { containers: [{ name: "a", image: "a", ports: own }] },
        status: { podIP: addresses[index] ?? "" },
      })),
    );

const probe = fc
  .record({
    from: one(...addresses, "192.0.2.1", "10.0.0.7", "fd00::7"),
    to: one(...addresses, "192.0.2.1", "10.0.0.7", "fd00::7"),
    port: one(50, 53, 79, 80, 81, 90, 91, 5353, 8080),
    protocol,
  })
  // A pod always reaches itself, which neither engine knows.
  .filter(({ from, to }) => from !== to);

/** Probes between all that there is, through some policies; with whole labels Cyclonus's answers count, too. */
export const networkWorld = (isWhole: boolean, count: number): fc.Arbitrary<PolicyWorld> =>
  fc.record({
    namespaces: namespacesOf(isWhole),
    pods: podsOf(isWhole),
    policies: fc
      .array(fc.record({ space: one(...spaces), spec }), { minLength: 1, maxLength: 5 })
      .map((all) =>
        all.map(({ space, spec: given }, index) => ({
          ...named("NetworkPolicy", `policy-${index}`, space),
          spec: given,
        })),
      ),
    probes: fc.array(probe, { minLength: count, maxLength: count }),
  });

/** What Cyclonus's cases are about: three pods in each of the namespaces x, y and z, and a probe of every pair. */
export function cyclonusWorld({ policies, namespaceLabels, podLabels }: ScenarioStep): PolicyWorld {
  const namespaces = spaces.map((name) =>
    withLabels(named("Namespace", name), {
      ...(namespaceLabels[name] ?? { ns: name }),
      "kubernetes.io/metadata.name": name,
    }),
  );
  const pods = spaces.flatMap((space, row) =>
    ["a", "b", "c"].map((name, column) => ({
      ...withLabels(named("Pod", name, space), podLabels[`${space}/${name}`] ?? { pod: name }),
      spec: { containers: [{ name: "a", image: "a", ports: servedPorts }] },
      status: { podIP: `10.0.0.${row * 3 + column + 1}` },
    })),
  );
  const ips = pods.map(({ status }) => status.podIP);
  const probes = ips.flatMap((from) =>
    ips
      .filter((to) => to !== from)
      .flatMap((to) =>
        servedPorts.map(({ containerPort, protocol: served }): Probe => ({
          from,
          to,
          port: containerPort,
          protocol: served,
        })),
      ),
  );
  return { namespaces, pods, policies, probes };
}

const servedPorts = [80, 81].flatMap((containerPort) =>
  (["TCP", "UDP", "SCTP"] as const).map((served) => ({
    name: `serve-${containerPort}-${served.toLowerCase()}`,
    containerPort,
    protocol: served,
  })),
);
