import { displayName, type KubernetesObject, type Resource } from "@atlas/compose";
import { validators } from "@atlas/crd-types/validators";
import type { Finding } from "@atlas/input";
import { findingOf } from "./issue-finding.ts";

const groupOfVersion = (apiVersion: string): string => apiVersion.split("/")[0] ?? "";
const validatedGroups = new Set(Object.keys(validators).map(groupOfVersion));

/** Whether an object is of a group that our CRDs declare kinds of. */
export const isOurs = ({ apiVersion }: Resource): boolean => validatedGroups.has(groupOfVersion(apiVersion));

/** What the generated validators say of an AtlasSchema or AtlasMigration. */
export function customObjectProblems(resource: KubernetesObject): Finding[] {
  const object = displayName(resource);
  const key = `${resource.apiVersion}/${resource.kind}`;
  const validator = Object.entries(validators).find(([known]) => known === key)?.[1];
  if (!validator) {
    return [
      {
        object,
        code: "kind-unknown",
        what: `no CRD declares ${key}`,
        expected: `one of: ${Object.keys(validators).join(", ")}`,
        fix: "correct apiVersion or kind",
      },
    ];
  }
  return validator.validate(resource).map((issue) => findingOf(issue, object));
}
