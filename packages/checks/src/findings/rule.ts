import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { RuleCode } from "./code.ts";
import type { Severity } from "./finding.ts";
import type { World } from "./world.ts";

/** What a rule has found, and where. */
export interface Found {
  readonly object: KubernetesObject;
  /** As a reason has it: `spec.containers[0].image`; empty for the object as a whole. */
  readonly path: string;
  readonly what: string;
  /** Where it is fixed otherwise than the rule says. */
  readonly fix?: string;
  /** Where it is worse or better than the rule says. */
  readonly severity?: Severity;
}

/** One thing that is looked for. */
export interface Rule {
  /** As findings and whoever ignores one name it; it never changes. */
  readonly code: RuleCode;
  readonly severity: Severity;
  /** Why it will not work, as a sentence. */
  readonly why: string;
  /** How it is fixed, as a clause without a full stop. */
  readonly fix: string;
  /** Where that is documented. */
  readonly link: string;
  /** Codes that say less of the same: what this rule finds, they do not say of that place again. */
  readonly insteadOf?: readonly RuleCode[];
  /** Whether it is only wrong of what is kept in a repository, which manifests of somebody else's may not be. */
  readonly isAboutCommits?: boolean;
  readonly find: (world: World) => readonly Found[];
}

/** What is wrong with a value of an object, or with the lack of one. */
export const found = (
  { object, path }: Pick<Found, "object" | "path">,
  what: string,
  more: Pick<Found, "fix" | "severity"> = {},
): Found => ({ object, path, what, ...more });
