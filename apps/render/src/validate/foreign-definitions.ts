import { identity, type KubernetesObject } from "@atlas/compose";

/** Groups of others, of whose kinds the builders of `@atlas/manifests` make objects. */
const foreignGroups: ReadonlySet<string> = new Set(["monitoring.coreos.com", "external-secrets.io"]);

/**
 * What is known here of kinds that others declare and this repository makes objects of, where there are such: what their fields
 * are, as far as they are looked at.
 */
export async function foreignDefinitions(
  objects: readonly KubernetesObject[],
): Promise<readonly KubernetesObject[]> {
  if (!objects.some((object) => foreignGroups.has(identity(object).group ?? ""))) return [];
  const [{ monitoringDefinitions }, { externalSecretCrd }] = await Promise.all([
    import("@atlas/manifests/options"),
    import("@atlas/manifests/databases"),
  ]);
  return [...Object.values(monitoringDefinitions), externalSecretCrd];
}

/** Whether a definition has the version that an object is written in; of others, it says nothing. */
export function servesVersion(definition: KubernetesObject, object: KubernetesObject): boolean {
  const { spec } = definition as unknown as {
    readonly spec: { readonly versions: readonly { readonly name: string }[] };
  };
  return spec.versions.some(({ name }) => name === identity(object).version);
}
