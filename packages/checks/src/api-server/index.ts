export { accepted } from "./accepted.ts";
export type { AcceptedOptions } from "./judged.ts";
export type { Code } from "./rule/codes.ts";
export type { Finding, ObjectReference } from "../findings/finding.ts";
