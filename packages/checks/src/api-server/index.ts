export { accepted, type AcceptedOptions } from "./accepted.ts";
export type { Code } from "./rule/codes.ts";
export type { Finding, ObjectReference } from "../findings/finding.ts";
