import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";
import { hasLabels } from "../objects/selector.ts";
import { reason, type OpenVerdict, type Reason } from "../objects/verdict.ts";
import { matchOf, type MeshRequest } from "./authorization-rule.ts";
import { meshDefaults } from "./defaults.ts";

/** A rule that matches, or may. */
interface FoundRule {
  readonly match: true | "unknown";
  readonly node: Node;
}

/**
 * What the AuthorizationPolicies of a pod say of a request: CUSTOM ones ask someone else, who is not known; a DENY that
 * matches refuses; where there is an ALLOW, one has to match. AUDIT decides nothing, nor does one that is tried dry.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function byAuthorization(
  objects: readonly KubernetesObject[],
  pod: Pod,
  request: MeshRequest,
): OpenVerdict {
  const policies = ofKind(objects, "security.istio.io", "AuthorizationPolicy").filter((each) =>
    isPolicyFor(each, pod),
  );
  const ofAction = (action: string): readonly KubernetesObject[] =>
    policies.filter((each) => (textAt(at(nodeOf(each), "spec", "action")) ?? "ALLOW") === action);
  const rulesOf = (action: string): readonly FoundRule[] =>
    ofAction(action).flatMap((each) => matchingRules(each, request));
  const custom = rulesOf("CUSTOM").map(({ node }) => asked(node));
  const denying = rulesOf("DENY");
  const refusal = denying.find(({ match }) => match === true);
  if (refusal) return { allowed: false, because: [reason(refusal.node, "this denies it")], unknown: [] };
  const open = [...custom, ...denying.map(({ node }) => undecidedRule(node, "denies"))];
  const allow = ofAction("ALLOW");
  if (allow.length === 0) return { allowed: true, because: [], unknown: open };
  const allowing = rulesOf("ALLOW");
  const permission = allowing.find(({ match }) => match === true);
  if (permission)
    return { allowed: true, because: [reason(permission.node, "this allows it")], unknown: open };
  return {
    allowed: false,
    because: allow.map((each) =>
      reason(at(nodeOf(each), "spec", "rules"), "it allows what it names, which this is not"),
    ),
    // Someone else's consent would not let it through.
    unknown: allowing.map(({ node }) => undecidedRule(node, "allows")),
  };
}

/** Whether a policy is for a pod: in its namespace or that of the whole mesh, by labels, and not for waypoints or gateways. */
function isPolicyFor(policy: KubernetesObject, pod: Pod): boolean {
  const spec = at(nodeOf(policy), "spec");
  const dryRun = at(nodeOf(policy), "metadata", "annotations", "istio.io/dry-run");
  if (
    dryRun.value === "true" ||
    isThere(at(spec, "targetRef")) ||
    elements(at(spec, "targetRefs")).length > 0
  )
    return false;
  const within: readonly string[] = [pod.namespace, meshDefaults.rootNamespace];
  return within.includes(namespaceOf(policy)) && hasLabels(pod.labels, at(spec, "selector", "matchLabels"));
}

function matchingRules(policy: KubernetesObject, request: MeshRequest): readonly FoundRule[] {
  return elements(at(nodeOf(policy), "spec", "rules")).flatMap((node) => {
    const match = matchOf(node, request, namespaceOf(policy));
    return match === false ? [] : [{ match, node }];
  });
}

function asked(node: Node): Reason {
  const provider = textAt(at(nodeOf(node.object), "spec", "provider", "name")) ?? "without a name";
  return reason(node, `the provider ${provider} may be asked, and refuse it`);
}

const undecidedRule = (node: Node, does: "allows" | "denies"): Reason =>
  reason(node, `whether it ${does} this depends on what only the request says`);
