import { blockOf } from "../values/address.ts";
import { transportOf, type Destination, type Protocol } from "./destination.ts";
import { isHost, isHostPattern, isNamespaceName, namespaceOfService, partsOf } from "../values/host.ts";
import { isPort, portRange } from "../values/port.ts";
import { saidValue, wrong, type BrokenBuilderRule } from "../rules/rules.ts";
import { suggestWord, listedWords } from "../rules/words.ts";

/** Of each protocol, whether the application encrypts by itself. */
const encryptsItself: Readonly<Record<Protocol, boolean>> = {
  TCP: false,
  TLS: true,
  HTTP: false,
  HTTPS: true,
  HTTP2: false,
  GRPC: false,
  MONGO: false,
  UDP: false,
  SCTP: false,
};

/** What is wrong with a list of destinations: with each of them, and between them. */
export function brokenDestinations(destinations: readonly Destination[]): readonly BrokenBuilderRule[] {
  return [
    ...destinations.flatMap((destination, index) => {
      const path = `destinations[${index}]`;
      return [
        ...brokenHost(destination, `${path}.host`),
        ...brokenPorts(destination, `${path}.ports`),
        ...brokenAddresses(destination, path),
        ...brokenTls(destination, `${path}.tls`),
      ];
    }),
    ...listedTwice(destinations),
    ...sameAddresses(destinations),
  ];
}

function brokenHost({ mesh, host: given }: Destination, path: string): readonly BrokenBuilderRule[] {
  if (mesh !== "inside" && mesh !== "outside") {
    const expected = listedWords(["inside", "outside"]);
    const fix = suggestWord(mesh, ["inside", "outside"], "give one of them");
    return [
      {
        path: path.replace(/host$/, "mesh"),
        code: "istio/word-unknown",
        what: saidValue(mesh),
        expected,
        fix,
      },
    ];
  }
  const { namespace, host } = partsOf(given);
  const service = namespaceOfService(host);
  const what = saidValue(given);
  if (mesh === "outside") {
    if (service !== undefined)
      return [
        {
          code: "istio/host-malformed",
          path,
          what,
          expected: "a host outside of the cluster",
          fix: 'say `mesh: "inside"`',
        },
      ];
    if (namespace === "." && isHostPattern(host)) return [];
    const expected = '"./host" as in "./db.example.com" or "./*.example.com"';
    const fix = "its ServiceEntry is made in the workload's own namespace, which is the dot";
    return [{ code: "istio/host-malformed", path, what, expected, fix }];
  }
  if (!((namespace === "." || isNamespaceName(namespace)) && isHost(host))) {
    const expected = '"namespace/host" as in "otel/agent.otel.svc.cluster.local"';
    return [
      {
        code: "istio/host-malformed",
        path,
        what,
        expected,
        fix: "name one Service: of a pattern no pods are known",
      },
    ];
  }
  if (service === undefined || namespace === "." || namespace === service) return [];
  const expected = `the namespace that its name says, "${service}"`;
  return [{ code: "istio/host-malformed", path, what, expected, fix: `did you mean "${service}/${host}"?` }];
}

function brokenPorts({ mesh, ports }: Destination, path: string): readonly BrokenBuilderRule[] {
  if (ports.length === 0)
    return [
      {
        path,
        code: "istio/port-missing",
        what: "there is no port",
        expected: "the ports that are called",
        fix: "give one",
      },
    ];
  const seen = new Set<string>();
  return ports.flatMap(({ port, protocol, targetPort }, index): BrokenBuilderRule[] => {
    const at = `${path}[${index}]`;
    const key = `${transportOf(protocol)} ${port}`;
    const twice = seen.has(key);
    seen.add(key);
    return [
      ...(isPort(port) ? [] : [wrong(`${at}.port`, port, portRange, "give the port that is called")]),
      ...(Object.hasOwn(encryptsItself, protocol) ? [] : [unknownProtocol(`${at}.protocol`, protocol)]),
      ...(twice ? [wrong(at, port, "each port once", "leave out one of the two")] : []),
      ...(targetPort === undefined ? [] : brokenTarget(mesh, targetPort, `${at}.targetPort`)),
    ];
  });
}

function unknownProtocol(path: string, protocol: unknown): BrokenBuilderRule {
  const words = Object.keys(encryptsItself);
  return {
    ...wrong(
      path,
      protocol,
      listedWords(words),
      suggestWord(protocol, words, "give TCP, which stands for whatever goes over it"),
    ),
    code: "istio/word-unknown",
  };
}

function brokenTarget(mesh: string, target: unknown, path: string): BrokenBuilderRule[] {
  if (mesh === "outside")
    return [
      wrong(path, target, "none outside of the mesh", "leave it out: no Service stands before the port"),
    ];
  // What a port may be called: IANA_SVC_NAME of Kubernetes.
  const isName =
    typeof target === "string" &&
    /^(?=.{1,15}$)(?!.*--)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(target) &&
    /[a-z]/.test(target);
  if (isName || isPort(target)) return [];
  return [
    wrong(path, target, `${portRange}, or the name of a port of the pods`, "say it as the Service does"),
  ];
}

function brokenAddresses({ mesh, cidrs, pods }: Destination, path: string): readonly BrokenBuilderRule[] {
  const at = `${path}.cidrs`;
  const empty = { expected: "blocks of addresses, as 10.0.0.0/24", fix: "give those that it has" };
  return [
    ...((mesh === "outside" && cidrs === undefined) || cidrs?.length === 0
      ? [{ code: "istio/address-missing" as const, path: at, what: "there is no address", ...empty }]
      : []),
    ...(cidrs ?? []).flatMap((cidr, index) => brokenCidr(cidr, `${at}[${index}]`)),
    ...(cidrs !== undefined && pods !== undefined
      ? [wrong(`${path}.pods`, pods, "either pods or cidrs", "leave out those that are not behind it")]
      : []),
    ...(pods !== undefined && Object.keys(pods).length === 0
      ? [
          wrong(
            `${path}.pods`,
            pods,
            "labels of the pods",
            "leave it out, if every pod of the namespace is meant",
          ),
        ]
      : []),
  ];
}

function brokenCidr(cidr: string, path: string): BrokenBuilderRule[] {
  const block = blockOf(cidr);
  if (block === cidr) return [];
  const fix = block === undefined ? "write a single address with /32, or /128" : `did you mean "${block}"?`;
  return [wrong(path, cidr, "a block of addresses, as 10.0.0.0/24 or fd00::/64", fix)];
}

function brokenTls(destination: Destination, path: string): readonly BrokenBuilderRule[] {
  const { mesh, host, ports } = destination;
  const tls: unknown = destination.tls;
  if (tls === undefined || (tls === "DISABLE" && mesh === "outside")) return [];
  if (mesh === "inside")
    return [wrong(path, tls, "none within the mesh, whose proxies encrypt by themselves", "leave it out")];
  if (tls !== "SIMPLE") {
    const words = ["DISABLE", "SIMPLE"];
    return [wrong(path, tls, listedWords(words), suggestWord(tls, words, "give one of them"))];
  }
  const encrypted = ports.filter(({ protocol }) => encryptsItself[protocol]);
  return [
    ...(host.includes("*")
      ? [wrong(path, tls, "DISABLE for a pattern of hosts", "name one host, whose certificate is verified")]
      : []),
    ...encrypted.map(({ port, protocol }) =>
      wrong(path, tls, `DISABLE where the application encrypts (${port}, ${protocol})`, "leave it out"),
    ),
  ];
}

function listedTwice(destinations: readonly Destination[]): readonly BrokenBuilderRule[] {
  const hosts = destinations.map(({ host }) => host.toLowerCase());
  return hosts.flatMap((host, index) => {
    const first = hosts.indexOf(host);
    if (first === index) return [];
    const fix = `give all of its ports at destinations[${first}]`;
    return [wrong(`destinations[${index}].host`, destinations[index]?.host, "each host once", fix)];
  });
}

/** What proxies tell apart by what is said in the connection, and not by its address alone. */
const tellingProtocols: ReadonlySet<Protocol> = new Set(["TLS", "HTTP", "HTTPS", "HTTP2", "GRPC"]);

/** Of two destinations at the same addresses and port, proxies know one, if what is spoken names no host. */
function sameAddresses(destinations: readonly Destination[]): readonly BrokenBuilderRule[] {
  const seen = new Map<string, { readonly host: string; readonly isNamed: boolean }>();
  return destinations.flatMap(({ mesh, host, cidrs, ports }, index) =>
    mesh === "inside"
      ? []
      : ports.flatMap(({ port, protocol }) =>
          (cidrs ?? []).flatMap((cidr, at): BrokenBuilderRule[] => {
            const key = `${transportOf(protocol)} ${cidr}:${port}`;
            const [isNamed, other] = [tellingProtocols.has(protocol), seen.get(key)];
            if (other === undefined || other.host === host) {
              seen.set(key, { host, isNamed });
              return [];
            }
            if (transportOf(protocol) !== "TCP" || (isNamed && other.isNamed)) return [];
            const path = `destinations[${index}].cidrs[${at}]`;
            const expected = `addresses at port ${port} that "${other.host}" does not have`;
            return [wrong(path, cidr, expected, "give each its own, or make them one destination")];
          }),
        ),
  );
}
