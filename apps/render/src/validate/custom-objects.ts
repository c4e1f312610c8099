import { displayName, type KubernetesObject, type Resource } from "@atlas/compose";
import { validators, type ValidationIssue } from "@atlas/crd-types/validators";
import type { Finding } from "@atlas/input";

const groupOf = (apiVersion: string): string => apiVersion.split("/")[0] ?? "";
const groups = new Set(Object.keys(validators).map(groupOf));

/** Whether an object is of a group that our CRDs declare kinds of. */
export const isOurs = ({ apiVersion }: Resource): boolean => groups.has(groupOf(apiVersion));

/** What the generated validators say of an AtlasSchema or AtlasMigration. */
export function customObjectProblems(resource: KubernetesObject): Finding[] {
  const object = displayName(resource);
  const key = `${resource.apiVersion}/${resource.kind}`;
  const validator = Object.entries(validators).find(([known]) => known === key)?.[1];
  if (!validator) {
    return [
      {
        object,
        what: `no CRD declares ${key}`,
        expected: `one of: ${Object.keys(validators).join(", ")}`,
        fix: "correct apiVersion or kind",
      },
    ];
  }
  return validator.validate(resource).map((issue) => findingOf(issue, object));
}

/** What a validator says of an object, as a finding. */
export const findingOf = (
  { path, message, expected, got, suggestion }: ValidationIssue,
  object: string,
): Finding => ({
  object,
  path,
  what: got === undefined ? message : `${message}, got ${got}`,
  ...(expected !== undefined && { expected }),
  fix: suggestion === undefined ? "correct the object where it is declared" : `did you mean "${suggestion}"?`,
});
