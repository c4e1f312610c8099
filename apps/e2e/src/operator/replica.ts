import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PodProcess } from "./pod-process.ts";
import { startSandbox, type RootFileSystem, type Sandbox } from "./sandbox.ts";

/** Runs kubectl against a cluster and returns what it printed; throws where it fails. */
export type Kubectl = (...args: readonly string[]) => Promise<string>;

/** Where a program finds its API server and who it is there. */
const accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

interface KubeConfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly "certificate-authority-data": string } },
  ];
}

/**
 * Starts one replica of a Deployment in a sandbox, with a token of its ServiceAccount from the TokenRequest API, as a
 * kubelet would.
 *
 * @param folder where its files may lie.
 * @param reaches the ports on loopback that it may reach beside the API server's, and `answers` those on which it can be
 *   asked itself beside its readiness probe's.
 */
export async function startReplica(
  pod: PodProcess,
  name: string,
  given: {
    readonly kubectl: Kubectl;
    readonly folder: string;
    readonly root: RootFileSystem;
    readonly reaches?: readonly number[];
    readonly answers?: readonly number[];
  },
): Promise<Sandbox> {
  const { kubectl, folder, root, reaches = [], answers = [] } = given;
  const config: KubeConfig = JSON.parse(
    await kubectl("config", "view", "--raw", "--minify", "--flatten", "--output=json"),
  );
  const { server, "certificate-authority-data": authority } = config.clusters[0].cluster;
  const port = new URL(server).port || "443";
  const source = mkdtempSync(join(folder, "account-"));
  // As readable as a kubelet makes it.
  chmodSync(source, 0o755);
  if (pod.hasToken) {
    const token = await kubectl("create", "token", pod.serviceAccount, "--namespace", pod.namespace);
    writeFileSync(join(source, "token"), token.trim());
    writeFileSync(join(source, "ca.crt"), Buffer.from(authority, "base64"));
    writeFileSync(join(source, "namespace"), pod.namespace);
  }
  const account = pod.hasToken ? [{ source, path: accountFolder }] : [];
  return startSandbox(pod, {
    name,
    folder,
    root: {
      ...root,
      binds: [...root.binds, ...account],
      env: { ...root.env, KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: port },
    },
    reaches: [Number(port), ...reaches],
    answers,
  });
}
