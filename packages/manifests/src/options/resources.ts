import { component, patch, type Component } from "@atlas/compose";
import { deployment } from "../base/deployment.ts";

/** Amounts, as Kubernetes writes them: `100m`, `256Mi`. */
interface Amounts {
  readonly cpu?: string;
  readonly memory?: string;
}

/** What the manager asks of its node, and what it may have. */
export interface ResourceSettings {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** What `/tmp` may hold, where every reconcile has its working directory; it is memory, and counts as such. */
  readonly tmp: string;
}

/**
 * Requests and limits of the manager, and a limit of its `/tmp`. The manager keeps every Secret and ConfigMap that it
 * watches in memory: in a cluster with many, give it more, or fewer namespaces with {@link scope}.
 *
 * @example
 * overlay({
 *   base,
 *   components: [
 *     resources({ requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" }, tmp: "128Mi" }),
 *   ],
 * });
 */
export const resources = ({ requests, limits, tmp }: ResourceSettings): Component =>
  component({
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
