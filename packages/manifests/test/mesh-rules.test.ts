import {
  base,
  compose,
  ComposeError,
  overlay,
  patch,
  type Layer,
  type Patch,
  type Problem,
} from "@atlas/compose";
import { jsonPatch, strategicMerge } from "@atlas/compose/patches";
import { istiod as controlPlane, outbound } from "@atlas/istio";
import { describe, expect, test } from "vitest";
import dev, { sidecar } from "../src/overlays/dev/index.ts";
import { peerAuthentication } from "../src/overlays/dev/peer-authentication.ts";
import { telemetry } from "../src/overlays/dev/telemetry.ts";

function problemsOf(patches: readonly Patch[], below: Layer = dev): readonly Problem[] {
  try {
    compose(overlay({ base: below, patches }));
  } catch (error) {
    if (error instanceof ComposeError) return error.problems;
    throw error;
  }
  return [];
}

const hosts = (...list: readonly unknown[]): Patch =>
  strategicMerge(sidecar, { spec: { egress: [{ hosts: list }] } });
const own = sidecar.spec.egress?.[0]?.hosts ?? [];
const istiod = "istio-system/istiod.istio-system.svc.cluster.local";

describe("what patches make of a mesh policy keeps to its builder's rules", () => {
  const table: [string, { given: Patch; paths: string[] }][] = [
    ["a host more", { given: hosts(...own, "databases/postgres.databases.svc.cluster.local"), paths: [] }],
    ["istiod by a pattern", { given: hosts("istio-system/*"), paths: [] }],
    ["istiod by a pattern of names", { given: hosts("*/*.istio-system.svc.cluster.local"), paths: [] }],
    [
      "a host without its namespace, for all others",
      { given: hosts("postgres.databases.svc"), paths: ["spec.egress[0].hosts[0]", "spec.egress"] },
    ],
    ["hosts without istiod", { given: hosts("databases/postgres.databases.svc"), paths: ["spec.egress"] }],
    ["a pattern of another namespace", { given: hosts("./*"), paths: ["spec.egress"] }],
    ["a host that is not text", { given: hosts(istiod, 5), paths: ["spec.egress[0].hosts[1]"] }],
    ["no hosts", { given: hosts(), paths: ["spec.egress[0].hosts", "spec.egress"] }],
    [
      "no egress",
      { given: strategicMerge(sidecar, { spec: { egress: null } }), paths: ["spec.egress", "spec.egress"] },
    ],
    [
      "a mode that there is not",
      {
        given: strategicMerge(sidecar, { spec: { outboundTrafficPolicy: { mode: "DENY" } } }),
        paths: ["spec.outboundTrafficPolicy.mode"],
      },
    ],
    [
      "a sidecar for all pods",
      {
        given: strategicMerge(sidecar, { spec: { workloadSelector: null } }),
        paths: ["spec.workloadSelector.labels"],
      },
    ],
    [
      "plain text",
      {
        given: patch(peerAuthentication, { spec: { mtls: { mode: "PERMISSIVE" } } }),
        paths: ["spec.mtls.mode"],
      },
    ],
    [
      "plain text on a port",
      {
        given: strategicMerge(peerAuthentication, {
          spec: { portLevelMtls: { "8080": { mode: "DISABLE" } } },
        }),
        paths: ["spec.portLevelMtls.8080.mode"],
      },
    ],
    [
      "a port as strict as the others",
      {
        given: strategicMerge(peerAuthentication, { spec: { portLevelMtls: { "8080": { mode: "UNSET" } } } }),
        paths: [],
      },
    ],
    [
      "a share above 100",
      {
        given: jsonPatch(telemetry, [
          { op: "replace", path: "/spec/tracing/0/randomSamplingPercentage", value: 101 },
        ]),
        paths: ["spec.tracing[0].randomSamplingPercentage"],
      },
    ],
    [
      "a provider without a name",
      {
        given: jsonPatch(telemetry, [{ op: "replace", path: "/spec/tracing/0/providers", value: [{}] }]),
        paths: ["spec.tracing[0].providers[0].name"],
      },
    ],
    [
      "no label to select by",
      {
        given: strategicMerge(telemetry, { spec: { selector: { $patch: "replace", matchLabels: {} } } }),
        paths: ["spec.selector.matchLabels"],
      },
    ],
    [
      "anything in the place of the spec",
      {
        given: jsonPatch(telemetry, [{ op: "replace", path: "/spec", value: "none" }]),
        paths: ["spec.selector.matchLabels", "spec"],
      },
    ],
  ];
  test.each(table)("%s", (_name, { given, paths }) => {
    expect(problemsOf([given]).map(({ path }) => path)).toEqual(paths);
  });

  test("and the patch is named that broke one", () => {
    const wrong = overlay({ base: dev, patches: [hosts(istiod, "postgres.databases.svc")] });
    const later = patch(sidecar, { metadata: { labels: { a: "b" } } });
    expect(problemsOf([later], wrong)).toMatchObject([
      {
        object: "Sidecar/atlas-operator",
        path: "spec.egress[0].hosts[1]",
        what: 'got "postgres.databases.svc"',
        places: [
          { label: "patch", within: { fields: ["spec", "egress", "0", "hosts", "1"] } },
          { label: "object" },
        ],
      },
    ]);
  });

  test("an environment without the object may declare its own", () => {
    expect(problemsOf([patch(peerAuthentication, null)])).toEqual([]);
  });
});

describe("what one list of destinations came to stays as the list says", () => {
  const {
    objects,
    sidecar: view,
    networkPolicy,
    serviceEntries,
    destinationRules,
  } = outbound(
    { name: "shop", labels: { app: "shop" } },
    {
      destinations: [
        controlPlane,
        {
          mesh: "outside",
          host: "./db.example.com",
          ports: [{ port: 5432, protocol: "TCP" }],
          cidrs: ["192.0.2.0/28"],
        },
      ],
      unknownDestinations: "REGISTRY_ONLY",
    },
  );
  const [entry] = serviceEntries;
  const [rule] = destinationRules;
  if (!entry || !rule || !networkPolicy) throw new Error("the list came to less than it should");
  const shop = base({ resources: objects });
  const table: [string, { given: Patch; paths: string[] }][] = [
    [
      "a host more",
      {
        given: strategicMerge(view, { spec: { egress: [{ hosts: [controlPlane.host, "./*"] }] } }),
        paths: ["spec.egress"],
      },
    ],
    [
      "unknown destinations that are let through",
      {
        given: patch(view, { spec: { outboundTrafficPolicy: { mode: "ALLOW_ANY" } } }),
        paths: ["spec.outboundTrafficPolicy"],
      },
    ],
    [
      "a port more",
      {
        given: jsonPatch(networkPolicy, [
          { op: "add", path: "/spec/egress/0/ports/-", value: { port: 443, protocol: "TCP" } },
        ]),
        paths: ["spec.egress"],
      },
    ],
    [
      "a policy that is about what comes in",
      {
        given: strategicMerge(networkPolicy, { spec: { policyTypes: ["Ingress", "Egress"] } }),
        paths: ["spec.policyTypes"],
      },
    ],
    [
      "an address more",
      {
        given: jsonPatch(entry, [{ op: "add", path: "/spec/addresses/-", value: "192.0.2.16/28" }]),
        paths: ["spec"],
      },
    ],
    [
      "other encryption",
      {
        given: strategicMerge(rule, { spec: { trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } } }),
        paths: ["spec.trafficPolicy.tls"],
      },
    ],
    [
      "what the list says nothing about",
      {
        given: strategicMerge(rule, {
          metadata: { labels: { team: "shop" } },
          spec: { trafficPolicy: { connectionPool: { tcp: { maxConnections: 10 } } } },
        }),
        paths: [],
      },
    ],
    [
      "the same in another order of fields",
      {
        given: jsonPatch(networkPolicy, [
          { op: "replace", path: "/spec/egress/0/ports/0", value: { port: 15012, protocol: "TCP" } },
        ]),
        paths: [],
      },
    ],
    ["none of the object at all", { given: patch(networkPolicy, null), paths: [] }],
  ];
  test.each(table)("%s", (_name, { given, paths }) => {
    expect(problemsOf([given], shop).map(({ path }) => path)).toEqual(paths);
  });

  test("and a problem says where the list is", () => {
    const [problem] = problemsOf([patch(view, { spec: { egress: null } } as never)], shop);
    expect(problem?.places?.map(({ label, file }) => [label, file.split("/").at(-1)])).toContainEqual([
      "object",
      "mesh-rules.test.ts",
    ]);
  });
});
