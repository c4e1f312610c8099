import { featureGates } from "../kubernetes/feature-gates.ts";

/** A feature gate that is off by default in a version of Kubernetes. */
export interface Gate {
  readonly name: string;
  readonly stage: "alpha" | "beta";
}

/** By definition, as `core.v1.Volume`, the fields with the line of their gate: most definitions have none. */
const gated = new Map<string, Map<string, string>>();

/** The fields of a definition that are behind a gate in some version, each with what `gateIn` reads. */
export function gatedFieldsOf(definition: string): ReadonlyMap<string, string> | undefined {
  if (gated.size === 0) readLines();
  return gated.get(definition);
}

/** The gate of a line that keeps its fields from having any effect in a minor version. */
export function gateIn(line: string, minor: number): Gate | undefined {
  const [name = "", off = ""] = line.split(" ", 2);
  const stage = off.split(",").find((each) => each.startsWith(String(minor)));
  return stage === undefined ? undefined : { name, stage: stage.endsWith("a") ? "alpha" : "beta" };
}

function readLines(): void {
  for (const line of featureGates.split("\n"))
    for (const field of line.split(" ").slice(2)) {
      const end = field.lastIndexOf(".");
      const fields = gated.get(field.slice(0, end)) ?? new Map<string, string>();
      gated.set(field.slice(0, end), fields.set(field.slice(end + 1), line));
    }
}
