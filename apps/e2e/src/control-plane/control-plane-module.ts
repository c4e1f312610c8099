import { createHash } from "node:crypto";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { go } from "../workspace/go-modules.ts";

/** Where go.mod states what the control plane is made of. */
const folder: string = fileURLToPath(new URL("../../control-plane", import.meta.url));
const goMod: string = readFileSync(join(folder, "go.mod"), "utf8");

/** The version of Kubernetes that is built, as `v1.34.4`. */
export const kubernetesVersion: string = versionOf("k8s.io/kubernetes");

/** The version of Istio's API that the CRDs are taken from, as `v1.31.4`. */
export const istioVersion: string = versionOf("istio.io/api");

/** Where the binaries come from in `go.mod`: what `go build tool` calls each, and what envtest does. */
const binaries: readonly (readonly [built: string, named: string])[] = [
  ["server", "etcd"],
  ["kube-apiserver", "kube-apiserver"],
  ["kubectl", "kubectl"],
];

/** Arguments of `go` that build everything that go.mod declares as a tool. */
function buildArguments(output: string): string[] {
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
export function buildKey(): string {
  const parts = [goMod, readFileSync(join(folder, "go.sum"), "utf8"), ...buildArguments(""), machine()];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);
}

const machine = (): string => `${process.platform}-${process.arch}`;

/**
 * The version of Go that would build, as `go1.26.8`.
 *
 * @throws Error where Go is not installed.
 */
export const goVersion = (): Promise<string> => go(["env", "GOVERSION"], { cwd: folder });

/**
 * Builds etcd, kube-apiserver and kubectl into a folder.
 *
 * @throws Error with what Go said.
 */
export async function build(output: string): Promise<void> {
  await go(buildArguments(`${output}/`), { cwd: folder });
  for (const [built, named] of binaries) renameSync(join(output, built), join(output, named));
}

/**
 * The file with Istio's CRDs in Go's module cache, downloaded where it is not there.
 *
 * @throws Error with what Go said.
 */
export async function downloadIstioCrds(): Promise<string> {
  const { Dir } = JSON.parse(await go(["mod", "download", "-json", "istio.io/api"], { cwd: folder }));
  return join(Dir, "kubernetes/customresourcedefinitions.gen.yaml");
}

function versionOf(name: string): string {
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
