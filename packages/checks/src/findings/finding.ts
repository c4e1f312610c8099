/** The object that a finding is about. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Something wrong with an object, or likely to be. */
export interface Finding {
  /** One of a closed list, by which findings are told apart: `container-name-repeated`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly object: ObjectReference;
  /** Where in the object, as `["spec", "containers", 0, "image"]`; empty for the object as a whole. */
  readonly path: readonly (string | number)[];
  /** A clause without its full stop, in plain English. */
  readonly what: string;
  /** How to mend it. */
  readonly fix?: string;
  /** Where the rule is explained. */
  readonly link?: string;
}
