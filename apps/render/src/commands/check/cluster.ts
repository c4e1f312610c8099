import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { assumptions, kindKey, type KubernetesObject, type Live, type Unread } from "@atlas/checks";
import { InputError } from "@atlas/input";

const execute = promisify(execFile);

/** What is always looked at: what runs, who leads, and what Kubernetes has said. */
const alwaysRead = [
  "Namespace",
  "Pod",
  "Service",
  "Event",
  "Deployment.apps",
  "StatefulSet.apps",
  "DaemonSet.apps",
  "EndpointSlice.discovery.k8s.io",
  "Lease.coordination.k8s.io",
  "AtlasSchema.db.atlasgo.io",
  "AtlasMigration.db.atlasgo.io",
];

/** Where Istio says how it is installed. */
const ofMesh = ["ConfigMap", "MutatingWebhookConfiguration.admissionregistration.k8s.io"];

/** The kinds that are read for objects: theirs, and what they assume. */
function kindsFor(objects: readonly KubernetesObject[]): readonly string[] {
  const needs = assumptions(objects).map(({ need }) => need);
  const needed = needs.flatMap((need) => ("kind" in need ? [kindKey(need.group, need.kind)] : []));
  const own = objects.map(({ apiVersion, kind }) =>
    kindKey(apiVersion.includes("/") ? apiVersion.replace(/\/.*/, "") : "", kind),
  );
  const isInMesh = needs.some(({ code }) => code.startsWith("istio-") || code === "mesh-provider");
  return [...new Set([...alwaysRead, ...(isInMesh ? ofMesh : []), ...needed, ...own])];
}

/**
 * What the cluster of the kubeconfig has of the kinds that matter to objects. Nothing in it is changed.
 *
 * @throws {InputError} where kubectl is not there, or reaches no cluster.
 */
export async function readLive(objects: readonly KubernetesObject[]): Promise<Live> {
  const version = await versionOfCluster();
  const unread = new Map<string, Unread>();
  const found: KubernetesObject[] = [];
  const kinds = [...kindsFor(objects)];
  const worker = async (): Promise<void> => {
    for (let kind = kinds.pop(); kind !== undefined; kind = kinds.pop()) {
      const read = await readKind(kind);
      if ("said" in read) unread.set(kind, read);
      else found.push(...read.items);
    }
  };
  // kubectl asks the API server what it serves each time; some at once are as fast as all.
  await Promise.all(Array.from({ length: 4 }, worker));
  return { objects: found, unread, now: Date.now(), ...(version !== undefined && { version }) };
}

async function versionOfCluster(): Promise<string | undefined> {
  const { stdout, stderr, code } = await runKubectl(
    "version",
    "--output",
    "json",
    "--request-timeout",
    "10s",
  );
  const version = answerIn(stdout);
  if (code === 0 && version?.serverVersion)
    return `${version.serverVersion.major}.${Number.parseInt(version.serverVersion.minor, 10)}`;
  throw new InputError([
    {
      code: "cluster-unreached",
      what: code === "ENOENT" ? "kubectl is not on the PATH" : "kubectl reaches no cluster",
      expected: "the cluster that the objects were applied to, as the current context of the kubeconfig",
      fix: "install kubectl, or set KUBECONFIG, or choose a context: kubectl config use-context NAME",
      // What stands above it may be a credential plugin's.
      ...(stderr === "" ? {} : { said: lastLine(stderr) }),
    },
  ]);
}

async function readKind(kind: string): Promise<{ readonly items: readonly KubernetesObject[] } | Unread> {
  // Behind the dashes, as the kind of an object may be anything.
  const args = ["--all-namespaces", "--output", "json", "--request-timeout", "60s", "--", kind];
  const { stdout, stderr, code } = await runKubectl("get", ...args);
  const answer = code === 0 ? answerIn(stdout) : undefined;
  if (Array.isArray(answer?.items)) return { items: answer.items };
  const line = code === 0 ? "kubectl has not answered with a list" : lastLine(stderr);
  return {
    isServed: !/doesn't have a resource type|could not find the requested resource/.test(stderr),
    said: line,
  };
}

/** Runs kubectl; it is only ever asked to read. */
async function runKubectl(
  ...args: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number | string }> {
  try {
    return { ...(await execute("kubectl", args, { maxBuffer: 2 ** 30 })), code: 0 };
  } catch (error) {
    const {
      stdout = "",
      stderr = "",
      code = 1,
    } = error as { stdout?: string; stderr?: string; code?: number | string };
    return { stdout, stderr, code };
  }
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

/** What of kubectl's answers is read. */
interface KubectlAnswer {
  readonly serverVersion?: { readonly major: string; readonly minor: string };
  readonly items?: readonly KubernetesObject[];
}

/** What kubectl has answered; undefined where that is not JSON. */
function answerIn(stdout: string): KubectlAnswer | null | undefined {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
