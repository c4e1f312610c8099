export type { ValidationIssue } from "./runtime/issue.ts";
export type { RunRules } from "./runtime/validate.ts";
export { createValidator, type KindSchema, type Validator } from "./runtime/validator.ts";
export { readUrl, type ReadUrl } from "./runtime/url.ts";
