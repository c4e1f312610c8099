import type { Finding, ObjectFinding } from "@atlas/checks";
import type { KubernetesObject } from "@atlas/compose";
import { stepsIn } from "@atlas/compose/places";
import { kindVersionProblem, newestVersion, schemaProblems, unknownKind } from "@atlas/compose/validation";
import { isIstio, istioFindings } from "../../validate/istio-objects.ts";

/**
 * What the schemas of Kubernetes' and Istio's kinds have against objects: fields that there are not, values of another type.
 * What composing has refused before is found here in manifests that somebody else has rendered.
 */
export const schemaFindings = (objects: readonly KubernetesObject[]): readonly ObjectFinding[] =>
  objects.flatMap((object) => schemaFindingsOf(object).map((finding) => findingAbout(object, finding)));

/** What a schema has against an object, as a finding about it. */
export function findingAbout(
  object: KubernetesObject,
  { code, path = "", what, fix, severity = "error" }: SchemaFinding,
): ObjectFinding {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return {
    object,
    finding: {
      code,
      severity,
      object: { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) },
      path: stepsIn(path ?? "") ?? [],
      what,
      ...(fix !== undefined && { fix }),
    },
  };
}

/** What is wrong with an object, before it is said of which. */
export interface SchemaFinding {
  readonly code: string;
  readonly path?: string | undefined;
  readonly what: string;
  readonly fix?: string | undefined;
  readonly severity?: Finding["severity"];
}

function schemaFindingsOf(object: KubernetesObject): readonly SchemaFinding[] {
  if (isIstio(object)) return istioFindings(object);
  const schema = schemaProblems(object);
  if (schema === undefined) return [unknownKind(object)].filter((each) => each !== undefined);
  return [...schema.problems, ...goingKind(object)];
}

/** Nobody has said which version the cluster has: a kind that the newest does not have is one that older ones may have. */
function goingKind(object: KubernetesObject): readonly SchemaFinding[] {
  const problem = kindVersionProblem(object, { version: newestVersion, of: "what states no version" });
  return problem ? [{ ...problem, severity: "warning" }] : [];
}
