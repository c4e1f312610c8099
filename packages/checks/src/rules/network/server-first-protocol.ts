import { plainText } from "../../objects/text.ts";
import { found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { injectionIn } from "../../mesh/injection.ts";
import { imageName, imageOf } from "../../objects/image.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";
import { hasLabels } from "../../objects/selector.ts";

/** Ports of a Service that Istio takes for TCP where nothing is said: SMTP, DNS, MySQL and MongoDB. */
const wellKnown = new Set([25, 53, 3306, 27017]);
/** What Istio reads from the name of a port, up to its first hyphen. */
const namedProtocols =
  /^(?:grpc|grpc-web|http|http2|https|mongo|mysql|redis|tcp|tls|udp|hbone|http-proxy|http_proxy|thrift)(?:-|$)/i;
const serverFirst = /^(?:mysql|mariadb|percona|postfix|exim4?|proftpd|vsftpd)\b/;

export const serverFirstProtocol: Rule = {
  code: "server-first-protocol",
  severity: "warning",
  why: "The proxy of the mesh waits for the client to speak, to see which protocol it is; with MySQL, SMTP and others the server speaks first, so that both wait until a timeout.",
  fix: "state appProtocol: tcp, or a name such as tcp-mysql, for the port of the Service",
  link: "https://istio.io/latest/docs/ops/deployment/application-requirements/#server-first-protocols",
  find: (world) =>
    world.of("", "Service").flatMap((service) => {
      const pods = podsBehind(world, service).filter((pod) => injectionIn(world, pod).injected);
      return elements(at(nodeOf(service), "spec", "ports"))
        .filter((port) => !isProtocolStated(port) && pods.some((pod) => speaksFirst(pod, port)))
        .map((port) => found(port, "the mesh has to guess the protocol, of which the server speaks first"));
    }),
};

function podsBehind(world: World, service: KubernetesObject): readonly Pod[] {
  const selector = at(nodeOf(service), "spec", "selector");
  if (fieldNodes(selector).length === 0) return [];
  return world.podsIn(namespaceOf(service)).filter(({ labels }) => hasLabels(labels, selector));
}

const isProtocolStated = (port: Node): boolean =>
  isThere(at(port, "appProtocol")) ||
  wellKnown.has(Number(plainText(at(port, "port").value))) ||
  !["TCP", undefined].includes(textAt(at(port, "protocol"))) ||
  namedProtocols.test(textAt(at(port, "name")) ?? "");

/** Whether a port leads to a container of a server that speaks first. */
function speaksFirst({ spec }: Pod, port: Node): boolean {
  const target = at(port, "targetPort");
  const { value } = isThere(target) ? target : at(port, "port");
  return elements(at(spec, "containers")).some((container) => {
    const image = imageOf(container);
    const ports = elements(at(container, "ports"));
    const own = ports.find((each) =>
      [at(each, "containerPort").value, at(each, "name").value].includes(value),
    );
    const number = own ? at(own, "containerPort").value : value;
    if (own === undefined && ports.length > 0) return false;
    return (
      (typeof number === "number" && number !== 53 && wellKnown.has(number)) ||
      (image !== undefined && serverFirst.test(imageName(image)))
    );
  });
}
