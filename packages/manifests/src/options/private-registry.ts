import { component, patch, refuseFurther, type Component, type ImageRecord } from "@atlas/compose";
import { deployment } from "../base/deployment.ts";
import { operator } from "../operator.ts";
import { mirrorIn, pullSecretsOf, refuseRegistry, type Registry } from "../registry.ts";
import { calledWith } from "../settings.ts";

export type { Registry };

/**
 * Pulls the operator's image from a registry of yours, by the same version and digest. Dev databases follow with
 * `devDatabase(driver, { registry, … })` of `@atlas/manifests/databases`.
 *
 * @throws ComposeError for a prefix that no image may have, and for names that no Secret may have.
 *
 * @param image the record of the image that runs, which the layer need not have among its `images` then.
 *
 * @example
 * overlay({
 *   base,
 *   components: [
 *     privateRegistry(operator.image, { prefix: "registry.example.com/mirror", pullSecrets: ["registry"] }),
 *   ],
 * });
 */
export function privateRegistry(image: ImageRecord, registry: Registry): Component {
  refuseFurther(privateRegistry, arguments);
  return calledWith(privateRegistry, [image, registry], () => {
    refuseRegistry(registry);
    const imagePullSecrets = pullSecretsOf(registry);
    const { name } = operator.image;
    return component({
      images: [{ ...image, name: operator.image.mirror, mirror: mirrorIn(registry, name) }],
      patches:
        imagePullSecrets.length === 0
          ? []
          : [patch(deployment, { spec: { template: { spec: { imagePullSecrets } } } })],
    });
  });
}
