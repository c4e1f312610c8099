import type { KubernetesObject, Protocol as Transport } from "@atlas/checks";
import type { Cidr, Destination, InsideDestination, OutsideDestination, Protocol } from "@atlas/istio";
import fc from "fast-check";

const one = fc.constantFrom;

/** The workload that calls, and its namespace. */
export const caller = { name: "shop", labels: { app: "shop" } };
export const home = "shop";
const spaces = [home, "otel", "db"];

const numbers = [80, 443, 5432, 8080, 9000];
const protocols: readonly Protocol[] = ["TCP", "TLS", "HTTP", "GRPC", "MONGO", "UDP", "SCTP"];

/** Blocks that lie apart or within each other; no two destinations have the same. */
const blocks: readonly Cidr[] = [
  "192.0.2.0/28",
  "192.0.2.16/28",
  "198.51.100.0/24",
  "198.51.100.64/26",
  "203.0.113.7/32",
  "fd00:1::/64",
  "fd00:2::1/128",
];

/** Addresses at the edges of these blocks, and in none. */
const addresses = [
  "192.0.2.0",
  "192.0.2.15",
  "192.0.2.16",
  "192.0.2.31",
  "192.0.2.32",
  "198.51.100.1",
  "198.51.100.64",
  "198.51.100.127",
  "198.51.101.0",
  "203.0.113.7",
  "203.0.113.8",
  "fd00:1::ffff",
  "fd00:1:0:1::",
  "fd00:2::1",
  "fd00:2::2",
  "10.96.0.1",
];

/** A destination of a Service: each port with that of the pods, of which it may tell the name alone. */
const insideOf = (index: number): fc.Arbitrary<InsideDestination> =>
  fc
    .record({
      space: one(...spaces),
      isDot: fc.boolean(),
      isWhole: fc.boolean(),
      ports: fc.uniqueArray(
        fc.record({
          port: one(...numbers),
          protocol: one(...protocols),
          targetPort: one(0, 8080, 7000, "named"),
        }),
        { selector: ({ port }) => port, minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ space, isDot, isWhole, ports }) => ({
      mesh: "inside",
      host: `${isDot && space === home ? "." : space}/service-${index}.${space}.svc.cluster.local`,
      ports: ports.map(({ targetPort, ...port }) => ({ ...port, ...(targetPort !== 0 && { targetPort }) })),
      ...(!isWhole && { pods: { app: `service-${index}` } }),
    }));

const outsideOf = (index: number, cidrs: readonly Cidr[]): fc.Arbitrary<OutsideDestination> =>
  fc
    .record({
      host: one("db", "*.db"),
      ports: fc.uniqueArray(fc.record({ port: one(...numbers), protocol: one(...protocols) }), {
        selector: ({ port }) => port,
        minLength: 1,
        maxLength: 3,
      }),
    })
    .map(({ host, ports }) => ({
      mesh: "outside",
      host: `./${host}-${index}.example.com`.replace("*.db-", "*.db") as `./${string}`,
      ports,
      cidrs,
    }));

/** Random lists of destinations: up to four Services, and what is outside, each with blocks of its own. */
export const destinationLists: fc.Arbitrary<readonly Destination[]> = fc
  .tuple(fc.nat({ max: 4 }), fc.shuffledSubarray([...blocks]))
  .chain(([services, chosen]) =>
    fc.tuple(
      fc.tuple(...Array.from({ length: services }, (_, index) => insideOf(index))),
      fc.tuple(...pairsOf(chosen).map((cidrs, index) => outsideOf(index, cidrs))),
    ),
  )
  .map(([inside, outside]) => [...inside, ...outside]);

const pairsOf = (list: readonly Cidr[]): readonly (readonly Cidr[])[] =>
  list.flatMap((_, index) => (index % 2 === 0 ? [list.slice(index, index + 2)] : []));

/** A pod or an address that may be called, and what a destination would say of it. */
export interface Target {
  readonly endpoint:
    | { readonly pod: KubernetesObject; readonly address: string }
    | { readonly address: string };
  readonly space?: string;
  readonly app?: string;
}

const ports = [
  ...[...numbers, 7000].map((containerPort) => ({ containerPort })),
  ...["TCP", "UDP", "SCTP"].map((protocol) => ({ name: "named", containerPort: 6000, protocol })),
];

function podOf(space: string, app: string): Target {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: app, namespace: space, labels: { app } },
    spec: { containers: [{ name: "a", image: "a", ports }] },
  };
  // Without an address, a block of them may mean any pod.
  return { endpoint: { pod, address: "10.244.0.9" }, space, app };
}

/** In each namespace the pods of every Service that may be there, and some of none; and addresses. */
export const targets: readonly Target[] = [
  ...spaces.flatMap((space) =>
    ["service-0", "service-1", "service-2", "service-3", "other"].map((app) => podOf(space, app)),
  ),
  ...addresses.map((address): Target => ({ endpoint: { address } })),
];

/** What is there whatever a workload calls: namespaces of which some are in the mesh, and all Services. */
export function surroundings(destinations: readonly Destination[], isMesh: boolean): KubernetesObject[] {
  const namespaces = spaces.map((name) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: isMesh && name !== "db" ? { "istio-injection": "enabled" } : {} },
  }));
  const strict = {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "strict", namespace: "otel" },
    spec: { mtls: { mode: "STRICT" } },
  };
  const services = destinations.filter(({ mesh }) => mesh === "inside").map(serviceOf);
  const other = spaces.map((space) => serviceOf({ host: `${space}/other.${space}`, ports: everyPort }));
  return [...namespaces, strict, ...services, ...other];
}

const everyPort = numbers.map((port) => ({ port, protocol: "TCP" as const }));

/** The Service of a destination, which has another port that nobody asked for. */
function serviceOf({ host, ports: wanted }: Pick<Destination, "host" | "ports">): KubernetesObject {
  const [name = "", namespace = ""] = host.split("/")[1]?.split(".") ?? [];
  const own = wanted.map(({ port, protocol, targetPort }) => ({
    port,
    protocol: transportOf(protocol),
    targetPort: targetPort ?? port,
  }));
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [...own, { port: 10_000, protocol: "TCP", targetPort: 6001 }] },
  } as KubernetesObject;
}

export const transportOf = (protocol: Protocol): Transport =>
  protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP";

/** The ports at which each target is called: those of the Services, of the pods, and some more. */
export const probed = [...numbers, 6000, 6001, 7000];

/** Whether a destination says that a port of a target may be called; with proxies, only at what has the Service's labels. */
export function covers(
  destination: Destination,
  { endpoint, space, app }: Target,
  port: number,
  transport: Transport,
  isMesh: boolean,
): boolean {
  const { host, ports: wanted, pods, cidrs } = destination;
  const [name = "", namespace] = host.split("/")[1]?.split(".") ?? [];
  const isCalled = wanted.some(
    ({ port: number, targetPort, protocol }) =>
      transportOf(protocol) === transport &&
      port === (targetPort === "named" ? 6000 : (targetPort ?? number)),
  );
  if (!isCalled) return false;
  if (!("pod" in endpoint)) return (cidrs ?? []).some((cidr) => isIn(endpoint.address, cidr));
  if (cidrs !== undefined || space !== namespace) return false;
  const isAnyPod = pods === undefined && !(isMesh && transport === "TCP");
  return isAnyPod || app === name;
}

/** Which addresses the blocks hold, written down rather than computed. */
const holds: Readonly<Record<string, readonly string[]>> = {
  "192.0.2.0/28": ["192.0.2.0", "192.0.2.15"],
  "192.0.2.16/28": ["192.0.2.16", "192.0.2.31"],
  "198.51.100.0/24": ["198.51.100.1", "198.51.100.64", "198.51.100.127"],
  "198.51.100.64/26": ["198.51.100.64", "198.51.100.127"],
  "203.0.113.7/32": ["203.0.113.7"],
  "fd00:1::/64": ["fd00:1::ffff"],
  "fd00:2::1/128": ["fd00:2::1"],
};

const isIn = (address: string, cidr: string): boolean => holds[cidr]?.includes(address) === true;
