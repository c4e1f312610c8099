import {
  addressOf,
  destinationOf,
  reach,
  workloadsIn,
  workloadsNamed,
  type KubernetesObject,
} from "@atlas/checks";
import { didYouMean } from "@atlas/compose";
import { InputError } from "@atlas/input";
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
  const { allowed, because, unknown } = reach(subject.objects, {
    from: { pod: source },
    ...destinationNamed(subject.objects, to, source.metadata.namespace ?? "default"),
  });
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

function destinationNamed(objects: readonly KubernetesObject[], given: string, namespace: string) {
  const address = addressOf(given);
  const found = address && destinationOf(objects, address.host, address.port, namespace);
  if (found) return found;
  throw new InputError([
    address
      ? {
          code: "destination-unknown",
          what: `the objects have no Service or workload behind "${given}", so that nothing says what selects its pods`,
          expected:
            "a Service with this port and its pods, a workload, or an address, as name.namespace:port",
          fix: "give the manifests that declare it: --file FILE",
        }
      : {
          code: "destination-unknown",
          what: `"${given}" is not a destination`,
          expected: "a host and a port from 1 to 65535, as postgres.data:5432 or [fd00::1]:5432",
          fix: "write it like that",
        },
  ]);
}
