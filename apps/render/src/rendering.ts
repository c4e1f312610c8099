import { compose, isExternal, type ComposedLayers, type Layer, type Resource } from "@atlas/compose";
import { atlasMigrationCrd, atlasSchemaCrd } from "@atlas/crd-types/crds";
import type { Environment } from "./environments.ts";
import { readExternal } from "./external.ts";
import { InputError, findingsOf, type Finding } from "./failure.ts";
import { progressOf } from "./progress.ts";
import { rememberedByContent } from "./remembered.ts";

/** An environment's objects, in an order in which they can be applied. */
export interface Rendering {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly objects: readonly Resource[];
}

/**
 * Renders environments one after the other, and holds their custom objects, with `validate` every object, against their
 * schemas. One is rendered when it is asked for, so that a thousand need no more memory than one.
 *
 * @throws {InputError} at the end, with everything that is wrong in any of them; from the first that is wrong on, none
 * is given.
 */
export async function* renderEnvironments(
  environments: readonly Environment[],
  { validate }: { validate: boolean },
): AsyncGenerator<Rendering, void, undefined> {
  const findings: Finding[] = [];
  const known: ComposedLayers | undefined = environments.length > 1 ? new WeakMap() : undefined;
  const progress = progressOf("environments", environments.length);
  try {
    for (const environment of environments) {
      const { rendering, problems } = await renderOne(environment, known, validate);
      findings.push(...problems);
      if (rendering && findings.length === 0) yield rendering;
      progress.step();
      // Lets a signal through, such as that of Ctrl-C.
      if (known) await new Promise((resolve) => void setImmediate(resolve));
    }
  } finally {
    progress.clear();
  }
  if (findings.length > 0) throw new InputError(findings);
}

async function renderOne(
  { name, layer: layerOf }: Environment,
  known: ComposedLayers | undefined,
  validate: boolean,
): Promise<{ rendering?: Rendering; problems: readonly Finding[] }> {
  try {
    const layer = layerOf();
    const objects = compose(layer, readExternal, known);
    const rendering = { name, namespace: namespaceOf(layer), objects };
    const problems = [...(await customProblems(objects)), ...(validate ? await schemaProblems(objects) : [])];
    if (problems.length === 0) return { rendering, problems };
    const { placedFindings } = await import("./finding-places.ts");
    return { rendering, problems: placedFindings(problems, layer, rendering) };
  } catch (error) {
    const problems = findingsOf(error, name);
    if (!problems) throw error;
    return { problems };
  }
}

/** The namespace that the uppermost layer which states one moves everything into. */
function namespaceOf({ namespace, below }: Layer): string | undefined {
  return namespace ?? (below && namespaceOf(below));
}

const groupOf = ({ metadata: { name } }: { metadata: { name: string } }): string =>
  name.slice(name.indexOf(".") + 1);
const customGroups = new Set([atlasSchemaCrd, atlasMigrationCrd].map(groupOf));
const isCustom = ({ apiVersion }: Resource): boolean => customGroups.has(apiVersion.split("/")[0] ?? "");

/** What our own validators say of custom objects; they are loaded only when there is one. */
async function customProblems(objects: readonly Resource[]): Promise<Finding[]> {
  const custom = objects.filter(isCustom);
  if (custom.length === 0) return [];
  const { customObjectProblems } = await import("./custom-objects.ts");
  return custom.flatMap((resource) => (isExternal(resource) ? [] : customObjectProblems(resource)));
}

/** Most objects of a fleet are the same in many of its environments; each is looked at once. */
const schemaProblemsOnce = rememberedByContent(async (resource: Resource) => {
  const { schemaProblemsOf } = await import("./schema-check.ts");
  return schemaProblemsOf(isExternal(resource) ? readExternal(resource.source) : resource);
});

async function schemaProblems(objects: readonly Resource[]): Promise<Finding[]> {
  const rest = objects.filter((resource) => !isCustom(resource));
  return (await Promise.all(rest.map(schemaProblemsOnce))).flat();
}
