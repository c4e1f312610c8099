/** An object, as a finding names it. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** How bad it is: an error does not work, a warning does not work in every cluster, or not for long. */
export type Severity = "error" | "warning";

/**
 * Something of an object that will not work.
 *
 * @typeParam Code the closed list that its code is of.
 */
export interface Finding<Code extends string = string> {
  /** One of a closed list, as `memory-unlimited`. */
  readonly code: Code;
  readonly severity: Severity;
  readonly object: ObjectReference;
  /** Where in the object; empty for it as a whole. */
  readonly path: readonly (string | number)[];
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  readonly fix?: string;
  readonly link?: string;
}
