import { bySubdomain, type NameRule } from "../metadata/name.ts";
import { foreignMetadata, ownMetadata } from "../metadata/object-metadata.ts";
import type { Rule } from "../rule/rule.ts";

/** What the API server asks of a kind. */
export interface Kind {
  readonly rule: Rule;
  readonly name: NameRule;
  readonly metadata: Rule;
  readonly isNamespaced: boolean;
}

/** What it asks of several, by apiVersion and kind: `apps/v1/Deployment`. */
export type Kinds = Readonly<Record<string, Kind>>;

const none: Rule = () => {};

export const namespaced = (rule: Rule = none, name: NameRule = bySubdomain): Kind => ({
  rule,
  name,
  metadata: ownMetadata,
  isNamespaced: true,
});

export const clusterWide = (rule: Rule = none, name: NameRule = bySubdomain): Kind => ({
  ...namespaced(rule, name),
  isNamespaced: false,
});

/** A kind whose finalizers need no domain. */
export const lax = (kind: Kind): Kind => ({ ...kind, metadata: foreignMetadata });
