import { identity, type KubernetesObject } from "@atlas/compose";

/** Fields of objects that somebody else than the repository writes, as JSON pointers. */
export interface WrittenFields {
  readonly group: string;
  readonly kind: string;
  /** Of all objects of the kind where it is not stated. */
  readonly name?: string;
  readonly namespace?: string;
  readonly pointers: readonly string[];
}

/**
 * What others write into objects of an environment: an autoscaler the replicas of its workload, a mesh or a certificate
 * manager the certificates of webhooks, Kubernetes the rules of ClusterRoles that gather others, and the operator and the mesh
 * the status of their kinds.
 */
export const writtenByOthers = (objects: readonly KubernetesObject[]): readonly WrittenFields[] => [
  ...objects.flatMap((object) => [
    ...scaledByOthers(object, objects),
    ...writtenAt(object, certificatesIn(object)),
    ...writtenAt(object, gathered(object)),
  ]),
  ...statuses(objects),
];

const writtenAt = (object: KubernetesObject, pointers: readonly string[]): WrittenFields[] => {
  if (pointers.length === 0) return [];
  const { group, kind, name, namespace } = identity(object);
  return [{ group, kind, name, ...(namespace !== undefined && { namespace }), pointers }];
};

/** What is read of autoscalers: HorizontalPodAutoscaler, and ScaledObject of KEDA, which makes one. */
interface Scaler {
  readonly spec?: {
    readonly scaleTargetRef?: {
      readonly apiVersion?: string;
      readonly kind?: string;
      readonly name?: string;
    };
  };
}

const scalers = new Set(["autoscaling/HorizontalPodAutoscaler", "keda.sh/ScaledObject"]);

function scaledByOthers(object: KubernetesObject, objects: readonly KubernetesObject[]): WrittenFields[] {
  const { group, kind, namespace } = identity(object);
  if (!scalers.has(`${group}/${kind}`)) return [];
  const { spec }: Scaler = object as object;
  const { kind: wanted = "Deployment", name } = spec?.scaleTargetRef ?? {};
  return objects
    .filter((target) => target.kind === wanted && target.metadata.name === name)
    .filter((target) => target.metadata.namespace === namespace && "spec" in target)
    .flatMap((target) => writtenAt(target, ["/spec/replicas"]));
}

/** What is read of what calls webhooks. */
interface Calling {
  readonly webhooks?: readonly unknown[];
  readonly spec?: { readonly conversion?: { readonly strategy?: string } };
}

function certificatesIn(object: KubernetesObject): string[] {
  const { webhooks = [], spec }: Calling = object as object;
  if (/^(?:Mutating|Validating)WebhookConfiguration$/.test(object.kind))
    return webhooks.map((_, index) => `/webhooks/${index}/clientConfig/caBundle`);
  if (object.kind === "CustomResourceDefinition" && spec?.conversion?.strategy === "Webhook")
    return ["/spec/conversion/webhook/clientConfig/caBundle"];
  return object.kind === "APIService" ? ["/spec/caBundle"] : [];
}

const gathered = (object: KubernetesObject): string[] =>
  object.kind === "ClusterRole" && "aggregationRule" in object ? ["/rules"] : [];

/** The groups of those who write the status of their kinds: the operator and the mesh. */
const writers = /^(?:db\.atlasgo\.io|(?:extensions|networking|security|telemetry)\.istio\.io)$/;

function statuses(objects: readonly KubernetesObject[]): WrittenFields[] {
  const kinds = new Map(
    objects.map((object) => {
      const { group, kind } = identity(object);
      return [`${group}/${kind}`, { group, kind, pointers: ["/status"] }];
    }),
  );
  return [...kinds.values()].filter(({ group }) => writers.test(group));
}
