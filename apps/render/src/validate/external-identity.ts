import { displayName, isExternal, type KubernetesObject, type Resource } from "@atlas/compose";
import type { Finding } from "@atlas/input";

/**
 * Where the file of an external object holds another one than it is declared as: patches, references and the order go by what
 * is declared, and the cluster by what is in the file.
 */
export function mismatches(resource: Resource, { apiVersion, kind, metadata }: KubernetesObject): Finding[] {
  if (!isExternal(resource)) return [];
  const pairs = {
    apiVersion: [resource.apiVersion, apiVersion],
    kind: [resource.kind, kind],
    "metadata.name": [resource.metadata.name, metadata?.name],
    "metadata.namespace": [resource.metadata.namespace, metadata?.namespace],
  };
  return Object.entries(pairs)
    .filter(([, [declared, held]]) => declared !== held)
    .map(([path, [declared, held]]) => ({
      object: displayName(resource),
      path,
      code: "external-mismatch",
      what: `its file has ${said(held)}, and it is declared with ${said(declared)}`,
      expected: "one object, in the file and where external() is called",
      fix: "correct the one that is wrong",
    }));
}

const said = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));
