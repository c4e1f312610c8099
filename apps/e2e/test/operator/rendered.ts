import type { Deployment } from "kubernetes-types/apps/v1.js";
import { expect } from "vitest";
import { parseAllDocuments } from "yaml";
import { podProcess, type PodProcess } from "../../src/operator/pod-process.ts";
import { quietly } from "../cluster/cluster.ts";

/** The process of the Deployment in a rendered folder. */
export async function renderedProcess(folder: string, namespace: string): Promise<PodProcess> {
  const objects = parseAllDocuments(await quietly("kustomize", folder)).map((document) => document.toJS());
  const deployment: Deployment = objects.find(({ kind }) => kind === "Deployment");
  // Base states no namespace: whoever applies it does.
  return { ...podProcess(deployment), namespace };
}

/** Waits until a replica of this name holds the operator's lease, with whatever it adds to its name. */
export async function leaseHolder(namespace: string, name: string): Promise<void> {
  const lease = ["lease/5220c287.atlasgo.io", "--namespace", namespace];
  await quietly("wait", ...lease, "--for=create", "--timeout=60s");
  const holder = () => quietly("get", ...lease, "--output=jsonpath={.spec.holderIdentity}");
  await expect.poll(holder, { timeout: 60_000, interval: 200 }).toMatch(new RegExp(`^${name}_`));
}
