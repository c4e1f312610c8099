import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** Why a comparison with the real Kustomize is skipped; undefined where kubectl is at hand. */
export const withoutKubectl: string | undefined = spawnSync("kubectl", ["version", "--client"]).error
  ? "kubectl is not installed"
  : undefined;

/** What `kubectl kustomize` makes of a kustomization and its files, as objects; JSON is YAML. */
export function kustomize(kustomization: object, files: Readonly<Record<string, unknown>>): object[] {
  const folder = mkdtempSync(join(tmpdir(), "compose-"));
  try {
    for (const [name, content] of Object.entries({ "kustomization.yaml": kustomization, ...files })) {
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
    const output = execFileSync("kubectl", ["kustomize", folder], { encoding: "utf8", maxBuffer: 2 ** 28 });
    return parseAllDocuments(output, { version: "1.1" }).map((document): object => document.toJS());
  } finally {
    rmSync(folder, { recursive: true });
  }
}
