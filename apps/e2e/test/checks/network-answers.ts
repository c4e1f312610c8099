import { reach, type Endpoint, type KubernetesObject } from "@atlas/checks";
import { expect } from "vitest";
import type { PolicyWorld } from "../../src/engines/network-policy-engines.ts";

/** What `reach` says of each probe of a world, in which every address is known. */
export function answersOf({ namespaces, pods, policies, probes }: PolicyWorld): boolean[] {
  const objects = [...namespaces, ...policies];
  const byAddress = new Map(
    pods.map((pod) => [(pod as KubernetesObject & { status: { podIP: string } }).status.podIP, pod]),
  );
  const endpoint = (address: string): Endpoint => {
    const pod = byAddress.get(address);
    return pod ? { pod, address } : { address };
  };
  return probes.map(({ from, to, port, protocol }) => {
    const { allowed, unknown } = reach(objects, { from: endpoint(from), to: endpoint(to), port, protocol });
    expect(unknown).toEqual([]);
    return allowed;
  });
}
