import { all, type Rule } from "../rule/rule.ts";
import { textThat } from "./text.ts";

/*
 * Paths within volumes and containers.
 *
 * Source: validateLocalDescendingPath and its like in k8s.io/kubernetes/pkg/apis/core/validation.
 */

/** A path that does not lead up. */
export const withoutBacksteps: Rule = textThat(
  (text) => !text.split("/").includes(".."),
  "path-malformed",
  'leads up by ".."',
  "write the path without it",
);

/** A path that begins and stays where it is taken from. */
export const descendingPath: Rule = all(
  textThat(
    (text) => !text.startsWith("/"),
    "path-malformed",
    "is not a relative path",
    "take the slash before it out",
  ),
  withoutBacksteps,
);

/** A descending path whose first name is none that kubelet writes to. */
export const localPath: Rule = all(
  descendingPath,
  textThat(
    (text) => !text.startsWith("..") || text.startsWith("../"),
    "path-malformed",
    'begins with ".."',
    "write the path without it",
  ),
);

export const absolutePath: Rule = textThat(
  (text) => text.startsWith("/"),
  "path-malformed",
  "is not an absolute path",
  "begin it with a slash",
);
