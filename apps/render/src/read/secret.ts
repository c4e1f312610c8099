import type { KubernetesObject } from "@atlas/compose";

/** What stands in the place of a value that nobody who looks at a page or a terminal is to read. */
export const hiddenValue = "(not shown)";

/** The fields of a Secret whose values are secret; none of another kind. */
export const hiddenFields = ({ apiVersion, kind }: KubernetesObject): readonly string[] =>
  kind === "Secret" && apiVersion === "v1" ? ["data", "stringData"] : [];
