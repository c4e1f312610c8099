import type { ObjectFinding } from "@atlas/checks";
import { didYouMean, displayName, identity, type KubernetesObject } from "@atlas/compose";
import { schemaProblems, unknownKind } from "@atlas/compose/validation";
import { releases, type ReleaseFacts } from "@atlas/manifests/releases";
import { customObjectProblems, isOurs } from "../../validate/custom-objects.ts";
import { isIstio } from "../../validate/istio-objects.ts";
import { definitionsAmong, type KnownDefinitions } from "../../validate/known-definitions.ts";
import { shownPlace } from "./checked.ts";
import { findingAbout, type SchemaFinding } from "./schema-findings.ts";
import type { Subject } from "./subject.ts";

/**
 * What composing and rendering say of an environment, and nobody has said of manifests that somebody else has rendered: objects
 * of one identity, what the CustomResourceDefinitions among them refuse, and kinds that nobody knows.
 */
export async function manifestFindings(subject: Subject): Promise<readonly ObjectFinding[]> {
  const { objects } = subject;
  return [...repeatedObjects(subject), ...(await customFindings(objects))];
}

/** Each object that has the identity of one before it: of those that are applied, the last stays. */
function repeatedObjects({ objects, placesOf }: Subject): readonly ObjectFinding[] {
  const seen = new Map<string, KubernetesObject>();
  return objects.flatMap((object) => {
    const { group, kind, namespace, name } = identity(object);
    const key = JSON.stringify([group, kind, namespace, name]);
    const first = seen.get(key);
    if (first === undefined) return (seen.set(key, object), []);
    const { file, line, column } = shownPlace(placesOf([{ object: first, path: [] }])[0]);
    const at = file === undefined ? "" : `, as at ${file}:${line}:${column}`;
    return [
      findingAbout(object, {
        code: "object-repeated",
        what: `two objects are ${displayName(object)}${namespace === undefined ? "" : ` in ${namespace}`}${at}`,
        fix: "rename one of them, or leave one out; check those of two clusters one after the other",
      }),
    ];
  });
}

/** What is wrong in objects of kinds that are not Kubernetes' or Istio's own; of a kind that nobody knows, the first one. */
async function customFindings(objects: readonly KubernetesObject[]): Promise<readonly ObjectFinding[]> {
  const definitions = definitionsAmong(objects);
  const unknown = new Set<string>();
  const found: ObjectFinding[] = [];
  for (const object of objects) {
    const findings = await findingsByItsDefinition(object, definitions);
    if (findings !== undefined) found.push(...findings.map((each) => findingAbout(object, each)));
    else if (!unknown.has(kindKeyOf(object))) {
      unknown.add(kindKeyOf(object));
      found.push(findingAbout(object, schemaMissing(object, definitions)));
    }
  }
  return found;
}

const kindKeyOf = ({ apiVersion, kind }: KubernetesObject): string => `${apiVersion} ${kind}`;

/** What whoever knows the kind of an object has against it, beside what rules and schemas say; undefined for a kind of nobody. */
async function findingsByItsDefinition(
  object: KubernetesObject,
  definitions: KnownDefinitions,
): Promise<readonly SchemaFinding[] | undefined> {
  if (isIstio(object) || schemaProblems(object) !== undefined || unknownKind(object) !== undefined) return [];
  const definition = definitions.of(object);
  if (isOurs(object) && judgedByRules.has(object.kind)) return [];
  if (definition === undefined)
    return isOurs(object) && !isOfARelease(object) ? unknownOfOurs(object) : undefined;
  const { definitionFindings } = await import("../../validate/definition-check.ts");
  const findings = await definitionFindings(object, definition);
  // What is wrong in the definition is said of it; nothing can be held against it then.
  return findings?.every((each) => each.object === displayName(object)) ? findings : undefined;
}

const unknownOfOurs = (object: KubernetesObject): readonly SchemaFinding[] =>
  customObjectProblems(object)
    .filter(({ code }) => code === "kind-unknown")
    .map(({ expected, ...problem }) => ({
      ...problem,
      path: "kind",
      fix: [problem.fix, expected].filter(Boolean).join("; expected "),
    }));

/** Kinds that a rule holds against their validators. */
const judgedByRules: ReadonlySet<string> = new Set(["AtlasSchema", "AtlasMigration"]);

/** Whether another release brings the kind, of which no validator is here. */
const isOfARelease = ({ kind }: KubernetesObject): boolean =>
  releases.some(({ kinds = [] }: ReleaseFacts) => kinds.includes(`${kind.toLowerCase()}s`));

function schemaMissing(object: KubernetesObject, definitions: KnownDefinitions): SchemaFinding {
  const fix = "give its CustomResourceDefinition among the files, or correct apiVersion and kind";
  return {
    code: "schema-unknown",
    severity: "warning",
    what: `no schema is known for ${kindKeyOf(object)}, so nobody has looked at its fields`,
    fix: didYouMean(object.kind, definitions.kindsBeside(object), fix),
  };
}
