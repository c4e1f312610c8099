import { succeed } from "./cluster.ts";

/** A resource that the cluster serves. */
export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
  /** The path of its group and version. */
  readonly root: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
}

/** Each resource that the cluster serves, in every version. */
export async function servedResources(): Promise<ApiResource[]> {
  const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  const core = await succeed<Groups>("GET", "/api", undefined, { accept });
  const others = await succeed<Groups>("GET", "/apis", undefined, { accept });
  return [...core.items, ...others.items].flatMap(resourcesOf);
}

interface Groups {
  readonly items: readonly Group[];
}

interface Group {
  readonly metadata: { readonly name?: string };
  readonly versions: readonly {
    readonly version: string;
    readonly resources?: readonly {
      readonly resource: string;
      readonly responseKind: { readonly kind: string };
      readonly scope: string;
      readonly verbs: readonly string[];
    }[];
  }[];
}

const resourcesOf = ({ metadata: { name: group }, versions }: Group): ApiResource[] =>
  versions.flatMap(({ version, resources = [] }) =>
    resources.map(({ resource, responseKind, scope, verbs }) => ({
      apiVersion: group === undefined ? version : `${group}/${version}`,
      kind: responseKind.kind,
      resource,
      root: group === undefined ? `/api/${version}` : `/apis/${group}/${version}`,
      isNamespaced: scope === "Namespaced",
      verbs,
    })),
  );
