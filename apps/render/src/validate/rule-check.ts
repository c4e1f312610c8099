import { displayName, type KubernetesObject } from "@atlas/compose";
import type { Code, Finding as RuleFinding } from "@atlas/checks/api-server/by-kind";
import type { Finding } from "@atlas/input";
import { printedSteps } from "@atlas/compose/places";

/** What the API server has against an object by the rules that no schema states, and what is only worth knowing. */
export interface RuleCheck {
  readonly problems: readonly Finding[];
  readonly notes: readonly Finding[];
}

/** What the rules of the API server have found in an object, by whether it is refused for it. */
export function ruleCheckOf(object: KubernetesObject, found: readonly RuleFinding<Code>[]): RuleCheck {
  if (found.length === 0) return nothingBroken;
  const of = displayName(object);
  return {
    problems: found.filter(({ severity }) => severity === "error").map((each) => ruleFinding(of, each)),
    // Of namespaces that are missing, compose says what is to be said.
    notes: found
      .filter(({ severity, code }) => severity === "warning" && code !== "namespace-missing")
      .map((each) => ruleFinding(of, each)),
  };
}

const nothingBroken: RuleCheck = { problems: [], notes: [] };

const ruleFinding = (object: string, { code, path, what, fix, link }: RuleFinding<Code>): Finding => ({
  code,
  object,
  ...(path.length > 0 && { path: printedSteps(path) }),
  what,
  ...(fix !== undefined && { fix: link === undefined ? fix : `${fix}; see ${link}` }),
});
