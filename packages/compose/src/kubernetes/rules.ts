import type { ProblemCode } from "../codes.ts";

/** What an object breaks of its builder's rules. */
export interface BrokenRule {
  /** What the rule is called, after the name of its builder: `istio/host-malformed`. */
  readonly code?: ProblemCode;
  /** The place in the object, as `spec.egress[0].hosts[1]`. */
  readonly path: string;
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  /** What would have been right. */
  readonly expected: string;
  /** How to fix it. */
  readonly fix: string;
}

/** The rules of a builder: what an object breaks of them. Patches may have put anything anywhere in it. */
export type Rules = (object: unknown) => readonly BrokenRule[];

// Known by its name, so that a package of builders hands rules over without importing this one, whatever its copy.
const keyOfRules: unique symbol = Symbol.for("@atlas/compose/rules");

/**
 * Hands the rules of a builder along with the object that it makes, and gives the object back. `compose` holds what a layer
 * makes of the object against them, and names the patch that breaks one.
 *
 * They are a property that is not enumerable, called `Symbol.for("@atlas/compose/rules")`: nothing of it is rendered, and a
 * copy of the object is free of them.
 *
 * @example
 * const queue = (size: number) =>
 *   withRules({ apiVersion: "example.com/v1", kind: "Queue", metadata: { name: "orders" }, spec: { size } }, (object) =>
 *     (object as { spec?: { size?: unknown } }).spec?.size === 0
 *       ? [{ path: "spec.size", what: "the queue holds nothing", expected: "1 or more", fix: "give it room" }]
 *       : [],
 *   );
 */
export function withRules<O extends object>(object: O, rules: Rules): O {
  return Object.defineProperty(object, keyOfRules, { value: rules });
}

/** The rules of the builder that has made an object; undefined where there are none. */
export function builderRules(object: object): Rules | undefined {
  const { [keyOfRules]: rules } = object as { readonly [keyOfRules]?: unknown };
  return typeof rules === "function" ? (rules as Rules) : undefined;
}
