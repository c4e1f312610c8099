import { settableFields, type KubernetesObject } from "../kubernetes/object.ts";

import { isObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";
import { anyValue, having, inTurn, listOfChecks, textCheck, withFields } from "../problems/field-checks.ts";
import { isNamed, type Entry } from "./entry.ts";
import { inElement, type Transform } from "./transform.ts";

/** How many pods the workloads of one name run. */
export interface ReplicaRecord {
  /** The name of a Deployment, StatefulSet, ReplicaSet or ReplicationController. */
  readonly name: string;
  readonly count: number;
}

const scaledKinds = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);

/** The field of a layer that says replicas. */
export interface ReplicaContent {
  readonly replicas: readonly ReplicaRecord[];
}

export const replicaTransform: Transform<ReplicaContent> = {
  field: "replicas",
  nothing: [],
  check: listOfChecks(inTurn(withFields({ name: anyValue, count: anyValue }), having({ name: textCheck }))),
  saysSomething: ({ replicas }) => replicas.length > 0,
  apply: ({ replicas }, { plain }) => applyReplicas(plain(), replicas),
  origin: ({ replicas }, _change, entry) =>
    inElement(
      replicas.findLastIndex(({ name }) => isNamed(entry, name)),
      "count",
    ),
};

/** Sets `spec.replicas` of the workloads that have, or had, the name. A record that matches nothing is a problem. */
function applyReplicas(
  entries: readonly Entry<KubernetesObject>[],
  replicas: readonly ReplicaRecord[],
): Problem[] {
  const workloads = entries.filter(({ object }) => scaledKinds.has(object.kind));
  const counts = new Map<string, number>();
  return replicas.flatMap(({ name, count }) => {
    if (!Number.isInteger(count) || count < 0 || count > 2 ** 31 - 1) return [malformedCount(name, count)];
    const matches = workloads.filter((entry) => isNamed(entry, name));
    if (matches.length === 0) return [unmatchedReplicas(name, workloads)];
    const other = counts.get(name) ?? count;
    counts.set(name, count);
    for (const { object } of matches) {
      const fields = settableFields(object);
      const spec = isObject(fields["spec"]) ? fields["spec"] : {};
      spec["replicas"] = count;
      fields["spec"] = spec;
    }
    return other === count ? [] : [countClash(name, other, count)];
  });
}

const replicasPath = "replicas";

const malformedCount = (name: string, count: unknown): Problem => ({
  code: "replicas-malformed",
  what: `"${name}" has the count ${JSON.stringify(count) ?? "undefined"}`,
  path: replicasPath,
  expected: "a whole number, 0 or more",
  fix: "give a number",
});

const countClash = (name: string, one: number, other: number): Problem => ({
  code: "replicas-conflict",
  what: `two replica records of this layer set "${name}": ${one} and ${other}`,
  path: replicasPath,
  expected: "one record for each name",
  fix: "drop one of them",
});

function unmatchedReplicas(name: string, workloads: readonly Entry<KubernetesObject>[]): Problem {
  const names = [...new Set(workloads.map(({ object }) => object.metadata.name))];
  return {
    code: "replicas-match-nothing",
    what: `the replicas of "${name}" match no workload`,
    path: replicasPath,
    expected: `the name of a ${[...scaledKinds].join(", ")}: ${names.slice(0, 30).join(", ") || "(there is none)"}`,
    fix: didYouMean(name, names, "name the workload as the base does, or take the record out"),
  };
}
