export { explicitPatch, type AddedElement, type ExplicitPatch } from "./explicit-patch.ts";
export { recordForm } from "./record-form.ts";
