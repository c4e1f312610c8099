import { identity, type KubernetesObject } from "@atlas/compose";

/** An environment that is delivered by a tool, with its objects as they are rendered. */
export interface DeliveredEnvironment {
  /** As it is rendered: `dev`, or `production/a-eu` of a fleet. */
  readonly name: string;
  /** The cluster that its layers name; undefined for the one that the tool runs in. */
  readonly cluster?: string | undefined;
  /** Where its objects stand. */
  readonly namespace?: string | undefined;
  /** The operator's release, by which resources are told to be healthy. */
  readonly release: string;
  readonly objects: readonly KubernetesObject[];
  /** The names of CustomResourceDefinitions that its layers take to be in the cluster. */
  readonly needs?: readonly string[];
}

/** Where rendered folders lie. */
export interface RenderedSource {
  /** The URL of the repository. */
  readonly url: string;
  /** A branch, a tag, or a commit. */
  readonly revision: string;
  /** The folder in the repository that holds that of each environment. */
  readonly path: string;
  /** The namespace of what the tool itself reads. */
  readonly namespace: string;
}

/** An object that a tool reads. */
export interface DeliveryObject extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What Argo CD calls the cluster that it runs in. */
export const ownCluster = "in-cluster";

export const clusterOf = ({ cluster = ownCluster }: DeliveredEnvironment): string => cluster;

/** The text of an annotation; empty where there is none. */
export function annotationOf({ metadata }: KubernetesObject, name: string): string {
  const { annotations }: { readonly name: string; annotations?: Readonly<Record<string, unknown>> } =
    metadata;
  const text = annotations?.[name];
  return typeof text === "string" ? text : "";
}

/** The words of an annotation, which commas part. */
export const annotationWords = (object: KubernetesObject, name: string): ReadonlySet<string> =>
  new Set(
    annotationOf(object, name)
      .split(",")
      .map((word) => word.trim()),
  );

/** What makes an object the same to the API server. */
export function keyInCluster(object: KubernetesObject): string {
  const { group, kind, namespace = "", name } = identity(object);
  return JSON.stringify([group, kind, namespace, name]);
}

/** The folder of an environment, or of a fleet, in the repository. */
export const renderedPath = ({ path }: RenderedSource, name: string): string =>
  [path.replace(/^(?:\.\/)+|\/+$/g, ""), name].filter((part) => part !== "" && part !== ".").join("/");
