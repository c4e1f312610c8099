export { jsonPatch, type JsonOperation } from "./patches/json-patch.ts";
export { strategicMerge } from "./patches/strategic/strategic-merge.ts";
