import type { Endpoint } from "@atlas/checks";
import type { KubernetesObject } from "@atlas/compose";

/** Who calls or is called, with what there has to be beside the objects for it. */
export interface Party {
  /** What it is called, in few words. */
  readonly label: string;
  /** What else tells it from others. */
  readonly detail: string;
  readonly endpoint: Endpoint;
  readonly beside: readonly KubernetesObject[];
}

type PartyLabels = Readonly<Record<string, string>>;

/** A Pod that stands for those that a policy or nobody means. */
export const standInPod = (name: string, namespace: string, labels: PartyLabels): KubernetesObject =>
  ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: { containers: [{ name, image: name }] },
  }) as KubernetesObject;

/** A Namespace that is not among the objects. */
export const namespaceWith = (name: string, labels: PartyLabels): KubernetesObject =>
  ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }) as KubernetesObject;
