import { component, patch, refuseFurther, type Component } from "@atlas/compose";
import { deployment } from "../base/deployment.ts";
import {
  calledWith,
  bytesProblem,
  coresProblem,
  refuseSettings,
  unknownSettings,
  type SettingsOf,
} from "../settings.ts";

/** Amounts, as Kubernetes writes them: `100m`, `256Mi`. */
interface Amounts {
  readonly cpu?: string;
  readonly memory?: string;
}

const amountSettings: SettingsOf<Amounts> = { cpu: null, memory: null };

/** What the manager asks of its node, and what it may have. */
export interface ResourceSettings {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** What `/tmp` may hold, where every reconcile has its working directory; it is memory, and counts as such. */
  readonly tmp: string;
}

const resourceSettings: SettingsOf<ResourceSettings> = {
  requests: amountSettings,
  limits: amountSettings,
  tmp: null,
};

/**
 * Requests and limits of the manager, and a limit of its `/tmp`. The manager keeps every Secret and ConfigMap that it
 * watches in memory: in a cluster with many, give it more, or fewer namespaces with {@link scope}.
 *
 * @throws ComposeError for amounts that are none, as `512m` of memory.
 *
 * @example
 * overlay({
 *   base,
 *   components: [
 *     resources({ requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" }, tmp: "128Mi" }),
 *   ],
 * });
 */
export function resources(settings: ResourceSettings): Component {
  refuseFurther(resources, arguments);
  return calledWith(resources, [settings], () => {
    refuseSettings(...unknownSettings(settings, resourceSettings));
    const { requests, limits, tmp } = settings;
    refuseSettings(
      bytesProblem("tmp", tmp),
      ...Object.entries({ requests, limits }).flatMap(([list, { cpu, memory }]) => [
        coresProblem(`${list}.cpu`, cpu),
        bytesProblem(`${list}.memory`, memory),
      ]),
    );
    return component({
      patches: [
        patch(deployment, {
          spec: {
            template: {
              spec: {
                containers: { manager: { resources: { requests: { ...requests }, limits: { ...limits } } } },
                volumes: { tmp: { emptyDir: { sizeLimit: tmp } } },
              },
            },
          },
        }),
      ],
    });
  });
}
