import type { IAuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1/AuthorizationPolicy";
import { brokenAccess } from "./broken-access.ts";
import { callOf, type Origin } from "../rules/call.ts";
import { refuseFurtherArguments, refuseUnknownFields, type FieldsOf } from "../rules/fields.ts";
import { built } from "../rules/rules.ts";
import { apiVersionOf, isServed, type SecurityVersion } from "../objects/version.ts";
import { selectorFrom, selectsPods, type Metadata, type Workload } from "../objects/workload.ts";

/** An AuthorizationPolicy, in the version that was asked for. */
export interface AuthorizationPolicy<V extends SecurityVersion = SecurityVersion> {
  apiVersion: `security.istio.io/${V}`;
  kind: "AuthorizationPolicy";
  metadata: Metadata;
  spec: NonNullable<IAuthorizationPolicy["spec"]>;
}

/** Who calls. All that is said has to hold, of each list one element; a value may begin or end with `*`. */
export interface Source {
  /** Identities of mutual TLS, without their scheme: `cluster.local/ns/shop/sa/web`. */
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  /** `namespace/account`, or an account of the policy's namespace. Not beside principals or namespaces. */
  readonly serviceAccounts?: readonly string[];
  readonly notServiceAccounts?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
  /** Issuer and subject of a token: `issuer.example.com/subject`. */
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
  /** Addresses or blocks, as the packet has them. */
  readonly ipBlocks?: readonly string[];
  readonly notIpBlocks?: readonly string[];
  /** Addresses or blocks, as `X-Forwarded-For` or the proxy protocol has them. */
  readonly remoteIpBlocks?: readonly string[];
  readonly notRemoteIpBlocks?: readonly string[];
}

/** What is called. All that is said has to hold, of each list one element. */
export interface Operation {
  /** Ports of the pods. */
  readonly ports?: readonly number[];
  readonly notPorts?: readonly number[];
  /** Of HTTP alone, as the others below. */
  readonly methods?: readonly string[];
  readonly notMethods?: readonly string[];
  readonly paths?: readonly string[];
  readonly notPaths?: readonly string[];
  readonly hosts?: readonly string[];
  readonly notHosts?: readonly string[];
}

/** A condition on an attribute of the connection. */
export interface Condition {
  /** As `source.namespace`, or `request.headers[x-user]`. */
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}

/** One of the sources, one of the operations and all of the conditions; an empty one matches whatever comes. */
export interface AccessRule {
  readonly from?: readonly Source[];
  readonly to?: readonly Operation[];
  readonly when?: readonly Condition[];
}

/** What a policy does with what its rules match. */
export type Access<V extends SecurityVersion = SecurityVersion> = {
  readonly rules: readonly AccessRule[];
  /** `v1`, unless it is said. */
  readonly version?: V;
} & (
  | {
      /** ALLOW lets nothing through but this: nothing at all without a rule. DENY goes before it. AUDIT decides nothing. */
      readonly action: "ALLOW" | "DENY" | "AUDIT";
      readonly provider?: never;
    }
  | {
      /** Asks an extension provider of the mesh configuration, before everything else. */
      readonly action: "CUSTOM";
      readonly provider: string;
    }
);

/**
 * Says who may call what of a workload. A workload may have several: each is named as its `workload.name` says.
 *
 * @throws {IstioError} with all that is wrong: a rule that can never match or that Istio refuses, a DENY without a rule, a
 * port that is none, a workload without labels.
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 * @example
 * authorizationPolicy(
 *   { name: "shop-metrics", labels: { app: "shop" } },
 *   { action: "ALLOW", rules: [{ from: [{ namespaces: ["prometheus"] }], to: [{ ports: [8080] }] }] },
 * );
 */
export function authorizationPolicy<V extends SecurityVersion = "v1">(
  { name, labels }: Workload,
  access: Access<V>,
): AuthorizationPolicy<V> {
  const { action, rules, provider, version } = access;
  const origins: readonly Origin[] = [
    selectorFrom("spec.selector.matchLabels"),
    ["spec.rules", 1, "rules"],
    ["spec.action", 1, "action"],
    ["spec.provider.name", 1, "provider"],
    ["apiVersion", 1, "version"],
  ];
  const call = callOf(authorizationPolicy, origins, ["source", "operation"]);
  refuseFurtherArguments(arguments, 2, call);
  refuseUnknownFields(access, accessFields, call, `AuthorizationPolicy/${name}`);
  return built(
    {
      apiVersion: apiVersionOf("security.istio.io", version),
      kind: "AuthorizationPolicy",
      metadata: { name },
      spec: {
        selector: { matchLabels: { ...labels } },
        action,
        ...(provider !== undefined && { provider: { name: provider } }),
        rules: rules.map(policyRule),
      },
    },
    [isServed("security.istio.io"), selectsPods("spec", "selector", "matchLabels"), brokenAccess],
    call,
  );
}

const conditionFields: FieldsOf<Condition> = { key: null, values: null, notValues: null };
/** The fields of sources and operations are held against the object's, which patches may change, too. */
const ruleFields: FieldsOf<AccessRule> = { from: null, to: null, when: conditionFields };
const accessFields: FieldsOf<Access> = { action: null, provider: null, rules: ruleFields, version: null };

type Spec = NonNullable<IAuthorizationPolicy["spec"]>;
type PolicyRule = NonNullable<Spec["rules"]>[number];

function policyRule({ from, to, when }: AccessRule): PolicyRule {
  return {
    ...(from && { from: from.map((source) => ({ source: copied({ ...source }) })) }),
    ...(to && { to: to.map((operation) => ({ operation: operationOf(operation) })) }),
    ...(when && { when: when.map(({ key, ...values }) => ({ key, ...copied(values) })) }),
  };
}

/** Istio has the numbers of ports as text. */
const operationOf = ({ ports, notPorts, ...others }: Operation): Record<string, string[]> => ({
  ...(ports && { ports: ports.map(String) }),
  ...(notPorts && { notPorts: notPorts.map(String) }),
  ...copied(others),
});

/** The lists of an object, which are the caller's, as lists of the policy's own. */
const copied = (lists: {
  readonly [field: string]: readonly string[] | undefined;
}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(lists).flatMap(([name, list]) => (list ? [[name, [...list]]] : [])));
