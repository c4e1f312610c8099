import type { Problem } from "../problem.ts";

/** A file to be written; the path is relative and has forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
  /** What its user has to know. */
  readonly warning?: Problem;
}
