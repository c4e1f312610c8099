import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { printedReason, type Reason } from "../objects/verdict.ts";
import { admitted } from "../pod-security/admitted.ts";
import { can } from "../rbac/can.ts";
import type { Protocol } from "../network/policy-port.ts";
import { reach } from "../reach/reach.ts";
import { ofKind } from "../objects/kubernetes-object.ts";
import {
  accountNamed,
  destinationNamed,
  objectsIn,
  refuseNamespaceSlip,
  requestFor,
  workloadNamed,
} from "./names.ts";

/** Which namespace or object a permission is asked for. */
export interface MatcherScope {
  /** Left out for what lies in none, and for all of them at once. */
  readonly namespace?: string;
  /** The name of an object. */
  readonly name?: string;
}

/** What can be expected of the objects of an environment, as `compose` gives them. */
export interface EnvironmentMatchers<R = void> {
  /**
   * That a workload reaches a Service, a workload or an address, by NetworkPolicies and the mesh. What the objects do not
   * say is taken for right; a failure names it.
   *
   * @param from the name of a workload, or how it ends.
   * @param to as `postgres.data:5432` or `10.0.0.1:443`.
   * @example
   * expect(compose(dev)).not.toReach("operator", "metadata.google.internal:80");
   */
  toReach: (from: string, to: string, options?: { readonly protocol?: Protocol }) => R;
  /**
   * That Pod Security admits the pods of a workload, or of all of them, by what their namespaces enforce.
   *
   * @example
   * expect(compose(dev)).toAdmit("operator");
   */
  toAdmit: (workload?: string) => R;
  /**
   * That RBAC lets an account do something.
   *
   * @param account the name of a ServiceAccount, or `namespace/name` where there are several.
   * @param resource as `secrets`, `deployments.apps` or `atlasschemas/status`, or a path as `/metrics`.
   * @example
   * expect(compose(dev)).not.toAllow("atlas-operator", "delete", "namespaces");
   */
  toAllow: (account: string, verb: string, resource: string, scope?: MatcherScope) => R;
}

/** What Vitest takes for an answer. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** @param not what is said where it was expected not to be so. */
const result = (pass: boolean, is: string, not: string, because: readonly Reason[]): MatcherResult => ({
  pass,
  message: () =>
    [
      pass ? is : not,
      ...because.map(
        ({ path, text, object }) => `  ${printedReason({ path, text, ...(object && { object }) })}`,
      ),
    ].join("\n"),
});

const called = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** The matchers, as `expect.extend` takes them. */
export const matchers = {
  toReach(
    received: unknown,
    from: string,
    to: string,
    { protocol = "TCP" }: { readonly protocol?: Protocol } = {},
  ): MatcherResult {
    const objects = objectsIn(received);
    const pod = workloadNamed(objects, from);
    const destination = destinationNamed(objects, to, pod.metadata.namespace ?? "default");
    const { allowed, because, unknown } = reach(objects, { from: { pod }, ...destination, protocol });
    const open = unknown.map((each) => ({ ...each, text: `not known: ${each.text}` }));
    return result(allowed, `${called(pod)} reaches ${to}`, `${called(pod)} does not reach ${to}`, [
      ...because,
      ...open,
    ]);
  },
  toAdmit(received: unknown, workload?: string): MatcherResult {
    const objects = objectsIn(received);
    const pods = workload === undefined ? objects : [workloadNamed(objects, workload)];
    const namespaces = ofKind(objects, "", "Namespace");
    const refused = pods.flatMap((pod) => {
      const own = namespaces.find(({ metadata: { name } }) => name === (pod.metadata.namespace ?? "default"));
      const { allowed, because } = admitted(pod, own);
      return allowed ? [] : because;
    });
    const what = workload === undefined ? "the pods" : `the pods of ${workload}`;
    return result(refused.length === 0, `${what} are admitted`, `${what} are not admitted`, refused);
  },
  toAllow(
    received: unknown,
    account: string,
    verb: string,
    resource: string,
    scope: MatcherScope = {},
  ): MatcherResult {
    const objects = objectsIn(received);
    const request = requestFor(objects, verb, resource);
    refuseNamespaceSlip(objects, scope.namespace);
    const { allowed, because, unknown } = can(objects, {
      account: accountNamed(objects, account),
      verb,
      ...request,
      ...("path" in request ? {} : scope),
    });
    const what = `${verb} ${resource}${scope.namespace === undefined ? "" : ` in ${scope.namespace}`}`;
    return result(allowed, `${account} may ${what}`, `${account} may not ${what}`, [...because, ...unknown]);
  },
};
