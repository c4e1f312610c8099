export { versionProblems, type TargetVersion } from "./problems/version-problems.ts";
