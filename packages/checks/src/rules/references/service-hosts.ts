import type { World } from "../../findings/world.ts";
import { at, elements, fieldNodes, nodeOf, textAt, type Node } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

/** A host that names a Service, as `web.shop.svc.cluster.local:80`, in a text of the objects. */
export interface ServiceHost {
  readonly node: Node;
  /** As it is written, without the port. */
  readonly host: string;
  readonly name: string;
  readonly namespace: string;
  readonly port: number | undefined;
}

const hostForm =
  /(?<![-\w.$%{}])([a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)\.([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\.svc(?:\.cluster\.local)?(?![-\w])\.?(?::(\d{1,5})(?![\w.]))?/g;

/** The hosts in what containers are started with, and in the settings of ConfigMaps. */
export function serviceHostsIn(world: World): readonly ServiceHost[] {
  const ofContainers = world.pods.flatMap((pod) =>
    containersOf(pod).flatMap((container) => [
      ...elements(at(container, "env")).map((each) => at(each, "value")),
      ...elements(at(container, "command")),
      ...elements(at(container, "args")),
    ]),
  );
  const ofSettings = world
    .of("", "ConfigMap")
    .flatMap((config) => fieldNodes(at(nodeOf(config), "data")).map(([, node]) => node));
  return [...ofContainers, ...ofSettings].flatMap(hostsAt);
}

function hostsAt(node: Node): readonly ServiceHost[] {
  const text = textAt(node) ?? "";
  if (!text.includes(".svc")) return [];
  return [...text.matchAll(hostForm)].map(([host, name = "", namespace = "", port]) => ({
    node,
    host: host.replace(/:\d+$/, ""),
    name,
    namespace,
    port: port === undefined ? undefined : Number(port),
  }));
}
