import type { KubernetesObject } from "@atlas/compose";

/** A field of a schema, as a CustomResourceDefinition writes it. */
export type SchemaField = { readonly [keyword: string]: unknown };

export const textField: SchemaField = { type: "string" };
export const textMapField: SchemaField = { type: "object", additionalProperties: textField };
export const listOf = (items: SchemaField): SchemaField => ({ type: "array", items });

/** An object of some fields; with `open`, others that its publisher knows are left to the cluster. */
export const objectField = (
  properties: Readonly<Record<string, SchemaField>>,
  { required = [], open = false }: { readonly required?: readonly string[]; readonly open?: boolean } = {},
): SchemaField => ({
  type: "object",
  ...(required.length > 0 && { required }),
  properties,
  ...(open && { "x-kubernetes-preserve-unknown-fields": true }),
});

/** Somebody else's kind, of which a builder makes objects. */
interface ForeignKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly spec: SchemaField;
}

/** A CustomResourceDefinition of the cluster's own: a layer holds objects against it, and renders it not. */
export interface ForeignDefinition extends KubernetesObject {
  readonly spec: { readonly group: string; readonly names: { readonly kind: string } };
}

/**
 * What is known here of somebody else's kind, for the `crds` of a layer. Its own CustomResourceDefinition, where a layer above
 * lists it, is asked before this one.
 */
export const foreignDefinition = ({ group, version, kind, plural, spec }: ForeignKind): ForeignDefinition =>
  ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: "Namespaced",
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: objectField(
              { apiVersion: textField, kind: textField, metadata: { type: "object" }, spec },
              { required: ["spec"] },
            ),
          },
        },
      ],
    },
  }) as ForeignDefinition;
