import type { KubernetesObject } from "./kubernetes-object.ts";
import { kubectlName } from "./kubernetes-object.ts";
import type { Node } from "./node.ts";

/** What an answer rests on. */
export interface Reason {
  /** The object that decides; undefined where it is that there is none. */
  readonly object?: KubernetesObject;
  /** The value within the object, as `spec.containers[0].image`, also where it is the lack of one; empty for the whole. */
  readonly path: string;
  /** What that means, as a sentence without its full stop. */
  readonly text: string;
}

/** An answer, with all that it rests on. */
export interface Verdict {
  readonly allowed: boolean;
  readonly because: readonly Reason[];
}

/** An answer that may turn out otherwise, by what the objects do not say. */
export interface OpenVerdict extends Verdict {
  /** What could not be told; where there is anything, `allowed` is what is left if it allows and forbids nothing. */
  readonly unknown: readonly Reason[];
}

/** A reason that a value of an object is. */
export const reason = ({ object, path }: Node, text: string): Reason => ({ object, path, text });

/** A reason as one line: `Pod/shop: spec.hostPID: …`. */
export function printedReason({ object, path, text }: Reason): string {
  return [object && kubectlName(object), path, text].filter(Boolean).join(": ");
}

/** What several that all have to allow something say together: what refuses it, or else why each lets it through. */
export function united(verdicts: readonly OpenVerdict[]): OpenVerdict {
  const refusing = verdicts.filter(({ allowed }) => !allowed);
  return {
    allowed: refusing.length === 0,
    because: (refusing.length > 0 ? refusing : verdicts).flatMap(({ because }) => because),
    unknown: verdicts.flatMap(({ unknown }) => unknown),
  };
}
