import type { ValidationIssue } from "@atlas/crd-codegen/kind-validator";
import type { Finding } from "@atlas/input";

/** What a validator says of an object, as a finding. */
export const findingOf = (
  { path, message, expected, got, suggestion }: ValidationIssue,
  object: string,
): Finding => ({
  code: "schema-mismatch",
  object,
  path,
  what: got === undefined ? message : `${message}, got ${got}`,
  ...(expected !== undefined && { expected }),
  fix: suggestion === undefined ? "correct the object where it is declared" : `did you mean "${suggestion}"?`,
});
