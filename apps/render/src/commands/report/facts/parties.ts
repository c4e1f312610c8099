import type { KubernetesObject } from "@atlas/compose";
import { servicesKnown } from "./known-hosts.ts";
import { namespaceWith, standInPod, type Party } from "./party.ts";
import { meantBy, type PolicySubject } from "./policy-peers.ts";

/** A workload of the environment, and the ports at which it may be called. */
export interface WorkloadParty extends Party, PolicySubject {
  readonly ports: readonly NamedPort[];
}

/** A port, and what it is called where it has a name. */
export interface NamedPort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP" | "SCTP";
  readonly name: string | undefined;
}

/** A port as it is read: `metrics 8080/TCP`. */
export const portText = ({ port, protocol, name }: NamedPort): string =>
  [name, `${port}/${protocol}`].filter((part) => part !== undefined).join(" ");

/** What a workload may call: a party at a port. */
export interface Outward extends Party {
  readonly port: NamedPort;
}

interface Template {
  readonly spec?: { readonly template?: { readonly spec?: PodSpec } & Template } & PodSpec & {
      readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
    };
}

interface Labelled {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

interface PodSpec {
  readonly containers?: readonly {
    readonly ports?: readonly {
      readonly name?: string;
      readonly containerPort?: number;
      readonly protocol?: string;
    }[];
  }[];
}

/** What the pods of an object are made of; undefined where it makes none. */
export function podSpecOf(object: KubernetesObject): PodSpec | undefined {
  const { spec } = object as Template;
  if (object.kind === "Pod") return spec;
  const template = object.kind === "CronJob" ? spec?.jobTemplate?.spec?.template : spec?.template;
  return template?.spec?.containers ? template.spec : undefined;
}

/** The labels of the pods that an object makes. */
function podLabels(object: KubernetesObject): PolicySubject["labels"] {
  const { spec } = object as {
    readonly spec?: {
      readonly template?: Labelled;
      readonly jobTemplate?: { readonly spec?: { readonly template?: Labelled } };
    };
  };
  if (object.kind === "Pod") return (object as Labelled).metadata?.labels ?? {};
  const template = object.kind === "CronJob" ? spec?.jobTemplate?.spec?.template : spec?.template;
  return template?.metadata?.labels ?? {};
}

const portProtocols = ["TCP", "UDP", "SCTP"] as const;
const protocolOf = (given: string | undefined): NamedPort["protocol"] =>
  portProtocols.find((each) => each === given) ?? "TCP";

/** The workloads among the objects, with the ports that their containers name, and those that policies let in. */
export function workloadsOf(objects: readonly KubernetesObject[]): readonly WorkloadParty[] {
  return objects.flatMap((object) => {
    const spec = podSpecOf(object);
    if (spec === undefined) return [];
    const namespace = object.metadata.namespace ?? "default";
    const named = (spec.containers ?? []).flatMap(({ ports = [] }) =>
      ports.flatMap(({ name, containerPort, protocol }) =>
        containerPort === undefined ? [] : [{ port: containerPort, protocol: protocolOf(protocol), name }],
      ),
    );
    const labels = podLabels(object);
    const letIn = meantBy(objects, [{ namespace, labels }], "ingress")
      .flatMap(({ ports }) => ports)
      .map(({ port, protocol }) => ({ port, protocol: protocolOf(protocol), name: undefined }));
    const { name } = object.metadata;
    return [
      {
        label: name,
        detail: `${object.kind} in ${namespace}`,
        endpoint: { pod: object },
        beside: [],
        namespace,
        labels,
        ports: onceEach([...named, ...letIn]),
      },
    ];
  });
}

const onceEach = (ports: readonly NamedPort[]): readonly NamedPort[] =>
  [...new Map(ports.toReversed().map((port) => [`${port.port}/${port.protocol}`, port])).values()].toSorted(
    (a, b) => a.port - b.port,
  );

const anywhere = "elsewhere";
/** Of the addresses that are for examples (RFC 5737). */
const exampleAddress = "203.0.113.10";

/** Pods of which no policy speaks, in the mesh and not, and what is outside of the cluster. */
const strangers: readonly Party[] = [
  {
    label: "a pod in the mesh",
    detail: "in another namespace, with a proxy",
    endpoint: { pod: standInPod("stranger", `${anywhere}-in-mesh`, {}) },
    beside: [namespaceWith(`${anywhere}-in-mesh`, { "istio-injection": "enabled" })],
  },
  {
    label: "a pod elsewhere",
    detail: "in another namespace, without a proxy",
    endpoint: { pod: standInPod("stranger", anywhere, {}) },
    beside: [namespaceWith(anywhere, {})],
  },
  {
    label: "outside of the cluster",
    detail: `an address such as ${exampleAddress}`,
    endpoint: { address: exampleAddress },
    beside: [],
  },
];

/** Who may want to call the workloads: each other, whom policies let in, neighbours, strangers. */
export function callersOf(
  objects: readonly KubernetesObject[],
  workloads: readonly WorkloadParty[],
): readonly Party[] {
  const neighbours = [...new Set(workloads.map(({ namespace }) => namespace))].map((namespace): Party => ({
    label: "a neighbour",
    detail: `another pod in ${namespace}`,
    endpoint: { pod: standInPod("neighbour", namespace, {}) },
    beside: [],
  }));
  const meant = meantBy(objects, workloads, "ingress").map(({ party }) => party);
  const once = new Map(meant.map((party) => [`${party.label} ${party.detail}`, party]));
  return [...workloads, ...once.values(), ...neighbours, ...strangers];
}

/** What the workloads may want to call: whom policies let them, what is declared outside of the mesh, strangers. */
export function outwardOf(
  objects: readonly KubernetesObject[],
  workloads: readonly WorkloadParty[],
): readonly Outward[] {
  const meant = meantBy(objects, workloads, "egress").flatMap(({ party, ports }) =>
    ports.map(({ port, protocol }): Outward => ({
      ...party,
      beside: [...party.beside, ...servicesBefore(party, objects, { port, protocol })],
      port: { port, protocol: protocolOf(protocol), name: undefined },
    })),
  );
  const [http, https] = [80, 443].map((port) => ({ port, protocol: "TCP" as const, name: undefined }));
  const others = strangers.flatMap((stranger) => {
    const port = "pod" in stranger.endpoint ? http : https;
    return port ? [{ ...stranger, port }] : [];
  });
  const all = [...meant, ...declaredOutside(objects), ...others];
  return [
    ...new Map(all.map((each) => [`${each.label} ${each.detail} ${portText(each.port)}`, each])).values(),
  ];
}

/** What stands before the pods of a party, where a Sidecar says that there is something. */
function servicesBefore(
  { endpoint }: Party,
  objects: readonly KubernetesObject[],
  port: { readonly port: number; readonly protocol: string },
): readonly KubernetesObject[] {
  if (!("pod" in endpoint)) return [];
  const { metadata } = endpoint.pod as KubernetesObject & Labelled;
  const labels = (metadata as Labelled["metadata"])?.labels ?? {};
  return servicesKnown(objects, metadata.namespace ?? "default", labels, port);
}

interface ServiceEntryFacts {
  readonly spec?: {
    readonly hosts?: readonly string[];
    readonly addresses?: readonly string[];
    readonly ports?: readonly { readonly number?: number; readonly protocol?: string }[];
  };
}

/** What a ServiceEntry declares, by the first of its addresses. */
const declaredOutside = (objects: readonly KubernetesObject[]): readonly Outward[] =>
  objects
    .filter(({ kind }) => kind === "ServiceEntry")
    .flatMap((object) => {
      const { hosts = [], addresses = [], ports = [] } = (object as ServiceEntryFacts).spec ?? {};
      const [address] = addresses.map((each) => each.split("/")[0] ?? "");
      if (!address) return [];
      return ports.flatMap(({ number }) =>
        number === undefined
          ? []
          : [
              {
                label: hosts[0] ?? object.metadata.name,
                detail: `at ${addresses.join(", ")}`,
                endpoint: { address },
                beside: [],
                port: { port: number, protocol: "TCP" as const, name: undefined },
              },
            ],
      );
    });
