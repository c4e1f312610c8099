import type { KubernetesObject } from "../objects/kubernetes-object.ts";

/** Why a kind could not be read. */
export interface Unread {
  /** Whether the cluster has such a kind at all. */
  readonly isServed: boolean;
  /** What the API server said. */
  readonly said: string;
}

/** What a cluster has, as far as it was read. */
export interface Live {
  /** The objects, as the API server returns them. */
  readonly objects: readonly KubernetesObject[];
  /** The kinds that could not be read, as `Kind.group`, of the core group as `Kind`. */
  readonly unread: ReadonlyMap<string, Unread>;
  /** The version of Kubernetes, as `1.34`. */
  readonly version?: string;
  /** When it was read, in milliseconds since 1970. */
  readonly now: number;
}

/** A kind as `Kind.group`; of the core group, as `Kind`. */
export const kindKey = (group: string, kind: string): string => [kind, group].filter(Boolean).join(".");
