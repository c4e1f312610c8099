import { compose, isExternal, type Layer, type Resource } from "@atlas/compose";
import { atlasMigrationCrd, atlasSchemaCrd } from "@atlas/crd-types/crds";
import { readExternal } from "./external.ts";
import { loadLayer, type Environment } from "./environments.ts";
import { InputError, findingsOf, type Finding } from "./failure.ts";

/** An environment's objects, in an order in which they can be applied. */
export interface Rendering {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly objects: readonly Resource[];
}

/**
 * Renders environments and holds their custom objects, with `validate` every object, against their schemas.
 *
 * @throws {InputError} with everything that is wrong in any of them.
 */
export async function renderEnvironments(
  environments: readonly Environment[],
  { validate }: { validate: boolean },
): Promise<readonly Rendering[]> {
  const findings: Finding[] = [];
  const renderings: Rendering[] = [];
  for (const environment of environments) {
    try {
      const layer = await loadLayer(environment);
      const rendering = {
        name: environment.name,
        namespace: namespaceOf(layer),
        objects: compose(layer, readExternal),
      };
      const problems = [
        ...(await customProblems(rendering)),
        ...(validate ? await schemaProblems(rendering) : []),
      ];
      if (problems.length > 0) {
        const { placedFindings } = await import("./finding-places.ts");
        findings.push(...placedFindings(problems, layer, rendering));
      }
      renderings.push(rendering);
    } catch (error) {
      const found = findingsOf(error, environment.name);
      if (!found) throw error;
      findings.push(...found);
    }
  }
  if (findings.length > 0) throw new InputError(findings);
  return renderings;
}

/** The namespace that the uppermost layer which states one moves everything into. */
function namespaceOf({ namespace, below }: Layer): string | undefined {
  return namespace ?? (below && namespaceOf(below));
}

const groupOf = ({ metadata: { name } }: { metadata: { name: string } }): string =>
  name.slice(name.indexOf(".") + 1);
const customGroups = new Set([atlasSchemaCrd, atlasMigrationCrd].map(groupOf));

/** What our own validators say of custom objects; they are loaded only when there is one. */
async function customProblems({ objects }: Rendering): Promise<Finding[]> {
  const custom = objects.filter(({ apiVersion }) => customGroups.has(apiVersion.split("/")[0] ?? ""));
  if (custom.length === 0) return [];
  const { customObjectProblems } = await import("./custom-objects.ts");
  return custom.flatMap((resource) => (isExternal(resource) ? [] : customObjectProblems(resource)));
}

async function schemaProblems({ objects }: Rendering): Promise<Finding[]> {
  const { schemaProblemsOf } = await import("./schema-check.ts");
  const rest = objects.filter(({ apiVersion }) => !customGroups.has(apiVersion.split("/")[0] ?? ""));
  const found = await Promise.all(
    rest.map((resource) => schemaProblemsOf(isExternal(resource) ? readExternal(resource.source) : resource)),
  );
  return found.flat();
}
