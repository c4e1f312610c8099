import type { ObjectFinding } from "@atlas/checks";
import type { KubernetesObject } from "@atlas/compose";
import { namesIn } from "@atlas/compose/places";
import { schemaProblems } from "@atlas/compose/validation";
import { isIstio, istioFindings } from "../../validate/istio-objects.ts";

/**
 * What the schemas of Kubernetes' and Istio's kinds have against objects: fields that there are not, values of another type.
 * What composing has refused before is found here in manifests that somebody else has rendered.
 */
export const schemaFindings = (objects: readonly KubernetesObject[]): readonly ObjectFinding[] =>
  objects.flatMap((object) => {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace } = metadata;
    const found = isIstio(object) ? istioFindings(object) : (schemaProblems(object)?.problems ?? []);
    return found.map(({ code, path = "", what, fix }) => ({
      object,
      finding: {
        code,
        severity: "error" as const,
        object: { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) },
        path: stepsThrough(object, namesIn(path) ?? []),
        what,
        ...(fix !== undefined && { fix }),
      },
    }));
  });

/** Elements of lists by their index, which a name with digits alone is not. */
function stepsThrough(object: unknown, names: readonly string[]): readonly (string | number)[] {
  let value = object;
  return names.map((name) => {
    const step = Array.isArray(value) ? Number(name) : name;
    value = (value as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
    return step;
  });
}
