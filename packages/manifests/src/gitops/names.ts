import type { Problem } from "@atlas/compose";
import { operator } from "../operator.ts";

/**
 * What an environment, or a fleet, is called where a tool reads of it.
 *
 * @example
 * deliveryName("production/a-eu"); // "atlas-operator-production-a-eu"
 */
export const deliveryName = (name: string): string => `${operator.name}-${name.replaceAll("/", "-")}`;

/** RFC 1123; both tools put the name into a label. */
const deliveryLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Names that are none to Kubernetes, and those that two environments would have. */
export function deliveryNameProblems(names: readonly string[]): readonly Problem[] {
  const seen = new Map<string, string>();
  return names.flatMap((name): Problem[] => {
    const own = deliveryName(name);
    const other = seen.get(own);
    seen.set(own, name);
    if (!deliveryLabel.test(own))
      return [
        {
          code: "manifests/gitops-name",
          what: `"${name}" would be called ${own}, which is no name of an object`,
          expected: "at most 63 small letters, digits and dashes, in all",
          fix: "rename the environment's folder, or the row of the fleet",
        },
      ];
    if (other === undefined) return [];
    return [
      {
        code: "manifests/gitops-name",
        what: `"${name}" and "${other}" would both be called ${own}`,
        expected: "a name of its own for each",
        fix: "rename one of them",
      },
    ];
  });
}
