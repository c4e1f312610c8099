import type { Reason } from "../objects/verdict.ts";
import type { Pod } from "../objects/pod.ts";

/** How much the Pod Security Standards let a pod do. */
export type Level = "privileged" | "baseline" | "restricted";

/** One control of the Pod Security Standards, as it is in some versions. */
export interface Control {
  /** As the standards' reference implementation names it. */
  readonly name: string;
  readonly level: Exclude<Level, "privileged">;
  /** The minor versions of Kubernetes in which it reads so: from the first, up to but without the second. */
  readonly from: number;
  readonly until?: number;
  /** The control of the level baseline that it stands in for. */
  readonly replaces?: string;
  /** What breaks it. */
  readonly find: (pod: Pod) => readonly Reason[];
}
