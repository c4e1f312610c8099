import type { IstioCode } from "../codes.ts";

/** The place of a call in the file that makes it; lines and columns count from 1. */
export interface CallPlace {
  readonly label: "call";
  /** The path or URL of the module, as the runtime names it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What of the call is meant: one of its arguments, and the fields in it. */
  readonly within?: { readonly argument: number; readonly fields: readonly string[] };
}

/** One thing that is wrong with what a builder was given, said so that a person can correct it. */
export interface Problem {
  /** One of a closed list, as `istio/host-malformed`; it keeps its meaning, whatever the words become. */
  readonly code: IstioCode;
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  /** The object, as `Sidecar/shop`. */
  readonly object?: string;
  /** The place in the object, or in what the builder was given: `spec.egress[0].hosts[1]`, `destinations[2].host`. */
  readonly path: string;
  /** The call, where the runtime tells. */
  readonly places: readonly CallPlace[];
  /** What would have been right. */
  readonly expected: string;
  /** How to correct it. */
  readonly fix: string;
}

/**
 * Thrown once by a builder with all that is wrong with what it was given. Its problems have the form of those of
 * `@atlas/compose`, and `atlas-render` shows them alike: with the line of the call.
 */
export class IstioError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join("\n"));
    this.name = "IstioError";
    this.problems = problems;
  }
}

function problemText({ object, path, what, expected, fix, places }: Problem): string {
  const where = places.map(({ file, line, column }) => ` (${file}:${line}:${column})`).join("");
  return `${[object, path, what].filter(Boolean).join(": ")}: expected ${expected}; ${fix}${where}`;
}
