/** A CRD as a cluster takes it, and objects to hold against it, but for what says of what kind they are. */
export interface SmallCrd {
  readonly crd: ReturnType<typeof crdOf>;
  readonly objects: readonly { readonly [field: string]: unknown }[];
}

export function crdOf(kind: string, schema: object, subresources?: object) {
  const plural = `${kind.toLowerCase()}s`;
  const group = "small.example.com";
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          ...(subresources && { subresources }),
          schema: { openAPIV3Schema: { type: "object", ...schema } },
        },
      ],
    },
  };
}
