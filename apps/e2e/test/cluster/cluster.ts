import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { execa } from "execa";
import { expect, inject } from "vitest";

const cluster = inject("cluster");

/** Whether the cluster was there before the run. */
export const { isExisting } = cluster;

/** An object as the API server returns it. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion: string;
    readonly annotations?: { readonly [name: string]: string };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** What a run of kubectl ended with. */
export interface Run {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl against the cluster of the run. */
export async function kubectl(...args: readonly string[]): Promise<Run> {
  const config = cluster.kubeconfig === undefined ? [] : ["--kubeconfig", cluster.kubeconfig];
  const { exitCode, stdout, stderr } = await execa(cluster.kubectl, [...config, ...args], {
    reject: false,
    maxBuffer: 1 << 28,
  });
  return { exitCode, stdout, stderr };
}

/** Runs kubectl, which must succeed and have nothing to warn of. */
export async function quietly(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await kubectl(...args);
  expect({ exitCode, stderr }, `kubectl ${args.join(" ")}\n${stdout}`).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

/** Why the API server refused something; text that is not JSON stands as its message. */
export interface Refusal {
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly field?: string }[] };
}

/**
 * What the API server answered.
 *
 * @typeParam Body what the caller reads of it, beside why it was refused.
 */
export interface Answer<Body = object> {
  readonly status: number;
  readonly body: Body & Refusal;
}

/** Sends one request to the API server, as the kubeconfig's user unless the headers impersonate another. */
export function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${cluster.api}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
  });
}

/** Sends one request and reads the answer. */
export async function request<Body = object>(...args: Parameters<typeof send>): Promise<Answer<Body>> {
  const response = await send(...args);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, body: isJson ? JSON.parse(text) : { message: text } };
}

/** Sends a request that must succeed. */
export async function succeed<Body = object>(...args: Parameters<typeof send>): Promise<Body> {
  const { status, body } = await request<Body>(...args);
  expect(status, `${args[0]} ${args[1]}: ${JSON.stringify(body)}`).toSatisfy((code) => code < 300);
  return body;
}

/** The version of the API server, as `1.34`. */
export async function servedVersion(): Promise<string> {
  const { major, minor } = await succeed<{ major: string; minor: string }>("GET", "/version");
  return `${major}.${Number.parseInt(minor, 10)}`;
}

/** Tells what this run makes in a cluster from what others do. */
const suffix = basename(inject("folder")).toLowerCase().replace("atlas-", "");

/** The namespace for what belongs to no environment. */
export const ownNamespace: string = `atlas-${suffix}`;

/**
 * The folder to apply for a rendered one: itself in a control plane of our own. In a cluster that was there before, a
 * Kustomization around it that moves everything to a namespace of its own and renames what is cluster-wide; the CRDs
 * keep their names, which is why a cluster that has them is refused.
 */
export function applicable(folder: string): string {
  if (!isExisting) return folder;
  const wrapper = mkdtempSync(join(inject("folder"), "wrapper-"));
  const resources = [relative(realpathSync(wrapper), realpathSync(folder))];
  const kustomization = { resources, namespace: ownNamespace, nameSuffix: `-${suffix}` };
  writeFileSync(join(wrapper, "kustomization.yaml"), JSON.stringify(kustomization));
  return wrapper;
}
