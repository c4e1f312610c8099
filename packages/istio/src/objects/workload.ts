import type { Origin } from "../rules/call.ts";
import { isRecord, valueAtPath, type BuilderRule } from "../rules/rules.ts";

/** The metadata of a policy; builders state its name, environments what they add. */
export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Labels of pods, by which they are selected. */
export type Labels = Readonly<Record<string, string>>;

/** The workload that a mesh policy selects. */
export interface Workload {
  /** `metadata.name` of the policy objects made for it. */
  readonly name: string;
  /** Labels of its pods. A policy without labels would select every workload of its namespace. */
  readonly labels: Labels;
}

/** What of the workload, the first argument of each builder, becomes the selector at a path. */
export const selectorFrom = (path: string): Origin => [path, 0, "labels"];

/** A policy selects pods by at least one label: Istio takes an empty selector for the whole namespace. */
export function selectsPods(...fields: readonly string[]): BuilderRule {
  return (object) => {
    const labels = valueAtPath(object, ...fields);
    if (isRecord(labels) && Object.keys(labels).length > 0) return [];
    return [
      {
        path: fields.join("."),
        code: "istio/labels-missing",
        what: "without labels the policy would select every pod of the namespace",
        expected: "the labels of the workload's pods",
        fix: "give at least one",
      },
    ];
  };
}
