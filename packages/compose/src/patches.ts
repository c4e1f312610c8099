export { jsonPatch, type JsonOperation } from "./json-patch.ts";
export { strategicMerge } from "./strategic-merge.ts";
