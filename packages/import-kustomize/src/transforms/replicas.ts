import type { ReplicaRecord } from "@atlas/compose";
import { namespacedName, type Tracked } from "../model/state.ts";
import { child, elementCursors, isYamlRecord, report, textIn, type Cursor } from "../read/cursor.ts";
import { onlyFields } from "../read/fields.ts";
import { transform, type SourceTransform } from "./transform.ts";
import { lookedInto } from "./workloads.ts";

export const sourceReplicas: SourceTransform = {
  field: "replicas",
  saidBy: ["replicas"],
  phase: "workloads",
  read(root) {
    const records = elementCursors(root, "replicas").flatMap((cursor) => replicaIn(cursor) ?? []);
    if (records.length === 0) return undefined;
    return (work) => {
      const known = lookedInto(work, "replicas");
      const replicas = records.filter(
        ({ name }) => known.length === work.state.length || isObjectNamed(known, name),
      );
      if (replicas.length === 0) return undefined;
      const current = replicas.flatMap((record) => replicasNow(record, known));
      return transform(work, "replicas", { replicas }, { replicas: current });
    };
  },
};

function replicaIn(cursor: Cursor): ReplicaRecord | undefined {
  onlyFields(cursor, ["name", "count"]);
  const name = textIn(child(cursor, "name"));
  const count = isYamlRecord(cursor.value) ? cursor.value["count"] : undefined;
  if (name !== undefined && typeof count === "number") return { name, count };
  report(cursor, "the replicas lack name or count", "a name and a number", "state both");
  return undefined;
}

const isObjectNamed = (state: readonly Tracked[], wanted: string): boolean =>
  state.some(({ current, earlier }) =>
    [...earlier, namespacedName(current)].some(({ name }) => name === wanted),
  );

/** A record by the names that its workloads have by now. */
function replicasNow(record: ReplicaRecord, state: readonly Tracked[]): ReplicaRecord[] {
  const named = state.filter(({ earlier }) => earlier.some(({ name }) => name === record.name));
  const names = new Set(named.map(({ current }) => current.metadata.name));
  return names.size === 0 ? [record] : [...names].map((name) => ({ ...record, name }));
}
