import { didYouMean, displayName, identity, type KubernetesObject } from "@atlas/compose";
import { InputError as InvalidDefinition, loadValidatorsOf } from "@atlas/crd-codegen/validators-on-demand";
import { findingOf } from "./issue-finding.ts";
import type { Finding } from "@atlas/input";
import type { KindDefinition } from "./known-definitions.ts";

/**
 * What a CustomResourceDefinition has against an object of its kind: all that the API server refuses under strict field
 * validation, rules included. Undefined where the version states no schema.
 */
export async function definitionFindings(
  resource: KubernetesObject,
  crd: KindDefinition,
): Promise<readonly Finding[] | undefined> {
  const { validators, findings } = await checksOf(crd);
  if (findings.length > 0) return findings;
  const object = displayName(resource);
  const { group, version } = identity(resource);
  if (validators.has(version))
    return validators
      .get(version)
      ?.validate(resource)
      .map((issue) => findingOf(issue, object));
  const names = [...validators.keys()];
  return [
    {
      object,
      path: "apiVersion",
      code: "version-not-served",
      what: `${crd.metadata.name} serves no version "${version}"`,
      expected: `one of: ${names.map((name) => `${group}/${name}`).join(", ")}`,
      fix: didYouMean(version, names, "name a version that is served"),
    },
  ];
}

/**
 * What the API server has against the rules of a CustomResourceDefinition (`x-kubernetes-validations`), which it compiles: a
 * field that there is not, an operator that does not go with its types, what may take too long.
 */
export async function definitionRuleFindings(crd: KindDefinition): Promise<readonly Finding[]> {
  return (await checksOf(crd)).ofRules;
}

interface DefinitionChecks {
  readonly validators: Awaited<ReturnType<typeof loadValidatorsOf>>;
  /** What is wrong with the definition itself. */
  readonly findings: readonly Finding[];
  /** Of these, what is wrong with its rules. */
  readonly ofRules: readonly Finding[];
}

/** Composing is done when objects are validated: a definition is not changed any more. */
const known = new WeakMap<KindDefinition, Promise<DefinitionChecks>>();

function checksOf(crd: KindDefinition): Promise<DefinitionChecks> {
  const checks = known.get(crd) ?? makeChecks(crd);
  known.set(crd, checks);
  return checks;
}

async function makeChecks(crd: KindDefinition): Promise<DefinitionChecks> {
  try {
    return { validators: await loadValidatorsOf({ ...crd }), findings: [], ofRules: [] };
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    const findingOfProblem = ({ path, what, fix }: (typeof error.problems)[number]): Finding => ({
      code: "definition-malformed",
      object: displayName(crd),
      ...(path !== undefined && { path }),
      what,
      expected: "a structural schema, as the API server demands it",
      fix: fix ?? "correct the CustomResourceDefinition, or take a newer release of it",
    });
    const ofRules = error.problems.filter(({ code }) => code === "rule-malformed" || code === "rule-costly");
    return {
      validators: new Map(),
      findings: error.problems.map(findingOfProblem),
      ofRules: ofRules.map(findingOfProblem),
    };
  }
}
