import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { go } from "../workspace/go-modules.ts";

/** What is built of a version of Kubernetes, and where go.mod states it. */
export interface ControlPlaneModule {
  readonly folder: string;
  readonly goMod: string;
  /** As `v1.34.4`. */
  readonly kubernetesVersion: string;
  /** What `go build tool` calls each, and what envtest does. */
  readonly binaries: readonly (readonly [built: string, named: string])[];
}

const mainFolder: string = fileURLToPath(new URL("../../control-plane", import.meta.url));

/** etcd, kube-apiserver and kubectl of the version that everything is tested on. */
export const mainModule: ControlPlaneModule = moduleIn(mainFolder, [
  ["server", "etcd"],
  ["kube-apiserver", "kube-apiserver"],
  ["kubectl", "kubectl"],
]);

/** The version of Istio's API that the CRDs are taken from, as `v1.31.4`. */
export const istioVersion: string = moduleVersion(mainModule, "istio.io/api");

/**
 * The kube-apiserver of another version, as `1.31`: what is special about it is no more than that.
 *
 * @throws Error that names the versions that there are.
 */
export function otherModule(version: string): ControlPlaneModule {
  const known = readdirSync(mainFolder).filter((name) => /^\d+\.\d+$/.test(name));
  if (!known.includes(version))
    throw new Error(`there is no go.mod for Kubernetes ${version}: expected one of ${known.join(", ")}`);
  return moduleIn(join(mainFolder, version), [["kube-apiserver", "kube-apiserver"]]);
}

function moduleIn(folder: string, binaries: ControlPlaneModule["binaries"]): ControlPlaneModule {
  const goMod = readFileSync(join(folder, "go.mod"), "utf8");
  return {
    folder,
    goMod,
    binaries,
    kubernetesVersion: moduleVersion({ folder, goMod }, "k8s.io/kubernetes"),
  };
}

/** Arguments of `go` that build everything that go.mod declares as a tool. */
function buildArguments({ kubernetesVersion }: ControlPlaneModule, output: string): string[] {
  const [major = "", minor = ""] = kubernetesVersion.slice(1).split(".");
  const stamps = { gitVersion: kubernetesVersion, gitMajor: major, gitMinor: minor };
  const linked = Object.entries(stamps).map(
    // Without them the API server calls itself v0.0.0-master, which kubectl takes for a skew of versions.
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  // Without inlining the build takes four fifths of the time; nobody measures these binaries.
  return [
    "build",
    "-trimpath",
    "-gcflags=all=-l",
    `-ldflags=-s -w ${linked.join(" ")}`,
    "-o",
    output,
    "tool",
  ];
}

/** Names what is built by its content: the modules with their checksums, how they are built, and for which machine. */
export function buildKey(module: ControlPlaneModule): string {
  const goSum = readFileSync(join(module.folder, "go.sum"), "utf8");
  const parts = [module.goMod, goSum, ...buildArguments(module, ""), machine()];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);
}

const machine = (): string => `${process.platform}-${process.arch}`;

/**
 * The version of Go that would build, as `go1.26.8`.
 *
 * @throws Error where Go is not installed.
 */
export const goVersion = ({ folder }: ControlPlaneModule): Promise<string> =>
  go(["env", "GOVERSION"], { cwd: folder });

/**
 * Builds what a module has into a folder.
 *
 * @throws Error with what Go said.
 */
export async function build(module: ControlPlaneModule, output: string): Promise<void> {
  await go(buildArguments(module, `${output}/`), { cwd: module.folder });
  for (const [built, named] of module.binaries) renameSync(join(output, built), join(output, named));
}

/**
 * The file with Istio's CRDs in Go's module cache, downloaded where it is not there.
 *
 * @throws Error with what Go said.
 */
export async function downloadIstioCrds(): Promise<string> {
  const { Dir } = JSON.parse(await go(["mod", "download", "-json", "istio.io/api"], { cwd: mainFolder }));
  return join(Dir, "kubernetes/customresourcedefinitions.gen.yaml");
}

function moduleVersion(
  { folder, goMod }: Pick<ControlPlaneModule, "folder" | "goMod">,
  name: string,
): string {
  const lines = goMod.split("\n").map((line) =>
    line
      .replace(/^require /, "")
      .trim()
      .split(" "),
  );
  const version = lines.find(([module, second]) => module === name && second?.startsWith("v"))?.[1];
  if (version === undefined) throw new Error(`${folder}/go.mod does not require ${name}`);
  return version;
}
