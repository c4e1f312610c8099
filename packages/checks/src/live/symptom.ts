import type { Severity } from "../findings/finding.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { explainLive, type LiveCode } from "./codes.ts";

/** Something that is wrong in a cluster, and what to do. */
export interface Symptom {
  readonly code: LiveCode;
  readonly severity: Severity;
  /** The object: a rendered one of what is missing, else one of the cluster. */
  readonly object: KubernetesObject;
  /** As a reason has it; empty for the object as a whole. */
  readonly path: string;
  readonly what: string;
  readonly fix: string;
}

/** A symptom of a code. */
export const symptom = (
  code: LiveCode,
  object: KubernetesObject,
  { path = "", what, fix }: { readonly path?: string; readonly what: string; readonly fix: string },
): Symptom => ({ code, severity: explainLive(code).severity, object, path, what, fix });
