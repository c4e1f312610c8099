import { customResourceDefinition } from "./extension/crd.ts";
import { judged, type AcceptedOptions } from "./judged.ts";
import { clusterWide, lax } from "./kinds/kind.ts";
import type { Code } from "./rule/codes.ts";
import type { Finding } from "../findings/finding.ts";

export type { AcceptedOptions } from "./judged.ts";
export type { Code } from "./rule/codes.ts";
export type { Finding } from "../findings/finding.ts";

const definition = lax(clusterWide(customResourceDefinition));

/**
 * `accepted`, for CustomResourceDefinitions alone, so that no rules of other kinds are loaded. What the expressions in their
 * schemas mean is left to the API server.
 *
 * @example
 * acceptedDefinition(crd).map(({ path, what }) => `${path.join(".")}: ${what}`);
 */
export const acceptedDefinition = (crd: object, options: AcceptedOptions = {}): readonly Finding<Code>[] =>
  judged(crd, options, () => definition);
