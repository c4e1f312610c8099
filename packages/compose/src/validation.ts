export { schemaProblems, type SchemaProblems } from "./problems/schema-problems.ts";
export { versionProblems, type TargetVersion } from "./problems/version-problems.ts";
