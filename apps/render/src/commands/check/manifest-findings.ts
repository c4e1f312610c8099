import type { ObjectFinding } from "@atlas/checks";
import { didYouMean, displayName, identity, type KubernetesObject } from "@atlas/compose";
import { hasSchema, unknownKind } from "@atlas/compose/validation";
import { releases, type ReleaseFacts } from "@atlas/manifests/releases";
import { customObjectProblems, isOurs } from "../../validate/custom-objects.ts";
import { isIstio } from "../../validate/istio-objects.ts";
import { foreignDefinitions, servesVersion } from "../../validate/foreign-definitions.ts";
import { ruleFindingsOf } from "../../validate/definition-rules.ts";
import { definitionsAmong, isDefinition, type KnownDefinitions } from "../../validate/known-definitions.ts";
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

/** What is wrong in objects of kinds that are not Kubernetes' or Istio's own; of kinds that nobody knows, once for a group. */
async function customFindings(objects: readonly KubernetesObject[]): Promise<readonly ObjectFinding[]> {
  const foreign = await foreignDefinitions(objects);
  const definitions = definitionsAmong([...objects, ...foreign]);
  const unknown: KubernetesObject[] = [];
  const found: ObjectFinding[] = [];
  for (const object of objects) {
    const findings = await findingsByItsDefinition(object, definitions, foreign);
    if (findings === undefined) unknown.push(object);
    else found.push(...findings.map((each) => findingAbout(object, each)));
  }
  return [...found, ...unknownFindings(unknown, definitions)];
}

/** The first object of each kind that nobody knows and whose name is near to one that is known, and of each group that of the others. */
function unknownFindings(
  unknown: readonly KubernetesObject[],
  definitions: KnownDefinitions,
): readonly ObjectFinding[] {
  const kinds = [...Map.groupBy(unknown, kindKeyOf).values()];
  const fix = "give its CustomResourceDefinition among the files, or correct apiVersion and kind";
  const fixOf = ([object]: readonly KubernetesObject[]) =>
    object && didYouMean(object.kind, definitions.kindsBeside(object), fix);
  const groups = Map.groupBy(kinds, (objects) => {
    const [first] = objects;
    // What is misspelt is said by itself.
    return fixOf(objects) === fix && first ? identity(first).group : objects;
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group.flat();
    if (first === undefined) return [];
    const names = group.flatMap((objects) => objects.slice(0, 1).map(kindKeyOf));
    return [findingAbout(first, schemaMissing(names, fixOf(group[0] ?? []) ?? fix))];
  });
}

const kindKeyOf = ({ apiVersion, kind }: KubernetesObject): string => `${apiVersion} ${kind}`;

/** What whoever knows the kind of an object has against it, beside what rules and schemas say; undefined for a kind of nobody. */
async function findingsByItsDefinition(
  object: KubernetesObject,
  definitions: KnownDefinitions,
  foreign: readonly KubernetesObject[],
): Promise<readonly SchemaFinding[] | undefined> {
  if (isDefinition(object)) return ruleFindingsOf(object);
  if (isIstio(object) || hasSchema(object) || unknownKind(object) !== undefined) return [];
  const definition = definitions.of(object);
  if (isOurs(object) && judgedByRules.has(object.kind)) return [];
  if (definition === undefined)
    return isOurs(object) && !isOfARelease(object) ? unknownOfOurs(object) : undefined;
  if (foreign.includes(definition) && !servesVersion(definition, object)) return undefined;
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

function schemaMissing(names: readonly string[], fix: string): SchemaFinding {
  const fields = names.length === 1 ? "its fields" : "their fields";
  return {
    code: "schema-unknown",
    severity: "warning",
    what: `no schema is known for ${names.join(", ")}, so nobody has looked at ${fields}`,
    fix,
  };
}
