import { DestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1/DestinationRule";
import { ServiceEntry } from "@kubernetes-models/istio/networking.istio.io/v1/ServiceEntry";
import { Sidecar } from "@kubernetes-models/istio/networking.istio.io/v1/Sidecar";
import { describe, expect, test } from "vitest";
import { istiod, kubeDns, outbound, type Destination, type OutsideDestination } from "@atlas/istio";

const workload = { name: "shop", labels: { app: "shop" } };
const database: OutsideDestination = {
  mesh: "outside",
  host: "./orders.db.example.com",
  ports: [{ port: 5432, protocol: "TCP" }],
  cidrs: ["192.0.2.0/28", "fd00::/64"],
};
const closed = (...destinations: readonly Destination[]) =>
  outbound(workload, { destinations, unknownDestinations: "REGISTRY_ONLY" });

test("one list comes to the objects that have to agree", () => {
  const agent: Destination = {
    mesh: "inside",
    host: "./agent.shop.svc.cluster.local",
    ports: [{ port: 80, protocol: "HTTP", targetPort: "http" }],
  };
  const { sidecar, serviceEntries, destinationRules, networkPolicy, objects } = closed(
    istiod,
    kubeDns,
    agent,
    database,
  );
  expect(sidecar.spec.egress?.[0]?.hosts).toEqual([
    "istio-system/istiod.istio-system.svc.cluster.local",
    "kube-system/kube-dns.kube-system.svc.cluster.local",
    "./agent.shop.svc.cluster.local",
    "./orders.db.example.com",
  ]);
  const metadata = { name: "shop-orders.db.example.com" };
  expect(serviceEntries).toEqual([
    {
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      metadata,
      spec: {
        hosts: ["orders.db.example.com"],
        addresses: ["192.0.2.0/28", "fd00::/64"],
        exportTo: ["."],
        location: "MESH_EXTERNAL",
        resolution: "NONE",
        ports: [{ number: 5432, name: "tcp-5432", protocol: "TCP" }],
      },
    },
  ]);
  expect(destinationRules).toEqual([
    {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata,
      spec: {
        host: "orders.db.example.com",
        exportTo: ["."],
        trafficPolicy: { tls: { mode: "DISABLE" } },
      },
    },
  ]);
  expect(networkPolicy).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "shop-egress" },
    spec: {
      podSelector: { matchLabels: { app: "shop" } },
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-system" } },
              podSelector: { matchLabels: { app: "istiod" } },
            },
          ],
          ports: [{ protocol: "TCP", port: 15012 }],
        },
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        { to: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: "http" }] },
        {
          to: [{ ipBlock: { cidr: "192.0.2.0/28" } }, { ipBlock: { cidr: "fd00::/64" } }],
          ports: [{ protocol: "TCP", port: 5432 }],
        },
      ],
    },
  });
  expect(objects).toEqual([sidecar, ...serviceEntries, ...destinationRules, networkPolicy]);
  expect(() => new Sidecar(sidecar).validate()).not.toThrow();
  for (const entry of serviceEntries) expect(() => new ServiceEntry(entry).validate()).not.toThrow();
  for (const rule of destinationRules) expect(() => new DestinationRule(rule).validate()).not.toThrow();
});

test("what is let through anyway is not refused by a policy", () => {
  const { objects } = outbound(workload, { destinations: [database], unknownDestinations: "ALLOW_ANY" });
  expect(objects.map(({ kind }) => kind)).toEqual(["Sidecar", "ServiceEntry", "DestinationRule"]);
});

test("who calls nothing sees nothing", () => {
  const { sidecar, networkPolicy } = closed();
  expect(sidecar.spec.egress?.[0]?.hosts).toEqual(["~/*"]);
  expect(networkPolicy?.spec.egress).toEqual([]);
});

test("what proxies do not carry is a matter of the policy alone", () => {
  const sip: Destination = { ...database, ports: [{ port: 5060, protocol: "UDP" }] };
  const { sidecar, objects } = closed(sip);
  expect(sidecar.spec.egress?.[0]?.hosts).toEqual(["~/*"]);
  expect(objects.map(({ kind }) => kind)).toEqual(["Sidecar", "NetworkPolicy"]);
});

test("a proxy that encrypts verifies the host that was meant", () => {
  const { destinationRules } = closed({ ...database, tls: "SIMPLE" });
  expect(destinationRules[0]?.spec.trafficPolicy).toEqual({
    tls: { mode: "SIMPLE", sni: "orders.db.example.com", subjectAltNames: ["orders.db.example.com"] },
  });
});

test("the version is that which was asked for", () => {
  const { objects } = outbound(workload, {
    destinations: [database],
    unknownDestinations: "REGISTRY_ONLY",
    version: "v1beta1",
  });
  expect(objects.map(({ apiVersion }) => apiVersion)).toEqual([
    ...Array.from({ length: 3 }, () => "networking.istio.io/v1beta1"),
    "networking.k8s.io/v1",
  ]);
});

describe("a destination that is none", () => {
  const inside = { mesh: "inside", ports: [{ port: 80, protocol: "TCP" }] } as const;
  const host = "otel/agent.otel.svc.cluster.local" as const;
  // What the types refuse already, JavaScript and data from elsewhere may hold.
  const table: [string, { given: object[]; problem: string }][] = [
    [
      "a Service of another namespace",
      {
        given: [{ ...inside, host: "otel/agent.tracing.svc.cluster.local" }],
        problem: 'destinations[0].host: got "otel/agent.tracing.svc.cluster.local": expected the namespace',
      },
    ],
    [
      "and the one that was meant",
      {
        given: [{ ...inside, host: "otel/agent.tracing.svc.cluster.local" }],
        problem: 'did you mean "tracing/agent.tracing.svc.cluster.local"?',
      },
    ],
    ["a pattern of Services", { given: [{ ...inside, host: "otel/*" }], problem: "name one Service" }],
    ["any namespace", { given: [{ ...inside, host: "*/agent.otel.svc" }], problem: "name one Service" }],
    ["no namespace", { given: [{ ...inside, host: "agent.otel.svc" }], problem: '"namespace/host"' }],
    [
      "no port",
      { given: [{ ...inside, host, ports: [] }], problem: "destinations[0].ports: there is no port" },
    ],
    [
      "a port too high",
      {
        given: [{ ...inside, host, ports: [{ port: 70000, protocol: "TCP" }] }],
        problem: "destinations[0].ports[0].port: got 70000: expected a whole number from 1 to 65535",
      },
    ],
    [
      "a port twice",
      {
        given: [
          {
            ...inside,
            host,
            ports: [
              { port: 80, protocol: "TCP" },
              { port: 80, protocol: "HTTP" },
            ],
          },
        ],
        problem: "destinations[0].ports[1]",
      },
    ],
    [
      "a misspelt protocol",
      {
        given: [{ ...inside, host, ports: [{ port: 80, protocol: "gprc" }] }],
        problem: 'destinations[0].ports[0].protocol: got "gprc"',
      },
    ],
    [
      "and the one that was meant",
      {
        given: [{ ...inside, host, ports: [{ port: 80, protocol: "http" }] }],
        problem: 'did you mean "HTTP"?',
      },
    ],
    [
      "a name of a port that Kubernetes does not take",
      {
        given: [{ ...inside, host, ports: [{ port: 80, protocol: "TCP", targetPort: "80" }] }],
        problem: "destinations[0].ports[0].targetPort",
      },
    ],
    [
      "pods without labels",
      { given: [{ ...inside, host, pods: {} }], problem: "destinations[0].pods: got {}" },
    ],
    [
      "pods and addresses",
      {
        given: [{ ...inside, host, pods: { a: "b" }, cidrs: ["10.0.0.0/8"] }],
        problem: "either pods or cidrs",
      },
    ],
    [
      "addresses of nothing",
      { given: [{ ...database, cidrs: [] }], problem: "destinations[0].cidrs: there is no address" },
    ],
    [
      "an address without its length",
      { given: [{ ...database, cidrs: ["192.0.2.7"] }], problem: "write a single address with /32" },
    ],
    [
      "a block with bits beyond its length",
      { given: [{ ...database, cidrs: ["192.0.2.7/28"] }], problem: 'did you mean "192.0.2.0/28"?' },
    ],
    [
      "a Service that is said to be outside",
      { given: [{ ...database, host: `./agent.otel.svc.cluster.local` }], problem: 'say `mesh: "inside"`' },
    ],
    [
      "a host with a part of 64 letters",
      { given: [{ ...database, host: `./${"a".repeat(64)}.example.com` }], problem: "destinations[0].host" },
    ],
    [
      "what is outside, in a namespace of others",
      { given: [{ ...database, host: "db/orders.db.example.com" }], problem: '"./host"' },
    ],
    [
      "a target where there is no Service",
      {
        given: [{ ...database, ports: [{ port: 80, protocol: "TCP", targetPort: 8080 }] }],
        problem: "none outside of the mesh",
      },
    ],
    [
      "neither inside nor outside",
      { given: [{ ...database, mesh: "outsid" }], problem: 'did you mean "outside"?' },
    ],
    [
      "a certificate of a pattern",
      { given: [{ ...database, host: "./*.db.example.com", tls: "SIMPLE" }], problem: "name one host" },
    ],
    [
      "what is encrypted twice",
      {
        given: [{ ...database, ports: [{ port: 443, protocol: "TLS" }], tls: "SIMPLE" }],
        problem: "where the application encrypts (443, TLS)",
      },
    ],
    [
      "encryption within the mesh",
      { given: [{ ...inside, host, tls: "SIMPLE" }], problem: "destinations[0].tls" },
    ],
    [
      "a host twice",
      { given: [database, { ...database }], problem: "give all of its ports at destinations[0]" },
    ],
    [
      "two that a proxy cannot tell apart",
      {
        given: [database, { ...database, host: "./other.example.com" }],
        problem: 'expected addresses at port 5432 that "./orders.db.example.com" does not have',
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, problem }) => {
    expect(() => closed(...(given as Destination[]))).toThrow(problem);
  });

  test("a host may have parts of 63 letters", () => {
    expect(() => closed({ ...database, host: `./${"a".repeat(63)}.example.com` })).not.toThrow();
  });

  test("two that name their host in what is said may share addresses", () => {
    const ports = [{ port: 443, protocol: "TLS" }] as const;
    expect(() =>
      closed({ ...database, ports }, { ...database, ports, host: "./a.example.com" }),
    ).not.toThrow();
  });
});
