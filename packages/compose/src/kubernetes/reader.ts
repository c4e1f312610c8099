import type { KubernetesObject } from "./object.ts";

/** Reads the files that layers name by URL, which this package does not. */
export interface Reader {
  /** The object in an external file. */
  (source: URL): KubernetesObject;
  /** The content of a file that a generator takes. */
  readonly bytes?: (source: URL) => Uint8Array;
}
