import { component, define, patch, refuseFurther, type Component } from "@atlas/compose";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1.js";
import { deployment } from "../base/deployment.ts";
import { managerEnv } from "../manager.ts";
import type { ReadsVariable } from "../manager-types.ts";
import { operator } from "../operator.ts";
import {
  calledWith,
  bytesProblem,
  objectNameProblem,
  refuseSettings,
  unknownSettings,
  wordProblem,
  type SettingsOf,
} from "../settings.ts";
import { addVariables } from "./variables.ts";

/** Where the manager keeps what should outlive its pods. */
export interface PersistenceSettings<V extends string> {
  /** The record of the image that runs: from v0.7.29 on the manager reads `DATA_DIR`. */
  readonly image: ReadsVariable<V, "DATA_DIR">;
  /** How much, as Kubernetes writes it: `1Gi`. */
  readonly storage: string;
  /** `ReadWriteMany` where more than one replica runs: they stand on several nodes. */
  readonly accessMode: "ReadWriteOnce" | "ReadWriteOncePod" | "ReadWriteMany";
  /** The cluster's default unless it is stated. */
  readonly storageClassName?: string;
}

const path = "/data";

const persistenceSettings: SettingsOf<PersistenceSettings<string>> = {
  image: null,
  storage: null,
  accessMode: null,
  storageClassName: null,
};

/**
 * Keeps the manager's data (`DATA_DIR`) in a PersistentVolumeClaim. Without it, they go with the pod. Where only the pods of one
 * node may have the volume, an update ends the pod before it starts the next one.
 *
 * @throws ComposeError for a release that does not read `DATA_DIR`, where no compiler saw it, and for settings that are none.
 *
 * @example
 * overlay({
 *   base,
 *   images: [release],
 *   components: [persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteOnce" })],
 * });
 */
export function persistence<const V extends string>(settings: PersistenceSettings<V>): Component {
  refuseFurther(persistence, arguments);
  return calledWith(persistence, [settings], () => {
    refuseSettings(...unknownSettings(settings, persistenceSettings));
    const { image, storage, accessMode, storageClassName } = settings;
    refuseSettings(
      wordProblem("accessMode", accessMode, ["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"]),
      bytesProblem("storage", storage),
      storageClassName === undefined ? undefined : objectNameProblem("storageClassName", storageClassName),
    );
    const { version }: { readonly version: string } = image;
    const claim = define<PersistentVolumeClaim>()({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: `${operator.name}-data` },
      spec: {
        accessModes: [accessMode],
        resources: { requests: { storage } },
        ...(storageClassName !== undefined && { storageClassName }),
      },
    });
    const volume = { name: "data", persistentVolumeClaim: { claimName: claim.metadata.name } };
    return component({
      resources: [claim],
      patches: [
        addVariables(managerEnv({ version }, { DATA_DIR: path })),
        patch(deployment, {
          spec: {
            // A pod that starts beside the one before it would wait for the volume that this one has.
            ...(accessMode !== "ReadWriteMany" && { strategy: { type: "Recreate" } }),
            template: {
              spec: {
                // A volume belongs to root unless it is told whose it is.
                securityContext: { fsGroup: operator.user },
                volumes: { $add: [volume] },
                containers: {
                  manager: {
                    volumeMounts: { $add: [{ name: volume.name, mountPath: path }] },
                  },
                },
              },
            },
          },
        }),
      ],
    });
  });
}
