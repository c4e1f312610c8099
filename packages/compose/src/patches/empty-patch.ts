import { isObject } from "../value/plain.ts";

/** What is said of a patch with nothing in it. */
export const emptyPatch = {
  code: "patch-empty" as const,
  what: "a patch changes nothing",
  expected: "the fields to change, or null to remove the object",
  fix: "state them, or take the patch out; one for some environments alone: ...(condition ? [patch(…)] : [])",
};

/** Whether all that a body leads to is empty, so that it says something only where it sets what was not there. */
export const holdsNothing = (body: unknown): boolean =>
  Array.isArray(body) ? body.length === 0 : isObject(body) && Object.values(body).every(holdsNothing);
