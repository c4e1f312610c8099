import { identity, isExternal, type KubernetesObject, type Resource } from "@atlas/compose";
import { operator } from "@atlas/manifests";
import { faultsOf } from "@atlas/manifests/releases";
import type { Rendering } from "./rendering.ts";

/** What there is to know of an environment at a glance. */
export interface Row {
  readonly environment: string;
  /** The tag of the operator's image, as rendered. */
  readonly version: string | undefined;
  /** What the release is known to do wrong, each with where that was reported. */
  readonly faults: readonly string[];
  readonly replicas: number | undefined;
  readonly objects: number;
  readonly namespace: string | undefined;
}

interface OperatorDeployment extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
  };
}

/** The last part of the image's name, which mirrors keep. */
const imageNameOf = operator.image.name.split("/").at(-1) ?? operator.name;

const isDeployment = (object: Resource): object is OperatorDeployment =>
  !isExternal(object) && object.kind === "Deployment";

/** The image that a Deployment runs the operator by. */
const operatorImage = ({ spec }: OperatorDeployment): string | undefined =>
  (spec?.template?.spec?.containers ?? [])
    .map(({ image = "" }) => image)
    .find((image) => image.includes(imageNameOf));

export function rowOf({ name, namespace, objects }: Rendering): Row {
  const deployments = objects.filter(isDeployment);
  // With a prefix or a suffix, it is still known by what it runs.
  const deployment =
    deployments.find((object) => identity(object).name === operator.name) ?? deployments.find(operatorImage);
  const replicas = deployment?.spec?.replicas;
  const image = deployment && operatorImage(deployment);
  const version = image && tagOf(image);
  const faults = faultsOf(version ?? "").map(
    ({ what, before, source }) => `${what}; fixed in ${before} (${source})`,
  );
  return { environment: name, version, faults, replicas, objects: objects.length, namespace };
}

/** The tag of an image reference, between the repository and the digest. */
const tagOf = (image: string): string | undefined => /:([^:/@]+)(?:@|$)/.exec(image)?.[1];
