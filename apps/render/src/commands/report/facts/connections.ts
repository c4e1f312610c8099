import { reach } from "@atlas/checks";
import type { KubernetesObject } from "@atlas/compose";
import { answerOf, type Answer, type PlaceOf } from "./answer.ts";
import {
  callersOf,
  outwardOf,
  workloadsOf,
  type Outward,
  type NamedPort,
  type WorkloadParty,
} from "./parties.ts";
import { knownHosts, type KnownHosts } from "./known-hosts.ts";
import type { Party } from "./party.ts";

/** Who may talk to whom. */
export interface Connections {
  readonly workloads: readonly WorkloadParty[];
  readonly callers: readonly Party[];
  readonly outward: readonly Outward[];
  /** By the index of the caller, the workload and its port; undefined for a workload that calls itself. */
  readonly inbound: readonly (readonly (readonly (Answer | undefined)[])[])[];
  /** By the index of the workload and of what it calls. */
  readonly outbound: readonly (readonly Answer[])[];
  /** What the proxies of workloads know, by the Sidecars among the objects. */
  readonly known: readonly KnownHosts[];
}

/** Asks of each connection that a person may think of whether it gets through, and why. */
export function connectionsOf(objects: readonly KubernetesObject[], placeOf: PlaceOf): Connections {
  const workloads = workloadsOf(objects);
  const [callers, outward] = [callersOf(objects, workloads), outwardOf(objects, workloads)];
  const ask = (from: Party, to: Party, { port, protocol }: NamedPort): Answer =>
    answerOf(
      reach([...objects, ...from.beside, ...to.beside], {
        from: from.endpoint,
        to: to.endpoint,
        port,
        protocol,
      }),
      placeOf,
    );
  return {
    workloads,
    callers,
    outward,
    inbound: callers.map((caller) =>
      workloads.map((workload) =>
        workload.ports.map((port) => (caller === workload ? undefined : ask(caller, workload, port))),
      ),
    ),
    outbound: workloads.map((workload) => outward.map((each) => ask(workload, each, each.port))),
    known: knownHosts(objects, placeOf),
  };
}
