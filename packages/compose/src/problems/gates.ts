import { featureGates } from "../kubernetes/feature-gates.ts";

/** A feature gate that is off by default in a version of Kubernetes. */
export interface Gate {
  readonly name: string;
  readonly stage: "alpha" | "beta";
}

/** By definition, as `core.v1.Volume`, the fields with the line of their gate: most definitions have none. */
const gated = new Map<string, ReadonlyMap<string, string>>();

/** The fields of a definition that are behind a gate in some version, each with what `gateIn` reads. */
export function gatedFieldsOf(definition: string): ReadonlyMap<string, string> {
  const fields = gated.get(definition) ?? searchLines(` ${definition}.`);
  gated.set(definition, fields);
  return fields;
}

/** Of hundreds of fields an object may have a few: they are searched for, and the table is not read as a whole. */
function searchLines(wanted: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let at = featureGates.indexOf(wanted);
  while (at >= 0) {
    const line = featureGates.slice(featureGates.lastIndexOf("\n", at) + 1, featureGates.indexOf("\n", at));
    const [name = ""] = featureGates.slice(at + wanted.length).split(/[ \n]/, 1);
    fields.set(name, line);
    at = featureGates.indexOf(wanted, at + 1);
  }
  return fields;
}

/** The gate of a line that keeps its fields from having any effect in a minor version. */
export function gateIn(line: string, minor: number): Gate | undefined {
  const [name = "", off = ""] = line.split(" ", 2);
  const stage = off.split(",").find((each) => each.startsWith(String(minor)));
  return stage === undefined ? undefined : { name, stage: stage.endsWith("a") ? "alpha" : "beta" };
}
