import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { World } from "../../../findings/world.ts";
import { kubectlName, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf } from "../../../objects/node.ts";
import type { Pod } from "../../../objects/pod.ts";
import { printedReason } from "../../../objects/verdict.ts";
import { reach } from "../../../reach/reach.ts";
import { destinationOf } from "../../../reach/named.ts";
import { readDatabaseUrl } from "../../database-url.ts";
import { closedDns, resolvesNames } from "../../../rules/network/egress-without-dns.ts";
import { operatorsIn } from "../../operator.ts";
import { resourcesIn, serviceNamed, statedUrl, databaseTarget, type DatabaseTarget } from "../../target.ts";

export const databaseUnreachable: Rule = {
  code: "database-unreachable",
  severity: "error",
  why: "The operator connects to the database itself; where a policy refuses it, or its proxy sends plain text to one that takes mutual TLS alone, nothing is applied.",
  fix: "let it through on both sides, and list the database's host in the operator's Sidecar",
  link: "https://istio.io/latest/docs/reference/config/networking/sidecar/",
  find: (world) =>
    resourcesIn(world).flatMap((resource) =>
      operatorsIn(world).flatMap(({ pod }) => ofResource(world, resource, pod)),
    ),
};

function ofResource(world: World, resource: KubernetesObject, operator: Pod): readonly Found[] {
  return [databaseTarget(world, resource), statedDevDatabase(world, resource)].flatMap((target) => {
    // Of a port that there is not, something else is said.
    if (target?.host === undefined || target.port === undefined || target.port > 65_535) return [];
    // A short name means the namespace of whoever resolves it: the operator.
    const service = serviceNamed(world, target.host, operator.namespace);
    if (service !== undefined && lacksPort(service, target.port))
      return [
        found(target.node, `${kubectlName(service)} has no port ${target.port}`, {
          fix: "state a port of the Service",
        }),
      ];
    const unresolved = withoutDns(world, target, operator);
    if (unresolved !== undefined) return [unresolved];
    const destination = destinationOfHost(world, target.host, target.port, operator);
    if (destination === undefined) return [];
    const { allowed, because } = reach(world.objects, { from: { pod: operator.object }, ...destination });
    if (allowed) return [];
    const why = because.map(printedReason).join("; ");
    return [found(target.node, `the operator does not reach ${target.host} on ${target.port}: ${why}`)];
  });
}

/** What is wrong where the operator cannot look up the name of a host; of one that calls more by names, the policy says so. */
function withoutDns(
  world: World,
  { host = "", node }: Pick<DatabaseTarget, "node" | "host">,
  operator: Pod,
): Found | undefined {
  if (!isHostName(host) || resolvesNames(world, operator)) return undefined;
  const closed = closedDns(world, operator);
  if (closed === undefined || closed.isLetOutInPublic || !closed.protocols.includes("UDP")) return undefined;
  const what = `the operator cannot look up ${host}: ${kubectlName(closed.policy)} does not let it out to DNS by ${closed.protocols.join(" and ")}`;
  return found(node, what, { fix: "let it out to kube-system on port 53, UDP and TCP" });
}

/** Whether a host is a name that DNS is asked for. */
const isHostName = (host: string): boolean => /^[^[:]*[a-z][^:]*$/i.test(host) && host !== "localhost";

/** A dev database of somebody's own; of one that the operator starts, another rule says whether it is reached. */
function statedDevDatabase(
  world: World,
  resource: KubernetesObject,
): Pick<DatabaseTarget, "node" | "host" | "port"> | undefined {
  const stated = statedUrl(world, resource, "devURL");
  if (stated === undefined || isThere(at(nodeOf(resource), "spec", "devDB"))) return undefined;
  const url = readDatabaseUrl(stated.text);
  const port = url?.port ?? url?.of?.port;
  if (url === undefined || url.isDocker || url.host === "" || port === undefined) return undefined;
  return { node: stated.node, host: url.host, port };
}

/** What a host means to the operator; no name in DNS is that of a workload. */
function destinationOfHost(
  world: World,
  host: string,
  port: number,
  { namespace }: Pod,
): ReturnType<typeof destinationOf> {
  const address = host.replace(/^\[(.*)\]$/, "$1");
  // Without brackets, what has colons is no host.
  if (address === host && host.includes(":")) return undefined;
  // Within a pod no policy decides.
  if (/^(?:127\.|::1$|localhost$)/.test(address)) return undefined;
  if (isHostName(host) && serviceNamed(world, host, namespace) === undefined) return undefined;
  return destinationOf(world.objects, address, port, namespace);
}

/** Whether a Service that leads to its ports by itself has none of this number. */
function lacksPort(service: KubernetesObject, port: number): boolean {
  const spec = at(nodeOf(service), "spec");
  // Without an address of its own, a Service is a name for its pods, or for something else.
  if (at(spec, "clusterIP").value === "None" || at(spec, "type").value === "ExternalName") return false;
  return elements(at(spec, "ports")).every((each) => at(each, "port").value !== port);
}
