export { explicitPatch, type ExplicitPatch } from "./explicit-patch.ts";
export { recordForm } from "./record-form.ts";
