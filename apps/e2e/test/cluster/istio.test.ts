import {
  authorizationPolicy,
  istiod,
  kubeDns,
  outbound,
  sidecar,
  strictMtls,
  telemetry,
  type NetworkingVersion,
} from "@atlas/istio";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caller, destinationLists } from "../checks/outbound-world.ts";
import { request } from "./cluster.ts";

interface Built {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: object;
}

const plurals: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "authorizationpolicies",
  DestinationRule: "destinationrules",
  NetworkPolicy: "networkpolicies",
  PeerAuthentication: "peerauthentications",
  ServiceEntry: "serviceentries",
  Sidecar: "sidecars",
  Telemetry: "telemetries",
};

/** What the API server has against an object, unknown fields and the rules of its CRD included; it keeps nothing. */
async function refusal(object: Built): Promise<unknown> {
  const path = `/apis/${object.apiVersion}/namespaces/default/${plurals[object.kind]}`;
  const { status, body } = await request("POST", `${path}?dryRun=All&fieldValidation=Strict`, object);
  return status === 201 ? undefined : { status, message: body.message, object };
}

async function refusals(objects: readonly Built[]): Promise<unknown[]> {
  const answers = await Promise.all(objects.map(refusal));
  return answers.filter((answer) => answer !== undefined);
}

const unknownDestinations = "REGISTRY_ONLY";

describe("the API server takes, by Istio's own CRDs, what is built", () => {
  test.each<NetworkingVersion>(["v1", "v1beta1", "v1alpha3"])(
    "of lists of destinations, in %s",
    async (version) => {
      for (const destinations of fc.sample(destinationLists, { seed: 1, numRuns: 30 })) {
        const { objects } = outbound(caller, { destinations, unknownDestinations, version });
        expect(await refusals(objects)).toEqual([]);
      }
    },
  );

  const metrics = { provider: "prometheus", reportingInterval: "15s" } as const;
  const accessLog = { provider: "envoy", filter: "response.code >= 400", side: "SERVER" } as const;
  const signals = { tracing: { provider: "otel", samplingPercentage: 0.5 }, metrics, accessLog };
  const exceptions = { 8080: "PERMISSIVE", 65535: "DISABLE" } as const;
  const table: [string, readonly Built[]][] = [
    [
      "of what is put into every list",
      outbound(caller, { destinations: [istiod, kubeDns], unknownDestinations }).objects,
    ],
    [
      "of what proxies encrypt",
      outbound(caller, {
        destinations: [
          {
            mesh: "outside",
            host: "./a.example.com",
            ports: [{ port: 5432, protocol: "TCP" }],
            cidrs: ["192.0.2.0/24", "fd00::/64"],
            tls: "SIMPLE",
          },
        ],
        unknownDestinations,
      }).objects,
    ],
    [
      "of hosts",
      (["v1", "v1beta1", "v1alpha3"] as const).map((version) =>
        sidecar(caller, { hosts: ["./*", "~/*", "*/*.example.com"], unknownDestinations, version }),
      ),
    ],
    [
      "of mutual TLS",
      (["v1", "v1beta1"] as const).flatMap((version) => [
        strictMtls(caller, { version }),
        strictMtls(caller, { version, exceptions }),
      ]),
    ],
    [
      "of signals",
      (["v1", "v1alpha1"] as const).map((version) => telemetry(caller, { ...signals, version })),
    ],
    [
      "of who may call what",
      (["v1", "v1beta1"] as const).flatMap((version) => [
        authorizationPolicy(caller, { version, action: "ALLOW", rules: [] }),
        authorizationPolicy(caller, { version, action: "CUSTOM", provider: "opa", rules: [{}] }),
        authorizationPolicy(caller, {
          version,
          action: "DENY",
          rules: [
            {
              from: [
                {
                  principals: ["cluster.local/ns/a/sa/b"],
                  notNamespaces: ["c"],
                  ipBlocks: ["10.0.0.0/8", "fd00::1"],
                },
                { serviceAccounts: ["a/b"], requestPrincipals: ["*"], remoteIpBlocks: ["192.0.2.1"] },
              ],
              to: [{ ports: [1, 65535], methods: ["GET"], paths: ["/a*"], hosts: ["*.example.com"] }],
              when: [
                { key: "request.headers[x-user]", values: ["a"] },
                { key: "destination.port", notValues: ["80"] },
              ],
            },
          ],
        }),
      ]),
    ],
  ];
  test.each(table)("%s", async (_name, objects) => {
    expect(objects.length).toBeGreaterThan(0);
    expect(await refusals(objects)).toEqual([]);
  });

  test("and refuses what is not", async () => {
    const policy = strictMtls(caller);
    const wrong = [
      { ...policy, spec: { ...policy.spec, mtls: { mode: "LOOSE" } } },
      { ...policy, spec: { ...policy.spec, mtsl: {} } },
      { ...policy, spec: { mtls: policy.spec.mtls, portLevelMtls: { "8080": { mode: "DISABLE" } } } },
    ];
    expect(await refusals(wrong)).toHaveLength(3);
  });
});
