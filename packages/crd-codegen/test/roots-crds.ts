const crd = (
  kind: string,
  schema: string,
  subresources = "{}",
): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.roots.example.com }
spec:
  group: roots.example.com
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      subresources: ${subresources}
      schema: { openAPIV3Schema: { type: object, ${schema} } }
`;

const text = "{ type: string }";
const textMap = `{ type: object, additionalProperties: ${text} }`;
const metadata = `{ type: object, properties: { annotations: ${textMap}, labels: ${textMap}, ownerReferences: { type: array, items: { type: object, properties: { name: ${text}, kind: ${text} } } } } }`;

/** CRDs whose root says more than what its fields are, whose templates have metadata, and with each kind of a status. */
export const rootsCrds: string = [
  crd(
    "Runner",
    `properties: { spec: { type: object, properties: { template: { type: object, properties: {
       metadata: ${metadata}, spec: { type: object, x-kubernetes-preserve-unknown-fields: true } } } } } }`,
  ),
  crd("Open", `x-kubernetes-preserve-unknown-fields: true, properties: { spec: ${textMap} }`),
  crd(
    "Choice",
    `oneOf: [{ required: [spec] }, { required: [template] }], properties: { spec: ${textMap}, template: ${textMap} }`,
  ),
  crd(
    "Stated",
    `properties: { status: { type: object, default: { phase: New }, properties: { phase: { type: string }, ready: { type: boolean, default: false } } } }`,
    "{ status: {} }",
  ),
  crd(
    "Plain",
    `required: [status], properties: { status: { type: object, properties: { phase: ${text} } } }`,
  ),
  crd(
    "Holder",
    `properties: { spec: { type: object, properties: { object: { type: object, x-kubernetes-embedded-resource: true,
       x-kubernetes-preserve-unknown-fields: true, properties: { apiVersion: { type: string, default: v1 },
       kind: { type: string, enum: [Pod, Node] }, metadata: { type: object, default: {} } } } } } }`,
  ),
].join("---\n");

/** What an author may and may not write of them. */
export const rootsUse = `import type { Choice, Holder, HolderObserved, Open, OpenObserved, Plain, Runner, Stated, StatedObserved } from "./roots/src/generated/types.ts";
import { statedV1 } from "./roots/src/generated/validators.ts";

const apiVersion = "roots.example.com/v1";
export const runner: Runner = {
  apiVersion, kind: "Runner", metadata: { generateName: "r-" },
  spec: { template: { metadata: { labels: { a: "b" }, ownerReferences: [{ kind: "X" }] }, spec: { replicas: 1 } } },
};
// @ts-expect-error A template has no name here.
export const named: Runner = { ...runner, spec: { template: { metadata: { name: "r" } } } };
// @ts-expect-error An object has a name, or what one begins with.
export const nameless: Runner = { apiVersion, kind: "Runner", metadata: {} };
export const name: (runner: Runner) => string | undefined = ({ metadata }) => metadata.name;
export const open: Open = { apiVersion, kind: "Open", metadata: { name: "o" }, replicas: 1, other: { a: 1 } };
export const extra = (observed: OpenObserved): unknown => observed["replicas"];
export const choice: Choice = { apiVersion, kind: "Choice", metadata: { name: "c" }, spec: { a: "b" } };
// @ts-expect-error Exactly one of the two.
export const both: Choice = { ...choice, template: { a: "b" } };
// @ts-expect-error Exactly one of the two.
export const neither: Choice = { apiVersion, kind: "Choice", metadata: { name: "c" } };
export const stated: Stated = { apiVersion, kind: "Stated", metadata: { name: "s" } };
// @ts-expect-error A status that is a subresource is written by nobody.
export const reported: Stated = { ...stated, status: { phase: "Old" } };
export const ready = (observed: StatedObserved): boolean => observed.status.ready;
export const completed: boolean = statedV1.complete(stated).status.ready;
export const plain: Plain = { apiVersion, kind: "Plain", metadata: { name: "p" }, status: { phase: "Old" } };
// @ts-expect-error A status that is a field like any other, and required.
export const unstated: Plain = { apiVersion, kind: "Plain", metadata: { name: "p" } };
export const holder: Holder = {
  apiVersion, kind: "Holder", metadata: { name: "h" }, spec: { object: { kind: "Pod", data: 1 } },
};
// @ts-expect-error Neither of the kinds.
export const held: Holder = { ...holder, spec: { object: { kind: "Job" } } };
export const version = (observed: HolderObserved): string => observed.spec?.object?.apiVersion ?? "";
export const labels = (observed: HolderObserved): object => observed.spec?.object?.metadata ?? {};
`;
