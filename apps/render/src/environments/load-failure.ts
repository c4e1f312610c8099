import { fileURLToPath } from "node:url";
import { displayPath, type Finding } from "@atlas/input";
import { errorMessage } from "../problems/error-message.ts";
import { errorPlace } from "../places/error-place.ts";
import { unresolvedImport } from "./unresolved-import.ts";

/** Why the module of an environment cannot be loaded, in which line, and how to fix it. */
export function loadFailure(error: unknown, module: URL): Finding {
  const unresolved = unresolvedImport(error, fileURLToPath(module));
  if (unresolved) return unresolved;
  const place = errorPlace(error, displayPath(module));
  return {
    ...place,
    code: "overlay-fails",
    what: `the overlay cannot be loaded: ${errorMessage(error)}`,
    expected: "a module that loads without an error",
    fix:
      fixOf(error) ?? `fix ${place.line === undefined ? "what it says" : "the line named"}, then type-check`,
  };
}

function fixOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (error instanceof ReferenceError && error.message.endsWith(" before initialization"))
    return "look for two files that import each other: what one of them exports is not there yet when the other asks for it";
  if (
    error instanceof TypeError &&
    /read only property|not extensible|Cannot delete property/.test(error.message)
  )
    return "say it with a patch: what a layer states is shared by all that stand on it, and is not changed in place";
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return `run Node 22.18 or later, which runs TypeScript as it is; this is ${process.version}`;
  if (code === "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING")
    return "keep the environments outside of node_modules, where Node runs no TypeScript";
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
    return "write it in JavaScript, such as a constant object for an enum: Node takes types out, and makes no code of them";
  return undefined;
}
