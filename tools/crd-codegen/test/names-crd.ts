const spec =
  `{ type: object, required: [class], oneOf: [{ required: [a.b] }, { required: [c-d] }], properties: {
  class: { type: string }, default: { type: boolean }, a.b: { type: string }, c-d: { type: integer },
  __proto__: { type: string }, constructor: { type: object, properties: { x: { type: string } } },
  spec: { type: object, properties: { a: { type: string, default: x } } },
  kubernetes: { type: object, properties: { name: { type: string, default: "" }, key: { type: string } } } } }`.replaceAll(
    "\n",
    "",
  );

const crd = (kind: string, group: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.${group} }
spec:
  group: ${group}
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  scope: Cluster
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { data: { type: string }, spec: ${spec} } } }
    - name: v1beta1
      served: true
      storage: false
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { a: { type: string } } } } } }
`;

const kinds =
  "Object Record Array String Function Partial Required Pick Omit Foo FooSpec Container ObjectMeta EmbeddedObject Pod Condition Validator Schema";

/** CRDs whose names are those of JavaScript's, TypeScript's and Kubernetes' own types, and of each other's parts. */
export const namesCrds: string = kinds
  .split(" ")
  .map((kind) => crd(kind, "names.example.com"))
  .concat(crd("Foo", "other.example.com"))
  .join("---\n");
