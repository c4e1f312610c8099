import type { Crd, CrdVersion, SharedDefinitions } from "./crd.ts";
import { referenceOf } from "./expand.ts";
import { pascal } from "./names.ts";
import { subschemas, type Schema } from "./schema.ts";

/** What a package of custom resources is generated from. */
export interface Model {
  /** Compact, in the order of their names. */
  readonly crds: readonly Crd[];
  readonly definitions: SharedDefinitions;
}

/** One kind in one version. */
export interface Kind {
  readonly kind: string;
  readonly apiVersion: string;
  readonly crd: Crd;
  readonly version: CrdVersion;
  readonly schema: Schema;
}

/** Every kind in every version that the API server serves. */
export function servedKinds({ crds }: Model): readonly Kind[] {
  return crds.flatMap((crd) =>
    crd.spec.versions.flatMap((version) => {
      const schema = version.schema?.openAPIV3Schema;
      if (version.served === false || schema === undefined) return [];
      return [
        { kind: crd.spec.names.kind, apiVersion: `${crd.spec.group}/${version.name}`, crd, version, schema },
      ];
    }),
  );
}

/** The names of all definitions that a schema leads to. */
export function definitionsUnder(schema: Schema, definitions: SharedDefinitions): Set<string> {
  const found = new Set<string>();
  const walk = (node: Schema): void => {
    const name = referenceOf(node);
    if (name !== undefined && !found.has(name)) {
      found.add(name);
      const definition = definitions[name];
      if (definition) walk(definition);
    }
    for (const [, sub] of subschemas(node)) walk(sub);
  };
  walk(schema);
  return found;
}

/** The name of the type that a kind has: a capital comes first, so that no kind is called as a word of the language is. */
export const typeName = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

/**
 * What tells a kind from others of its name: nothing where there are none, the group, or the whole name of the CRD where
 * the group has several. Capitals make no difference, as there are file systems to which they make none.
 */
export function qualifierOf({ metadata, spec: { names, group } }: Crd, { crds }: Model): string | undefined {
  const same = crds.filter(({ spec }) => spec.names.kind.toLowerCase() === names.kind.toLowerCase());
  if (same.length <= 1) return undefined;
  return same.filter(({ spec }) => spec.group === group).length > 1 ? metadata.name : group;
}

/** The name of a kind's files: kind, what tells it from others, and version. */
export function moduleName({ kind, version, crd }: Kind, model: Model): string {
  const parts = [kind.toLowerCase(), qualifierOf(crd, model), version.name];
  return parts.filter((part) => part !== undefined).join("-");
}

/** The name that a kind has in code where several kinds stand side by side: `AtlasSchemaV1alpha1`. */
export function identifier(of: Kind, model: Model): string {
  const [, ...rest] = moduleName(of, model).split("-");
  return [typeName(of.kind), ...rest.map(pascal)].join("");
}
