import { printedReason, reach, type KubernetesObject, type Protocol as Transport } from "@atlas/checks";
import { outbound, type Destination, type UnknownDestinations } from "@atlas/istio";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  caller,
  covers,
  destinationLists,
  home,
  probed,
  surroundings,
  targets,
  type Target,
} from "./outbound-world.ts";

const numRuns = Number(process.env["CHECKS_CASES"] ?? 2000) / 20;
const seed = Number(process.env["CHECKS_SEED"] ?? 1);

const pod: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "shop", namespace: home, labels: caller.labels } as KubernetesObject["metadata"],
  spec: { containers: [{ name: "a", image: "a" }] },
} as KubernetesObject;

interface Probe extends Target {
  readonly port: number;
  readonly transport: Transport;
}

const probes: readonly Probe[] = targets.flatMap((target) =>
  probed.flatMap((port) =>
    (["TCP", "UDP", "SCTP"] as const).map((transport) => ({ ...target, port, transport })),
  ),
);

/** What of a list there is, with what is made of it, and where a pod that is in the mesh or not gets through. */
function world(
  destinations: readonly Destination[],
  unknownDestinations: UnknownDestinations,
  isMesh: boolean,
): readonly {
  readonly probe: Probe;
  readonly isMeant: boolean;
  readonly isReached: boolean;
  readonly why: string;
}[] {
  const { objects } = outbound(caller, { destinations, unknownDestinations });
  const own = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: home } }));
  const all = [...surroundings(destinations, isMesh), ...own, pod];
  return probes.map((probe) => {
    const { endpoint, port, transport } = probe;
    const { allowed, because, unknown } = reach(all, {
      from: { pod },
      to: endpoint,
      port,
      protocol: transport,
    });
    expect(unknown.map(printedReason)).toEqual([]);
    return {
      probe,
      isMeant: destinations.some((each) => covers(each, probe, port, transport, isMesh)),
      isReached: allowed,
      why: because.map(printedReason).join("; "),
    };
  });
}

test.each([
  ["through its proxy", true],
  ["without a proxy", false],
])(
  "a workload reaches, %s, each of its destinations and nothing else",
  (_name, isMesh) => {
    let [meant, reached] = [0, 0];
    fc.assert(
      fc.property(destinationLists, (destinations) => {
        const answers = world(destinations, "REGISTRY_ONLY", isMesh);
        expect(answers.filter(({ isMeant, isReached }) => isMeant !== isReached).slice(0, 3)).toEqual([]);
        meant += answers.filter(({ isMeant }) => isMeant).length;
        reached += answers.length;
      }),
      { numRuns, seed },
    );
    // Lists that nothing is in, or all, would prove nothing.
    expect(meant / reached).toBeGreaterThan(0.01);
    expect(meant / reached).toBeLessThan(0.5);
  },
  120_000,
);

test("a workload that may call what is unknown reaches each of its destinations, too", () => {
  fc.assert(
    fc.property(destinationLists, (destinations) => {
      const answers = world(destinations, "ALLOW_ANY", true);
      expect(answers.filter(({ isMeant, isReached }) => isMeant && !isReached).slice(0, 3)).toEqual([]);
    }),
    { numRuns: numRuns / 5, seed },
  );
});
