export { explicitPatch, type AddedElement, type ExplicitPatch } from "./explicit-patch.ts";
export { customKindsOf, type CustomKinds } from "../kubernetes/crd.ts";
export { recordForm } from "./record-form.ts";
export { referencesIn, type Reference } from "../transforms/references.ts";
