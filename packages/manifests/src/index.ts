export { default as base } from "./base/index.ts";
export { operator } from "./operator.ts";
