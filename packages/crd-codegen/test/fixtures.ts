/** A small CRD with an embedded Kubernetes definition, written for these tests. */
export const shopCrd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.example.com }
spec:
  group: example.com
  names: { kind: Shop, plural: shops }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: Prose of theirs about the shop.
          required: [spec]
          properties:
            spec:
              type: object
              description: Prose of theirs, with */ and \`ticks\` and \${braces}.
              required: [size]
              properties:
                size: { type: string, enum: [small, big], default: small }
                limit: { type: integer, format: int64, maximum: 9223372036854775807 }
                port: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }
                class: { type: string, nullable: true }
                foo-bar: { type: object, properties: { a: { type: string } } }
                foo.bar: { type: object, properties: { b: { type: string } } }
                labels: { type: object, additionalProperties: { type: string } }
                extra: { type: object, x-kubernetes-preserve-unknown-fields: true }
                secretKeyRef: &key
                  type: object
                  x-kubernetes-map-type: atomic
                  required: [key]
                  properties:
                    key: { type: string, description: Prose of theirs about keys. }
                    name: { type: string, default: "" }
                    optional: { type: boolean }
                passwordFrom: { type: object, properties: { secretKeyRef: *key } }
            status:
              type: object
              properties: { ready: { type: boolean } }
`;

/** The same kind in another group, with two versions. */
export const otherCrd = shopCrd
  .replaceAll("example.com", "example.org")
  .replace(
    /(    - name: v1\n[^]*)/,
    (version) =>
      version +
      version
        .replace("name: v1", "name: v1beta1")
        .replace("storage: true", "storage: false")
        .replaceAll("&key", "&key2")
        .replaceAll("*key", "*key2"),
  );
