const spec =
  `{ type: object, required: [class], oneOf: [{ required: [a.b] }, { required: [c-d] }], properties: {
  class: { type: string }, default: { type: boolean }, a.b: { type: string }, c-d: { type: integer },
  example: { type: string }, title: { type: string }, externalDocs: { type: object, properties: { url: { type: string } } },
  examples: { type: string }, 9lives: { type: string }, $ref: { type: string },
  definitions: { type: object, properties: { a: { type: string } } }, enum: { type: string }, id: { type: string },
  documented: { type: string, title: A title, example: { a: 1 }, externalDocs: { url: "https://example.com" } },
  k8s: { type: object, properties: { v1alpha1x: { type: object, properties: { a: { type: string, default: x } } } } },
  __proto__: { type: string }, constructor: { type: object, properties: { x: { type: string } } },
  spec: { type: object, properties: { a: { type: string, default: x }, hasOwnProperty: { type: string, description: Own or not. } } },
  kubernetes: { type: object, properties: { name: { type: string, default: "" }, key: { type: string } } } } }`.replaceAll(
    "\n",
    "",
  );

/** Another kind may have the name in capitals, so that the plural has to differ. */
const pluralOf = (kind: string): string => (kind === "Widget" ? "widgets2" : `${kind.toLowerCase()}s`);

const crd = (kind: string, group: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${pluralOf(kind)}.${group} }
spec:
  group: ${group}
  names: { kind: ${kind}, plural: ${pluralOf(kind)} }
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
  "Object Record Array String Function Partial Required Pick Omit Foo FooSpec Container ObjectMeta EmbeddedObject Pod Condition Definitions KindSchema ValidationIssue Validator Schema K8sWidget class widget Widget number";

/** CRDs whose names are those of JavaScript's, TypeScript's and Kubernetes' own types, and of each other's parts. */
export const namesCrds: string = kinds
  .split(" ")
  .map((kind) => crd(kind, "names.example.com"))
  .concat(crd("Foo", "other.example.com"), crd("FOO", "third.example.com"))
  .join("---\n");
