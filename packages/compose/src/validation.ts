export { newestVersion } from "./kubernetes/known-versions.ts";
export { unknownKind } from "./problems/malformed.ts";
export { hasSchema, schemaProblems, type SchemaProblems } from "./problems/schema-problems.ts";
export { kindVersionProblem, versionProblems, type TargetVersion } from "./problems/version-problems.ts";
