import type { Observed } from "./model.ts";

/** Where something else than the model judges otherwise. */
export interface Gap {
  /** What it is, as a clause without a full stop. */
  readonly what: string;
  /** Whether an object is one of those. */
  readonly applies: (object: Observed) => boolean;
}
