import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { isExisting, kubectl, ownNamespace, quietly, request, succeed, type LiveObject } from "./cluster.ts";
import { servedResources } from "./discovery.ts";

/** The objects of a folder as they are in the cluster now. */
export async function liveObjects(folder: string): Promise<readonly LiveObject[]> {
  return JSON.parse(await quietly("get", "-k", folder, "--output=json")).items;
}

export const nameOf = ({ apiVersion, kind, metadata }: LiveObject): string =>
  [apiVersion, kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join(" ");

/** The version that the cluster gave each object of a folder when it last changed. */
export async function resourceVersions(folder: string): Promise<Record<string, string>> {
  const objects = await liveObjects(folder);
  return Object.fromEntries(objects.map((object) => [nameOf(object), object.metadata.resourceVersion]));
}

/** What a person states of each object of a folder, and the defaults: without what the cluster itself keeps in it. */
export async function statedObjects(folder: string): Promise<Record<string, unknown>> {
  const objects = await liveObjects(folder);
  return Object.fromEntries(objects.map((object) => [nameOf(object), stated(object)]));
}

function stated({ status: _status, metadata, ...fields }: LiveObject): unknown {
  const { name, namespace, labels, annotations = {} } = metadata;
  const own = Object.entries(annotations).filter(
    ([key]) => !/^(?:kubectl|deployment)\.kubernetes\.io\//.test(key),
  );
  return { ...fields, metadata: { name, namespace, labels, annotations: Object.fromEntries(own) } };
}

/** Applies a folder and waits until its CRDs are served; kubectl must succeed and have nothing to warn of. */
export async function apply(folder: string, ...flags: readonly string[]): Promise<void> {
  await quietly("apply", "-k", folder, "--validate=strict", ...flags);
  await established();
}

/** Waits until all CRDs are served. One that another test has just made has no conditions yet, on which kubectl gives up. */
export const established = (): Promise<string> =>
  vi.waitFor(() => quietly("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"), {
    timeout: 120_000,
    interval: 500,
  });

/**
 * Creates the namespace that the objects of a folder go to, unless it is among them or there already.
 *
 * @returns what deletes it again.
 */
export async function ensureNamespace(folder: string, name: string): Promise<() => Promise<void>> {
  const isStated = /^kind: Namespace$/m.test(await quietly("kustomize", folder));
  const { status } = await request("GET", `/api/v1/namespaces/${name}`);
  if (isStated || status === 200) return async () => {};
  await quietly("create", "namespace", name);
  return () => removed("namespace", name);
}

/** Deletes the objects of a folder, and returns when they are gone. */
export const remove = (folder: string): Promise<void> => removed("-k", folder);

/** Runs `kubectl delete`. */
export async function removed(...what: readonly string[]): Promise<void> {
  const stop = standInForNamespaceController();
  const { exitCode, stderr } = await kubectl("delete", ...what, "--ignore-not-found", "--timeout=60s");
  await stop();
  expect(exitCode, stderr).toBe(0);
}

/**
 * Lets namespaces go that are being deleted: in a bare control plane no controller does. The real one would delete what
 * is left in the namespace first. This one does not, so that what `kubectl delete` forgot stays and is seen.
 */
function standInForNamespaceController(): () => Promise<void> {
  if (isExisting) return async () => {};
  const over = new AbortController();
  const running = (async () => {
    while (!over.signal.aborted) {
      const { items } = await succeed<{ items: readonly LiveObject[] }>("GET", "/api/v1/namespaces");
      for (const namespace of items) {
        if (namespace.metadata.deletionTimestamp === undefined) continue;
        const path = `/api/v1/namespaces/${namespace.metadata.name}/finalize`;
        await request("PUT", path, { ...namespace, spec: {} });
      }
      await sleep(100);
    }
  })();
  return () => {
    over.abort();
    return running;
  };
}

/**
 * The names of all objects in the cluster, of every kind that it serves. In a cluster that others use, too: those in our
 * namespace and those that are cluster-wide.
 */
export async function everything(): Promise<ReadonlySet<string>> {
  const names: string[] = [];
  for (const { root, resource, verbs, isNamespaced } of await servedResources()) {
    if (!verbs.includes("list") || (isExisting && resource === "events")) continue;
    const namespace = isExisting && isNamespaced ? `/namespaces/${ownNamespace}` : "";
    const { body } = await request<{ items?: readonly LiveObject[] }>(
      "GET",
      `${root}${namespace}/${resource}`,
      undefined,
      {
        accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
      },
    );
    for (const { metadata } of body.items ?? [])
      names.push([root, resource, metadata.namespace, metadata.name].filter(Boolean).join("/"));
  }
  return new Set(names);
}
