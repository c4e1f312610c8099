import { bySubdomain, type NameForm } from "../metadata/name.ts";
import { foreignMetadata, ownMetadata } from "../metadata/object-metadata.ts";
import type { Rule } from "../rule/rule.ts";

/** What the API server asks of a kind. */
export interface KindRules {
  readonly rule: Rule;
  readonly name: NameForm;
  readonly metadata: Rule;
  readonly isNamespaced: boolean;
}

/** What it asks of several, by apiVersion and kind: `apps/v1/Deployment`. */
export type Kinds = Readonly<Record<string, KindRules>>;

const noRule: Rule = () => {};

export const namespaced = (rule: Rule = noRule, name: NameForm = bySubdomain): KindRules => ({
  rule,
  name,
  metadata: ownMetadata,
  isNamespaced: true,
});

export const clusterWide = (rule: Rule = noRule, name: NameForm = bySubdomain): KindRules => ({
  ...namespaced(rule, name),
  isNamespaced: false,
});

/** A kind whose finalizers need no domain. */
export const lax = (kind: KindRules): KindRules => ({ ...kind, metadata: foreignMetadata });
