/*
 * Prints what the cluster tests depend on outside the workspace, for Nx to hash: a result is taken from the cache only
 * where all of it is the same.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

const { KUBEBUILDER_ASSETS: assets, ATLAS_E2E_ORIGINAL: original, USE_EXISTING_CLUSTER } = process.env;
const saidBy = async (command: string, ...args: string[]): Promise<string> =>
  (await execa(command, args, { reject: false })).stdout ?? "";
const kubectlVersion = await saidBy("kubectl", "version", "--client", "--output=json");
const debianPostgres = "/usr/lib/postgresql";
// Where the operator can come from.
const operatorFiles = ["ATLAS_OPERATOR_BIN", "ATLAS_BIN"].map((name) => process.env[name]);

console.log(
  JSON.stringify({
    kubectl: kubectlVersion,
    postgres: existsSync(debianPostgres)
      ? readdirSync(debianPostgres)
      : await saidBy("postgres", "--version"),
    operator: operatorFiles.map((file) => file && existsSync(file) && sizeAndTime(file)),
    containers: await Promise.all(
      ["docker", "podman", "nerdctl"].map((tool) =>
        saidBy(tool, "version", "--format", "{{.Server.Version}}"),
      ),
    ),
    platform: `${process.platform}-${process.arch}`,
    assets: assets && inputFiles(assets).map((file) => [file, sizeAndTime(file)]),
    original: original && inputFiles(original).map((file) => [file, contentHash(file)]),
    // Nothing here can tell what is in a cluster: never the same.
    existing: USE_EXISTING_CLUSTER && process.hrtime.bigint().toString(),
  }),
);

function inputFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    // The tests say what is wrong with the folder.
    return [];
  }
}

function sizeAndTime(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}

function contentHash(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
