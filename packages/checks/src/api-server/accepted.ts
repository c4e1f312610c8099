import type { Finding } from "../findings/finding.ts";
import { judged, type AcceptedOptions } from "./judged.ts";
import type { Code } from "./rule/codes.ts";
import { kindRulesOf } from "./kinds/index.ts";

/**
 * What the API server would refuse an object for when it is created, by the rules that no schema states: names, unions, what
 * has to be there in a context, counts, selectors, quantities, references within the object. Unknown fields and wrong types
 * are not looked at, and a value of a wrong type is passed over.
 *
 * Kinds are known in their stable versions. Of all others the metadata alone is looked at.
 *
 * A finding of the severity "error" means that the API server refuses the object. A warning is about an object that it takes,
 * though not by every way, or not as it is meant: `object-too-large-for-client-side-apply`, `namespace-missing`. With `isDeclared`,
 * an error may be about what only the next change is refused for: `live-field-refused`.
 *
 * @param object plain data, as a renderer or a YAML file gives it.
 * @throws {RangeError} for a version that is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 * @example
 * accepted({ apiVersion: "v1", kind: "Pod", metadata: { name: "shop", namespace: "shop" }, spec: { containers: [] } });
 * // [{ code: "field-missing", severity: "error", path: ["spec", "containers"], what: "containers is empty", … }]
 */
export function accepted(object: unknown, options: AcceptedOptions = {}): readonly Finding<Code>[] {
  return judged(object, options, kindRulesOf);
}
