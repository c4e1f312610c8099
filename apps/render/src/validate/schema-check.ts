import { acceptedFor } from "@atlas/checks/api-server/by-kind";
import { didYouMean, displayName, type KubernetesObject, type Resource } from "@atlas/compose";
import { schemaProblems } from "@atlas/compose/validation";
import { toJson } from "@atlas/compose/yaml";
import { mismatches } from "./external-identity.ts";
import { isAsGenerated, opened } from "../read/external.ts";
import { isEncrypted, type Finding } from "@atlas/input";
import { isIstio, istioFindings } from "./istio-objects.ts";
import { ruleFindingsOf } from "./definition-rules.ts";
import { isDefinition, type KindDefinition, type KnownDefinitions } from "./known-definitions.ts";
import { rememberedByContent } from "../read/remembered.ts";
import { ruleCheckOf, type RuleCheck } from "./rule-check.ts";

/**
 * What schemas and the API server's own rules have against objects; the kinds of which no schema is known, by the first object
 * of each, and what else is only worth knowing.
 */
export interface SchemaCheck {
  readonly problems: readonly Finding[];
  readonly unknown: readonly Finding[];
}

/** The objects of an environment, and what they are held against. */
export interface CheckedObjects {
  readonly resources: readonly Resource[];
  readonly definitions: KnownDefinitions;
  /** That of Kubernetes, as "1.34"; the newest that is known if it is undefined. */
  readonly version: string | undefined;
  /** Whether there are more environments, of which most objects are the same: each is looked at once. */
  readonly isOneOfMany: boolean;
}

/**
 * Holds objects against their schemas: of a kind with a CustomResourceDefinition against that, of Kubernetes' and Istio's
 * kinds against those that come along, and all of them against the API server's own rules. Unknown fields are refused. A file
 * that a generator has validated is passed on, and so is what SOPS has encrypted.
 */
export async function checkSchemas(checked: CheckedObjects): Promise<SchemaCheck> {
  const { definitions, version, isOneOfMany } = checked;
  const resources = checked.resources.filter((resource) => !isAsGenerated(resource));
  // Only the rules that these kinds need are loaded.
  const accepted = await acceptedFor(resources);
  const look = isOneOfMany ? lookedAtOnce : lookAt;
  const problems: Finding[] = [];
  const notes: Finding[] = [];
  const unknown = new Map<string, Finding>();
  for (const resource of resources) {
    const object = opened(resource);
    if (isEncrypted(object)) {
      problems.push(...mismatches(resource, object));
      notes.push(encrypted(resource));
      continue;
    }
    const crd = definitions.of(resource);
    const { schema, rules } = look({ object, version, accepted, isDefined: crd !== undefined });
    const found = crd ? await findingsByDefinition(object, crd) : schema;
    if (isDefinition(object)) problems.push(...(await ruleFindingsOf(object)));
    notes.push(...rules.notes);
    problems.push(
      ...mismatches(resource, object),
      ...(found ?? []),
      ...rules.problems.filter(({ path }) => !found?.some((each) => each.path === path)),
    );
    const name = `${resource.apiVersion} ${resource.kind}`;
    if (!found && !unknown.has(name)) unknown.set(name, noSchema(resource, definitions));
  }
  return { problems: saidOnce(problems), unknown: [...unknown.values(), ...notes] };
}

/** What is wrong with a definition is found with each object of its kind. */
const saidOnce = (problems: readonly Finding[]): readonly Finding[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

interface Looked {
  readonly object: KubernetesObject;
  readonly version: string | undefined;
  readonly accepted: Awaited<ReturnType<typeof acceptedFor>>;
  /** Whether a CustomResourceDefinition says what is right. */
  readonly isDefined: boolean;
}

/** What is wrong with an object by its own content; the schema is undefined where none is known here. */
function lookAt({ object, version, accepted, isDefined }: Looked): {
  readonly schema: readonly Finding[] | undefined;
  readonly rules: RuleCheck;
} {
  const given = { isDeclared: true, ...(version !== undefined && { version }) };
  const rules = ruleCheckOf(object, accepted(object, given));
  if (isDefined) return { schema: undefined, rules };
  if (isIstio(object)) return { schema: istioFindings(object), rules };
  const { problems, notes = [] } = schemaProblems(object, version) ?? {};
  return {
    schema: problems,
    rules: notes.length === 0 ? rules : { ...rules, notes: [...rules.notes, ...notes] },
  };
}

const lookedAtOnce = rememberedByContent(lookAt, ({ object, version, isDefined }) =>
  [version, isDefined, toJson(object)].join(" "),
);

async function findingsByDefinition(
  object: KubernetesObject,
  crd: KindDefinition,
): Promise<readonly Finding[] | undefined> {
  const { definitionFindings } = await import("./definition-check.ts");
  return definitionFindings(object, crd);
}

const encrypted = (resource: Resource): Finding => ({
  object: displayName(resource),
  code: "object-encrypted",
  what: "SOPS has encrypted the object, so nobody has looked at its fields",
  expected: "that what applies it decrypts it",
  fix: "see to it that it does, as Flux does where a Kustomization states spec.decryption",
});

function noSchema(resource: Resource, definitions: KnownDefinitions): Finding {
  const { apiVersion, kind } = resource;
  const fix = "state its CustomResourceDefinition among the crds of a layer, or correct apiVersion and kind";
  return {
    object: displayName(resource),
    code: "schema-unknown",
    what: `no schema is known for ${apiVersion} ${kind}, so nobody has looked at its fields`,
    expected: "a kind of Kubernetes or Istio, or one whose CustomResourceDefinition a layer has or names",
    fix: didYouMean(kind, definitions.kindsBeside(resource), fix),
  };
}
