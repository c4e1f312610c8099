import { displayName, isExternal, type Resource } from "@atlas/compose";
import type { Finding } from "@atlas/input";
import { printedSteps, type Step } from "@atlas/compose/places";

/**
 * The places in which objects still name a namespace that they have been moved out of. A transform moves objects and
 * what refers to them by Kubernetes' own fields; it does not know the hosts of a mesh, or by which labels others select.
 */
export function namespaceMentions(objects: readonly Resource[], namespace: string): Finding[] {
  return objects.flatMap((resource) => {
    if (isExternal(resource)) return [];
    const isNamespace = resource.kind === "Namespace";
    return stringsIn(resource, []).flatMap(({ steps, value }): Finding[] =>
      isMention(steps, value, namespace, isNamespace)
        ? [
            {
              object: displayName(resource),
              path: printedSteps(steps),
              code: "namespace-mentioned",
              what: `still names the namespace "${namespace}"`,
            },
          ]
        : [],
    );
  });
}

function isMention(steps: readonly Step[], value: string, namespace: string, isNamespace: boolean): boolean {
  const field = steps.findLast((step) => typeof step === "string") ?? "";
  if (value === namespace) {
    return (
      /^namespaces?$/i.test(field) ||
      steps.includes("namespaceSelector") ||
      (isNamespace && steps[0] === "metadata" && steps[1] === "labels")
    );
  }
  // A host of a mesh (`namespace/host`), a service's name in DNS, a workload's identity (SPIFFE).
  if (field === "hosts" && value.startsWith(`${namespace}/`)) return true;
  return value.includes(`.${namespace}.svc`) || value.includes(`/ns/${namespace}/`);
}

/** Every text in a value, with the way to it. */
function stringsIn(value: unknown, steps: readonly Step[]): { steps: readonly Step[]; value: string }[] {
  if (typeof value === "string") return [{ steps, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    stringsIn(inner, [...steps, Array.isArray(value) ? Number(name) : name]),
  );
}
