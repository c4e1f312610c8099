import { replicasOf } from "../../findings/replicas.ts";
import type { World } from "../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf, textAt, textsAt, type Node } from "../../objects/node.ts";

/** A reference to a Service. */
export interface ServiceUse {
  readonly node: Node;
  readonly name: string;
  readonly namespace: string;
  /** The port that is asked for, by number or name; undefined where none is. */
  readonly port?: Node;
  /** What does not work without it. */
  readonly otherwise: string;
}

/** Every reference to a Service by Ingresses, routes, VirtualServices, StatefulSets and what the API server calls. */
export function serviceUsesIn(world: World): readonly ServiceUse[] {
  return [
    ...world.of("networking.k8s.io", "Ingress").flatMap(byIngress),
    ...["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute"].flatMap((kind) =>
      world.of("gateway.networking.k8s.io", kind).flatMap(byRoute),
    ),
    ...world.of("networking.istio.io", "VirtualService").flatMap((each) => byVirtualService(world, each)),
    ...world.of("apps", "StatefulSet").flatMap(byStatefulSet),
    ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].flatMap((kind) =>
      world.of("admissionregistration.k8s.io", kind).flatMap(byWebhooks),
    ),
    ...world
      .of("apiregistration.k8s.io", "APIService")
      .flatMap((each) =>
        calledService(at(nodeOf(each), "spec", "service"), "the API it serves is unavailable"),
      ),
  ];
}

function serviceUse(node: Node, namespace: string, otherwise: string, port?: Node): readonly ServiceUse[] {
  const name = textAt(node);
  if (name === undefined || name === "") return [];
  return [{ node, name, namespace, otherwise, ...(port && isThere(port) && { port }) }];
}

function byIngress(ingress: KubernetesObject): readonly ServiceUse[] {
  const spec = at(nodeOf(ingress), "spec");
  const paths = elements(at(spec, "rules")).flatMap((rule) => elements(at(rule, "http", "paths")));
  return [at(spec, "defaultBackend"), ...paths.map((each) => at(each, "backend"))].flatMap((backend) => {
    const service = at(backend, "service");
    const [number, name] = [at(service, "port", "number"), at(service, "port", "name")];
    const port = isThere(number) ? number : name;
    return serviceUse(at(service, "name"), namespaceOf(ingress), "requests end with 503", port);
  });
}

function byRoute(route: KubernetesObject): readonly ServiceUse[] {
  return elements(at(nodeOf(route), "spec", "rules"))
    .flatMap((rule) => elements(at(rule, "backendRefs")))
    .filter((each) => ["Service", undefined].includes(textAt(at(each, "kind"))))
    .flatMap((each) => {
      const namespace = textAt(at(each, "namespace")) ?? namespaceOf(route);
      return serviceUse(at(each, "name"), namespace, "requests end with 500", at(each, "port"));
    });
}

/**
 * The destinations of a VirtualService that are Services of the cluster: by a short name, which means its own namespace, or by
 * a whole one. A ServiceEntry may have any other.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
function byVirtualService(world: World, object: KubernetesObject): readonly ServiceUse[] {
  const entries = new Set(
    world
      .of("networking.istio.io", "ServiceEntry")
      .flatMap((entry) => textsAt(at(nodeOf(entry), "spec", "hosts"))),
  );
  return ["http", "tls", "tcp"]
    .flatMap((kind) => elements(at(nodeOf(object), "spec", kind)))
    .flatMap((rule) => elements(at(rule, "route")))
    .flatMap((route) => {
      const node = at(route, "destination", "host");
      const host = textAt(node) ?? "";
      const [, name, namespace] = /^([\w-]+)(?:\.([\w-]+)\.svc\.cluster\.local)?$/.exec(host) ?? [];
      if (name === undefined || entries.has(host)) return [];
      const port = at(route, "destination", "port", "number");
      return [
        {
          node,
          name,
          namespace: namespace ?? namespaceOf(object),
          otherwise: "requests end with 503",
          ...(isThere(port) && { port }),
        },
      ];
    });
}

const byStatefulSet = (set: KubernetesObject): readonly ServiceUse[] =>
  serviceUse(at(nodeOf(set), "spec", "serviceName"), namespaceOf(set), withoutNames);

const withoutNames = "its pods have no names in DNS";

/** Whether a Service that is not there matters to nobody: a StatefulSet of one pod has to name one, and that pod asks for no other. */
export const isFormal = (world: World, { node: { object }, otherwise }: ServiceUse): boolean =>
  otherwise === withoutNames && replicasOf(world, object).most < 2;

const byWebhooks = (configuration: KubernetesObject): readonly ServiceUse[] =>
  elements(at(nodeOf(configuration), "webhooks")).flatMap((webhook) =>
    calledService(at(webhook, "clientConfig", "service"), "the API server refuses what the webhook is for"),
  );

/** What the API server calls; the port is 443, unless another is stated. */
const calledService = (service: Node, otherwise: string): readonly ServiceUse[] =>
  serviceUse(
    at(service, "name"),
    textAt(at(service, "namespace")) ?? "default",
    otherwise,
    at(service, "port"),
  );
