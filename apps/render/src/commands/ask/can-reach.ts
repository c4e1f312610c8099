import {
  addressOf,
  destinationOf,
  hostsIn,
  portsOf,
  reach,
  undeclaredPort,
  workloadsIn,
  workloadsNamed,
  type KubernetesObject,
} from "@atlas/checks";
import { didYouMean } from "@atlas/compose";
import { InputError, type Finding } from "@atlas/input";
import { askedSubject } from "./asked-subject.ts";
import { reasonLines } from "../check/reasons.ts";

/** What `atlas-render can-reach` is asked for. */
export interface CanReachRequest {
  readonly environment: string;
  /** A workload, by its name, or by how that ends. */
  readonly from: string;
  /** A Service or a workload, as `name.namespace:port`, or an address with a port. */
  readonly to: string;
  /** Manifests of what else is in the cluster. */
  readonly files: readonly string[];
  readonly environments: string | undefined;
}

/**
 * Whether a connection gets through, and what decides; ends with 1 when it does not.
 *
 * @throws {InputError} for ends of the connection that the objects do not have.
 */
export async function canReach({
  environment,
  from,
  to,
  files,
  environments,
}: CanReachRequest): Promise<string> {
  const subject = await askedSubject(environment, files, environments);
  const source = sourceNamed(subject.objects, from);
  const destination = destinationGiven(subject.objects, to, source.metadata.namespace ?? "default");
  const {
    allowed,
    because,
    unknown: open,
  } = reach(subject.objects, { from: { pod: source }, ...destination });
  const unknown = [...open, ...[undeclaredPort(destination)].filter((each) => each !== undefined)];
  if (!allowed) process.exitCode = 1;
  const asFar = unknown.length > 0 ? ", as far as the objects say" : "";
  return [
    `${from} ${allowed ? "reaches" : "does not reach"} ${to}${asFar}`,
    ...(because.length > 0 ? reasonLines(subject, because) : ["  nothing among the objects restricts it"]),
    ...(unknown.length > 0 ? ["not known:", ...reasonLines(subject, unknown)] : []),
    "",
  ].join("\n");
}

function sourceNamed(objects: readonly KubernetesObject[], given: string): KubernetesObject {
  const [found, ...others] = workloadsNamed(objects, given);
  if (found && others.length === 0) return found;
  const names = (found ? [found, ...others] : workloadsIn(objects)).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );
  throw new InputError([
    {
      code: "workload-unknown",
      what: found ? `${names.length} workloads are "${given}"` : `no workload is called "${given}"`,
      expected: `one of: ${names.join(", ")}`,
      fix: didYouMean(given, names, "name it as Kind/name"),
    },
  ]);
}

function destinationGiven(objects: readonly KubernetesObject[], given: string, namespace: string) {
  const address = addressOf(given);
  if (address === undefined) throw unknownDestination(notAnAddress(given));
  const { host, port } = address;
  const found = destinationOf(objects, host, port, namespace);
  if (found) return found;
  const ports = portsOf(objects, host, namespace);
  if (ports === undefined || ports.includes(port))
    throw unknownDestination(behindNothing(objects, given, host));
  throw unknownDestination({
    what: `the Service behind "${given}" has no port ${port}`,
    expected: `one of: ${ports.join(", ")}`,
    fix: "ask for a port of the Service, which may differ from that of its pods",
  });
}

type Said = Pick<Finding, "what" | "expected" | "fix">;

const unknownDestination = (said: Said): InputError =>
  new InputError([{ code: "destination-unknown", ...said }]);

const notAnAddress = (given: string): Said => ({
  what: `"${given}" is not a destination`,
  expected: "a host and a port from 1 to 65535, as postgres.data:5432 or [fd00::1]:5432",
  fix: "write it like that",
});

function behindNothing(objects: readonly KubernetesObject[], given: string, host: string): Said {
  const hosts = hostsIn(objects);
  const names = host.includes(".") ? hosts : [...hosts, ...hosts.map((each) => each.replace(/\..*/, ""))];
  return {
    what: `the objects have no Service or workload behind "${given}", so that nothing says what selects its pods`,
    expected: "a Service with this port and its pods, a workload, or an address, as name.namespace:port",
    fix: didYouMean(host, names, "give the manifests that declare it: --file FILE"),
  };
}
