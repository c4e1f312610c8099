import type { ApiCall } from "../../src/operator/operator-api-usage.ts";
import { ownNamespace, request, send, succeed, type LiveObject } from "./cluster.ts";

/** Whose permissions are asked: a ServiceAccount. */
export interface Identity {
  readonly name: string;
  readonly namespace: string;
}

/** What one API call acts on: an object of each resource that the operator calls. */
const objects: { readonly [resource: string]: { readonly kind: string } & Record<string, unknown> } = {
  configmaps: { kind: "ConfigMap" },
  events: { kind: "Event", involvedObject: { kind: "Pod", name: "target", namespace: ownNamespace } },
  pods: { kind: "Pod", spec: { containers: [{ name: "a", image: "registry.invalid/none" }] } },
  secrets: { kind: "Secret" },
  deployments: {
    kind: "Deployment",
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: "target" } },
      template: {
        metadata: { labels: { app: "target" } },
        spec: { containers: [{ name: "a", image: "registry.invalid/none" }] },
      },
    },
  },
  leases: { kind: "Lease", spec: {} },
  atlasmigrations: { kind: "AtlasMigration", spec: { url: "sqlite://a.db", dir: { remote: { name: "a" } } } },
  atlasschemas: { kind: "AtlasSchema", spec: { url: "sqlite://a.db", schema: { sql: "-- none" } } },
};

const versions: { readonly [group: string]: string } = { "db.atlasgo.io": "v1alpha1" };
const apiVersion = (group: string): string => (group === "" ? "v1" : `${group}/${versions[group] ?? "v1"}`);
const root = (group: string): string => `/${group === "" ? "api" : "apis"}/${apiVersion(group)}`;
const plain = (resource: string): string => resource.split("/")[0] ?? "";
const homeOf = ({ scope }: ApiCall, { namespace }: Identity): string =>
  scope === "own namespace" ? namespace : ownNamespace;
const collection = (call: ApiCall, identity: Identity): string =>
  `${root(call.apiGroup)}/namespaces/${homeOf(call, identity)}/${plain(call.resource)}`;

/** Creates, as the administrator, an object for each call to act on. */
export async function createTargets(calls: readonly ApiCall[], identity: Identity): Promise<void> {
  const paths = new Map(calls.map((call) => [collection(call, identity), call]));
  for (const [path, { apiGroup, resource }] of paths) {
    const { status, body } = await request("POST", path, object(apiGroup, resource, "target"));
    if (status !== 201 && status !== 409) throw new Error(`POST ${path}: ${JSON.stringify(body)}`);
  }
}

const object = (apiGroup: string, resource: string, name: string) => ({
  apiVersion: apiVersion(apiGroup),
  ...objects[plain(resource)],
  metadata: { name },
});

type Sent = Parameters<typeof send>;

/** The request that a call is, on the object that was made for it; with what is written discarded. */
const requests: {
  readonly [verb in ApiCall["verb"]]: (call: ApiCall, path: string) => Sent | Promise<Sent>;
} = {
  list: (_call, path) => ["GET", `${path}?limit=1`],
  watch: (_call, path) => ["GET", `${path}?watch=true&timeoutSeconds=5`],
  get: (_call, path) => ["GET", `${path}/target`],
  create: ({ apiGroup, resource }, path) => [
    "POST",
    `${path}?dryRun=All`,
    object(apiGroup, resource, "another"),
  ],
  update: async ({ resource }, path) => {
    const subresource = resource.slice(plain(resource).length);
    return ["PUT", `${path}/target${subresource}?dryRun=All`, await succeed("GET", `${path}/target`)];
  },
  patch: (_call, path) => [
    "PATCH",
    `${path}/target?dryRun=All`,
    {},
    { "content-type": "application/merge-patch+json" },
  ],
  delete: (_call, path) => ["DELETE", `${path}/target?dryRun=All`],
};

/**
 * Makes a call as a ServiceAccount.
 *
 * @returns the status of the answer: 403 where the rules do not allow the call.
 */
export async function statusOfCall(call: ApiCall, identity: Identity): Promise<number> {
  const all = `${root(call.apiGroup)}/${plain(call.resource)}`;
  const path = call.scope === "cluster" ? all : collection(call, identity);
  const isOwnership = call.resource.endsWith("/finalizers");
  const [method, at, body, headers] = await (isOwnership
    ? createOwned(path)
    : requests[call.verb](call, path));
  const user = `system:serviceaccount:${identity.namespace}:${identity.name}`;
  const response = await send(method, at, body, { ...headers, "impersonate-user": user });
  // A watch goes on until its time is over.
  await response.body?.cancel();
  return response.status;
}

/** What the permission to update finalizers is for: a Secret that belongs to the object, which waits for it to go. */
async function createOwned(path: string): Promise<Sent> {
  const { apiVersion: version, kind, metadata } = await succeed<LiveObject>("GET", `${path}/target`);
  const owner = { apiVersion: version, kind, name: metadata.name, uid: metadata["uid"] };
  const ownerReferences = [{ ...owner, controller: true, blockOwnerDeletion: true }];
  const secret = { ...object("", "secrets", "owned"), metadata: { name: "owned", ownerReferences } };
  return ["POST", `/api/v1/namespaces/${ownNamespace}/secrets?dryRun=All`, secret];
}
