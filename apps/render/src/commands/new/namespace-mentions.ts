import { displayName, isExternal, type Resource } from "@atlas/compose";
import type { Finding } from "@atlas/input";
import { joinPath } from "../../validate/join-path.ts";

/**
 * The places in which objects still name a namespace that they have been moved out of. A transform moves objects and
 * what refers to them by Kubernetes' own fields; it does not know the hosts of a mesh, or by which labels others select.
 */
export function namespaceMentions(objects: readonly Resource[], namespace: string): Finding[] {
  return objects.flatMap((resource) => {
    if (isExternal(resource)) return [];
    const isNamespace = resource.kind === "Namespace";
    return stringsIn(resource, "").flatMap(({ path, value }): Finding[] =>
      isMention(path, value, namespace, isNamespace)
        ? [
            {
              object: displayName(resource),
              path,
              code: "namespace-mentioned",
              what: `still names the namespace "${namespace}"`,
            },
          ]
        : [],
    );
  });
}

function isMention(path: string, value: string, namespace: string, isNamespace: boolean): boolean {
  if (value === namespace) {
    return (
      /(?:^|\.)namespaces?(?:\[\d+\])?$/i.test(path) ||
      path.includes("namespaceSelector.") ||
      (isNamespace && path.startsWith("metadata.labels."))
    );
  }
  // A host of a mesh (`namespace/host`), a service's name in DNS, a workload's identity (SPIFFE).
  if (/hosts\[\d+\]$/.test(path) && value.startsWith(`${namespace}/`)) return true;
  return value.includes(`.${namespace}.svc`) || value.includes(`/ns/${namespace}/`);
}

function stringsIn(value: unknown, path: string): { path: string; value: string }[] {
  if (typeof value === "string") return [{ path, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([step, inner]) => stringsIn(inner, joinPath(path, step)));
}
