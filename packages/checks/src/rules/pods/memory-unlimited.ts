import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere } from "../../objects/node.ts";

export const memoryUnlimited: Rule = {
  code: "memory-unlimited",
  severity: "warning",
  why: "A container without a request for memory is the first that a full node evicts, and one without a limit may be what fills the node.",
  fix: "state resources.requests.memory and resources.limits.memory",
  link: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  find: (world) =>
    world.pods.flatMap(({ spec }) =>
      isThere(at(spec, "resources", "limits", "memory"))
        ? []
        : elements(at(spec, "containers")).flatMap((container) => {
            const resources = at(container, "resources");
            const [limit, request] = [at(resources, "limits", "memory"), at(resources, "requests", "memory")];
            // A limit is the request, too, where none is stated.
            if (isThere(limit)) return [];
            const what = isThere(request) ? "no limit" : "neither a request nor a limit";
            return [found(resources, `the container has ${what} for memory`)];
          }),
    ),
};
