import { findObject, type World } from "../findings/world.ts";
import { injectionIn } from "../mesh/injection.ts";
import { at, elements, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import { injectionNeedsCni } from "../rules/pods/injection-needs-cni.ts";
import { needs, type Assumption } from "./assumption.ts";

/** What Istio has to have. */
export const meshAssumptions = (world: World): readonly Assumption[] => [
  ...byInjection(world),
  ...injectionNeedsCni.find(world).map(({ object, path, what }): Assumption => ({
    need: { code: "istio-cni" },
    because: [{ object, path, text: what }],
  })),
  ...providersIn(world).flatMap((node) => {
    const name = textAt(node);
    return name === undefined || builtIn.has(name)
      ? []
      : [needs(node, { code: "mesh-provider", name }, "it is named here")];
  }),
  ...byHosts(world),
];

const byInjection = (world: World): readonly Assumption[] =>
  world.pods.flatMap((pod) => {
    const { injected, node } = injectionIn(world, pod);
    if (!injected) return [];
    const own = world.namespace(pod.namespace);
    const labels = [at(pod.metadata, "labels"), ...(own ? [at(nodeOf(own), "metadata", "labels")] : [])];
    const revision = labels
      .map((each) => textAt(at(each, "istio.io/rev")))
      .find((each) => each !== undefined);
    return [
      needs(
        node ?? pod.metadata,
        { code: "istio-injector", revision: revision ?? "default" },
        "the pods get a proxy from it",
      ),
    ];
  });

/**
 * The providers that a mesh has without being told.
 *
 * @see https://istio.io/latest/docs/tasks/observability/telemetry/
 */
const builtIn = new Set(["envoy", "prometheus", "stackdriver"]);

/** The names of providers that the objects of the mesh refer to. */
const providersIn = (world: World): readonly Node[] => [
  ...world
    .of("telemetry.istio.io", "Telemetry")
    .flatMap((telemetry) =>
      ["tracing", "metrics", "accessLogging"].flatMap((field) =>
        elements(at(nodeOf(telemetry), "spec", field)).flatMap((each) => elements(at(each, "providers"))),
      ),
    )
    .map((provider) => at(provider, "name")),
  ...world
    .of("security.istio.io", "AuthorizationPolicy")
    .map((policy) => at(nodeOf(policy), "spec", "provider", "name"))
    .filter(isThere),
];

/** The Services that Sidecars list by their full names. */
const byHosts = (world: World): readonly Assumption[] =>
  world.of("networking.istio.io", "Sidecar").flatMap((sidecar) =>
    elements(at(nodeOf(sidecar), "spec", "egress"))
      .flatMap((listener) => elements(at(listener, "hosts")))
      .flatMap((host) => {
        const [, name, namespace] =
          /^[^/]*\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/.exec(textAt(host) ?? "") ?? [];
        if (
          name === undefined ||
          namespace === undefined ||
          (name === "kubernetes" && namespace === "default")
        )
          return [];
        if (findObject(world, "", "Service", name, namespace) || isOfEntry(world, textAt(host) ?? ""))
          return [];
        return [
          needs(host, { code: "object", group: "", kind: "Service", name, namespace }, "it is listed here"),
        ];
      }),
  );

/** Whether a ServiceEntry brings the host. */
const isOfEntry = (world: World, host: string): boolean =>
  world
    .of("networking.istio.io", "ServiceEntry")
    .some((entry) =>
      elements(at(nodeOf(entry), "spec", "hosts")).some((each) => host.endsWith(`/${textAt(each) ?? ""}`)),
    );
