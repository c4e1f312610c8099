import { namespaceOf, ofKind, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import { meshDefaults } from "./defaults.ts";
import type { Registration } from "./registry.ts";

/**
 * The field by which a DestinationRule sets how the proxies of a namespace encrypt what they send to a destination: that of
 * the port, or else that of all. A rule of the client's namespace wins over one of the Service's, and this over one of the root.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export function tlsModeOf(
  objects: readonly KubernetesObject[],
  registration: Registration,
  namespace: string,
): Node | undefined {
  const rules = ofKind(objects, "networking.istio.io", "DestinationRule").filter((each) =>
    isRuleFor(each, registration),
  );
  const rule = [namespace, registration.namespace, meshDefaults.rootNamespace]
    .flatMap((each) => rules.filter((other) => namespaceOf(other) === each))
    .at(0);
  if (rule === undefined) return undefined;
  const policy = at(nodeOf(rule), "spec", "trafficPolicy");
  const ofPort = elements(at(policy, "portLevelSettings")).find(
    (each) => at(each, "port", "number").value === registration.port,
  );
  // The settings of a port replace all that are beside them.
  const mode = at(ofPort ?? policy, "tls", "mode");
  return isThere(mode) ? mode : undefined;
}

/** Whether a rule is for a host: by its full name, a wildcard, or in its own namespace by the short one. */
function isRuleFor(rule: KubernetesObject, { hosts }: Registration): boolean {
  const host = textAt(at(nodeOf(rule), "spec", "host")) ?? "";
  const full = host.includes(".") ? host : `${host}.${namespaceOf(rule)}.${meshDefaults.domain}`;
  if (host.startsWith("*")) return hosts.some((each) => each.endsWith(host.slice(1)));
  return hosts.includes(full);
}
