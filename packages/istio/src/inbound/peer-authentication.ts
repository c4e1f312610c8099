import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1/PeerAuthentication";
import { callOf } from "../rules/call.ts";
import { refuseFurtherArguments, refuseUnknownFields, type FieldsOf } from "../rules/fields.ts";
import { isPort, portRange } from "../values/port.ts";
import {
  built,
  isRecord,
  saidValue,
  valueAtPath,
  type BrokenBuilderRule,
  type BuilderRule,
} from "../rules/rules.ts";
import { apiVersionOf, isServed, type SecurityVersion } from "../objects/version.ts";
import { listedWords } from "../rules/words.ts";
import { selectorFrom, selectsPods, type Metadata, type Workload } from "../objects/workload.ts";

/** A PeerAuthentication, in the version that was asked for. */
export interface PeerAuthentication<V extends SecurityVersion = SecurityVersion> {
  apiVersion: `security.istio.io/${V}`;
  kind: "PeerAuthentication";
  metadata: Metadata;
  spec: NonNullable<IPeerAuthentication["spec"]>;
}

/** How a port is less than strict: it takes plain text as well, or nothing else. */
export type MtlsException = "PERMISSIVE" | "DISABLE";

/** What a policy of mutual TLS leaves out, and in which version it is written. */
export interface StrictMtlsOptions<V extends SecurityVersion> {
  /** Ports of the pods that take plain text, as one that is scraped from outside of the mesh: `{ 8080: "PERMISSIVE" }`. */
  readonly exceptions?: { readonly [port: number]: MtlsException };
  /** `v1`, unless it is said. */
  readonly version?: V;
}

/**
 * Lets only mutual TLS reach the workload: plain text from outside the mesh is refused on every port but those that are
 * named as exceptions. No patch may loosen it further; an environment that takes plain text removes the object, and declares
 * one of its own.
 *
 * @throws {IstioError} when the workload has no labels, and for an exception that is not one.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 * @example
 * strictMtls({ name: "shop", labels: { app: "shop" } }, { exceptions: { 8080: "PERMISSIVE" } });
 */
export function strictMtls<V extends SecurityVersion = "v1">(
  { name, labels }: Workload,
  options: StrictMtlsOptions<V> = {},
): PeerAuthentication<V> {
  const { exceptions = {}, version } = options;
  const ports = Object.entries(exceptions).map(([port, mode]) => [port, { mode }] as const);
  const call = callOf(strictMtls, [
    selectorFrom("spec.selector.matchLabels"),
    ["spec.portLevelMtls", 1, "exceptions"],
    ["apiVersion", 1, "version"],
  ]);
  refuseFurtherArguments(arguments, 2, call);
  refuseUnknownFields(options, strictMtlsFields, call, `PeerAuthentication/${name}`);
  return built(
    {
      apiVersion: apiVersionOf("security.istio.io", version),
      kind: "PeerAuthentication",
      metadata: { name },
      spec: {
        selector: { matchLabels: { ...labels } },
        mtls: { mode: "STRICT" },
        ...(ports.length > 0 && { portLevelMtls: Object.fromEntries(ports) }),
      },
    },
    [isServed("security.istio.io"), selectsPods("spec", "selector", "matchLabels"), isStrict(exceptions)],
    call,
  );
}

const strictMtlsFields: FieldsOf<StrictMtlsOptions<SecurityVersion>> = { exceptions: null, version: null };

const exceptional: readonly string[] = ["PERMISSIVE", "DISABLE"] satisfies MtlsException[];

/** Strict as a whole, and for every port but the exceptions: one that is UNSET is as strict as the whole. */
function isStrict(exceptions: Readonly<Record<string, string>>): BuilderRule {
  const wordsOf = (port: string): readonly string[] => {
    const exception = Object.hasOwn(exceptions, port) ? exceptions[port] : undefined;
    if (exception === undefined) return ["STRICT", "UNSET"];
    return exceptional.includes(exception) ? ["STRICT", "UNSET", exception] : exceptional;
  };
  return (object) => {
    const ports = valueAtPath(object, "spec", "portLevelMtls");
    const entries = Object.entries(isRecord(ports) ? ports : {});
    return [
      ...isMode(valueAtPath(object, "spec", "mtls", "mode"), "spec.mtls.mode", ["STRICT"]),
      ...entries.flatMap(([port, mtls]) => [
        ...(isPort(Number(port)) ? [] : [notPort(port)]),
        ...isMode(valueAtPath(mtls, "mode"), `spec.portLevelMtls.${port}.mode`, wordsOf(port)),
      ]),
    ];
  };
}

function isMode(mode: unknown, path: string, words: readonly string[]): BrokenBuilderRule[] {
  if (words.includes(String(mode))) return [];
  const fix =
    "leave it, name the port among the exceptions of strictMtls(), or remove the object here and declare one that is not strict";
  return [
    {
      path,
      code: "istio/plain-text-admitted",
      what: `${saidValue(mode)}, and plain text may get through`,
      expected: listedWords(words),
      fix,
    },
  ];
}

const notPort = (port: string): BrokenBuilderRule => ({
  path: `spec.portLevelMtls.${port}`,
  code: "istio/port-malformed",
  what: `got the port ${JSON.stringify(port)}`,
  expected: portRange,
  fix: "give the port of the pod, not that of a Service",
});
