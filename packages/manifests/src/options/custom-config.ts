import { component, refuseFurther, type Component } from "@atlas/compose";
import { managerEnv } from "../manager.ts";
import type { ReadsVariable } from "../manager-types.ts";
import { addVariables } from "./variables.ts";
import { calledWith } from "../settings.ts";

/**
 * Lets AtlasSchema and AtlasMigration objects bring an `atlas.hcl` of their own (`config`, `configFrom`). It is off unless
 * asked for: such a file can read what the manager can, so that whoever may create the objects gets to it.
 *
 * @param image the record of the image that runs: from v0.7.0 on the manager can be told so.
 * @throws ComposeError for a release that can't, where no compiler saw it.
 *
 * @example
 * overlay({ base, components: [customConfig(operator.image)] });
 */
export function customConfig<const V extends string>(
  image: ReadsVariable<V, "ALLOW_CUSTOM_CONFIG">,
): Component {
  refuseFurther(customConfig, arguments);
  return calledWith(customConfig, [image], () => {
    const { version }: { readonly version: string } = image;
    return component({ patches: [addVariables(managerEnv({ version }, { ALLOW_CUSTOM_CONFIG: true }))] });
  });
}
