import type { ISidecar } from "@kubernetes-models/istio/networking.istio.io/v1/Sidecar";
import { callOf, type BuilderCall } from "../rules/call.ts";
import { refuseFurtherArguments, refuseUnknownFields, type FieldsOf } from "../rules/fields.ts";
import { isHostPattern, isNamespaceName, partsOf } from "../values/host.ts";
import {
  built,
  elementsOf,
  saidValue,
  valueAtPath,
  type BrokenBuilderRule,
  type BuilderRule,
} from "../rules/rules.ts";
import { apiVersionOf, isServed, type NetworkingVersion } from "../objects/version.ts";
import { oneOfWords } from "../rules/words.ts";
import { selectorFrom, selectsPods, type Metadata, type Workload } from "../objects/workload.ts";

/**
 * A service that the workload may see, as `namespace/host`: a namespace, `*` (any), `.` (the workload's own) or `~`
 * (none), then a fully qualified host, `*` or a host whose leftmost label is `*`.
 */
export type EgressHost = `${string}/${string}`;

/** What becomes of traffic to what a proxy does not know: `ALLOW_ANY` passes it through, `REGISTRY_ONLY` drops it. */
export type UnknownDestinations = "ALLOW_ANY" | "REGISTRY_ONLY";

/** What the workload's proxy knows of, and what becomes of traffic to anything else. */
export interface Egress<V extends NetworkingVersion = NetworkingVersion> {
  readonly hosts: readonly EgressHost[];
  readonly unknownDestinations: UnknownDestinations;
  /** `v1`, unless it is said. */
  readonly version?: V;
}

/** A Sidecar, in the version that was asked for. */
export interface Sidecar<V extends NetworkingVersion = NetworkingVersion> {
  apiVersion: `networking.istio.io/${V}`;
  kind: "Sidecar";
  metadata: Metadata;
  spec: NonNullable<ISidecar["spec"]>;
}

/**
 * Narrows the workload's proxy configuration to the services it calls. What patches make of it keeps to the rules: hosts of
 * the form `namespace/host`, and istiod among them, where it was given.
 *
 * @throws {IstioError} when a host is not of the form `namespace/host`, naming every one that is not, when there is none, or
 * when the workload has no labels.
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 * @example
 * sidecar(
 *   { name: "shop", labels: { app: "shop" } },
 *   { hosts: ["istio-system/istiod.istio-system.svc.cluster.local", "./*"], unknownDestinations: "REGISTRY_ONLY" },
 * );
 */
export function sidecar<V extends NetworkingVersion = "v1">(
  workload: Workload,
  egress: Egress<V>,
): Sidecar<V> {
  const call = callOf(sidecar, [
    selectorFrom("spec.workloadSelector.labels"),
    ["spec.egress[0].hosts", 1, "hosts"],
    ["spec.outboundTrafficPolicy.mode", 1, "unknownDestinations"],
    ["apiVersion", 1, "version"],
  ]);
  refuseFurtherArguments(arguments, 2, call);
  refuseUnknownFields(egress, egressFields, call, `Sidecar/${workload.name}`);
  return sidecarOf(workload, egress, [], call);
}

const egressFields: FieldsOf<Egress> = { hosts: null, unknownDestinations: null, version: null };

/** A Sidecar as another builder makes it, at whose call its problems are; what is fixed in it, no patch may change. */
export function sidecarOf<V extends NetworkingVersion>(
  { name, labels }: Workload,
  { hosts, unknownDestinations, version }: Egress<V>,
  fixed: readonly string[],
  call: BuilderCall,
): Sidecar<V> {
  return built(
    {
      apiVersion: apiVersionOf("networking.istio.io", version),
      kind: "Sidecar",
      metadata: { name },
      spec: {
        workloadSelector: { labels: { ...labels } },
        outboundTrafficPolicy: { mode: unknownDestinations },
        egress: [{ captureMode: "DEFAULT", hosts: [...hosts] }],
      },
    },
    [
      isServed("networking.istio.io"),
      selectsPods("spec", "workloadSelector", "labels"),
      oneOfWords(["ALLOW_ANY", "REGISTRY_ONLY"], "spec", "outboundTrafficPolicy", "mode"),
      hasHosts,
      keepsControlPlane(hosts),
    ],
    call,
    fixed,
  );
}

/** Whether a text is `namespace/host`, where both may be patterns. */
function isEgressHost(text: string): boolean {
  const { namespace, host } = partsOf(text);
  const isSpace = ["*", ".", "~"].includes(namespace) || isNamespaceName(namespace.toLowerCase());
  return isSpace && (host === "*" || isHostPattern(host));
}

const egressForm =
  '"namespace/host" as in "istio-system/istiod.istio-system.svc.cluster.local", "./*" or "*/*.example.com"';

const egressOf = (object: unknown): readonly unknown[] => elementsOf(valueAtPath(object, "spec", "egress"));
const sidecarHosts = (object: unknown): readonly unknown[] =>
  egressOf(object).flatMap((listener) => elementsOf(valueAtPath(listener, "hosts")));

/** Each listener has hosts; without any listener, the proxy sees the whole mesh. */
const hasHosts: BuilderRule = (object) => {
  const listeners = egressOf(object);
  if (listeners.length === 0) return [noHosts("spec.egress")];
  return listeners.flatMap((listener, index) => {
    const hosts = elementsOf(valueAtPath(listener, "hosts"));
    if (hosts.length === 0) return [noHosts(`spec.egress[${index}].hosts`)];
    return hosts.flatMap((host, at): BrokenBuilderRule[] => {
      if (typeof host === "string" && isEgressHost(host)) return [];
      const path = `spec.egress[${index}].hosts[${at}]`;
      return [
        {
          path,
          code: "istio/host-malformed",
          what: saidValue(host),
          expected: egressForm,
          fix: "put the namespace before the host",
        },
      ];
    });
  });
};

const noHosts = (path: string): BrokenBuilderRule => ({
  path,
  code: "istio/host-missing",
  what: "there is no host",
  expected: `a list of ${egressForm}`,
  fix: "give the services that the workload calls",
});

/** A list that is given anew loses what it does not repeat; the control plane must not go unnoticed. */
function keepsControlPlane(given: readonly string[]): BuilderRule {
  const needed = given.filter((host) => /\/istiod\b/i.test(host));
  return (object) => {
    const hosts = sidecarHosts(object).filter((host) => typeof host === "string");
    return needed
      .filter((host) => !hosts.some((other) => covers(other, host)))
      .map((host) => ({
        path: "spec.egress",
        code: "istio/control-plane-lost",
        what: `istiod is gone: no host covers "${host}"`,
        expected: `"${host}" among the hosts`,
        fix: "repeat it: a list of hosts is replaced as a whole, and what it held is in spec.egress[0].hosts of the object",
      }));
  };
}

/** Whether a host, which may be a pattern, lets the proxy see another. */
function covers(pattern: string, wanted: string): boolean {
  const [[space = "", host = ""], [wantedSpace = "", wantedHost = ""]] = [pattern, wanted].map((text) =>
    text.toLowerCase().split("/"),
  ) as [string[], string[]];
  if (space !== "*" && space !== wantedSpace) return false;
  return host === "*" || host === wantedHost || (host.startsWith("*.") && wantedHost.endsWith(host.slice(1)));
}
