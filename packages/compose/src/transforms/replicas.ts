import { fieldsOf, type KubernetesObject } from "../kubernetes/object.ts";

import { isObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";
import { isNamed, type Entry } from "./entry.ts";

/** How many pods the workloads of one name run. */
export interface ReplicaRecord {
  /** The name of a Deployment, StatefulSet, ReplicaSet or ReplicationController. */
  readonly name: string;
  readonly count: number;
}

const kinds = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);

/** Sets `spec.replicas` of the workloads that have, or had, the name. A record that matches nothing is a problem. */
export function applyReplicas(
  entries: readonly Entry<KubernetesObject>[],
  replicas: readonly ReplicaRecord[],
): Problem[] {
  if (replicas.length === 0) return [];
  const workloads = entries.filter(({ object }) => kinds.has(object.kind));
  const counts = new Map<string, number>();
  return replicas.flatMap(({ name, count }) => {
    if (!Number.isInteger(count) || count < 0 || count > 2 ** 31 - 1) return [malformed(name, count)];
    const matches = workloads.filter((entry) => isNamed(entry, name));
    if (matches.length === 0) return [unmatched(name, workloads)];
    const other = counts.get(name) ?? count;
    counts.set(name, count);
    for (const { object } of matches) {
      const fields = fieldsOf(object);
      const spec = isObject(fields["spec"]) ? fields["spec"] : {};
      spec["replicas"] = count;
      fields["spec"] = spec;
    }
    return other === count ? [] : [clash(name, other, count)];
  });
}

const path = "replicas";

const malformed = (name: string, count: unknown): Problem => ({
  code: "replicas-malformed",
  what: `"${name}" has the count ${JSON.stringify(count) ?? "undefined"}`,
  path,
  expected: "a whole number, 0 or more",
  fix: "give a number",
});

const clash = (name: string, one: number, other: number): Problem => ({
  code: "replicas-conflict",
  what: `two replica records of this layer set "${name}": ${one} and ${other}`,
  path,
  expected: "one record for each name",
  fix: "drop one of them",
});

function unmatched(name: string, workloads: readonly Entry<KubernetesObject>[]): Problem {
  const names = [...new Set(workloads.map(({ object }) => object.metadata.name))];
  return {
    code: "replicas-match-nothing",
    what: `the replicas of "${name}" match no workload`,
    path,
    expected: `the name of a ${[...kinds].join(", ")}: ${names.slice(0, 30).join(", ") || "(there is none)"}`,
    fix: didYouMean(name, names, "name the workload as the base does, or take the record out"),
  };
}
