/** What CI plans. */
export const targets: readonly string[] = [
  "check",
  "typecheck",
  "build",
  "lint",
  "unused",
  "unit",
  "fuzz",
  "e2e",
  "render",
];

/** What CI runs beside the plan, whatever has changed: the tests of what the documents in the root say. */
export const documents = "documents";
