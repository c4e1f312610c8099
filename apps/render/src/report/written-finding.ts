/** How stdin is called where a file would be. */
export const stdin = "stdin";

/** What was found, as programs are told of it. */
export interface WrittenFinding {
  readonly code: string;
  readonly severity: "error" | "warning";
  /** The environment, or the file. */
  readonly subject?: string;
  readonly object?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  /** The place in the object, as `spec.replicas`; empty for it as a whole. */
  readonly path: string;
  readonly what: string;
  readonly expected?: string;
  readonly fix?: string;
  /** As editors open it; left out where nothing tells. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
