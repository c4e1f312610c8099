export * from "./generated/crds.ts";
