import { reach } from "@atlas/checks";
import { displayName, type KubernetesObject } from "@atlas/compose";
import { answerOf, type Answer, type PlaceOf } from "./answer.ts";
import { callersOf, outwardOf, workloadsOf, type Outward, type Port, type Workload } from "./parties.ts";
import type { Party } from "./party.ts";

/** Who may talk to whom. */
export interface Connections {
  readonly workloads: readonly Workload[];
  readonly callers: readonly Party[];
  readonly outward: readonly Outward[];
  /** By the index of the caller, the workload and its port; undefined for a workload that calls itself. */
  readonly inbound: readonly (readonly (readonly (Answer | undefined)[])[])[];
  /** By the index of the workload and of what it calls. */
  readonly outbound: readonly (readonly Answer[])[];
  /** What the proxies of workloads know, by the Sidecars among the objects. */
  readonly known: readonly KnownHosts[];
}

/** The hosts that a Sidecar names, and what becomes of others. */
export interface KnownHosts {
  readonly sidecar: string;
  readonly hosts: readonly string[];
  readonly others: string;
  readonly place: string | undefined;
}

interface Sidecar {
  readonly spec?: {
    readonly outboundTrafficPolicy?: { readonly mode?: string };
    readonly egress?: readonly { readonly hosts?: readonly string[] }[];
  };
}

const knownHosts = (objects: readonly KubernetesObject[], placeOf: PlaceOf): readonly KnownHosts[] =>
  objects
    .filter(({ kind }) => kind === "Sidecar")
    .map((object) => {
      const { outboundTrafficPolicy, egress = [] } = (object as Sidecar).spec ?? {};
      const isClosed = outboundTrafficPolicy && outboundTrafficPolicy.mode !== "ALLOW_ANY";
      return {
        sidecar: displayName(object),
        hosts: egress.flatMap(({ hosts = [] }) => hosts),
        others: isClosed ? "dropped" : "let through in plain text",
        place: placeOf({ object, path: "spec.egress", text: "" }),
      };
    });

/** Asks of each connection that a person may think of whether it gets through, and why. */
export function connectionsOf(objects: readonly KubernetesObject[], placeOf: PlaceOf): Connections {
  const workloads = workloadsOf(objects);
  const [callers, outward] = [callersOf(objects, workloads), outwardOf(objects, workloads)];
  const ask = (from: Party, to: Party, { port, protocol }: Port): Answer =>
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
