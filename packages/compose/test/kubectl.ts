import type { KubernetesObject } from "@atlas/compose";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";

/** Why a comparison with the real Kustomize is skipped; undefined where kubectl is at hand. */
export const withoutKubectl: string | undefined = spawnSync("kubectl", ["version", "--client"]).error
  ? "kubectl is not installed"
  : undefined;

/** What `kubectl kustomize` makes of a kustomization and its files, as objects; text and bytes are written as they are. */
export function kustomize(kustomization: object, files: Readonly<Record<string, unknown>>): object[] {
  const folder = mkdtempSync(join(tmpdir(), "compose-"));
  try {
    for (const [name, content] of Object.entries({ "kustomization.yaml": kustomization, ...files })) {
      const isData = typeof content === "string" || content instanceof Uint8Array;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), isData ? content : JSON.stringify(content));
    }
    const output = execFileSync("kubectl", ["kustomize", folder], { encoding: "utf8", maxBuffer: 2 ** 28 });
    return parseAllDocuments(output, { version: "1.1" }).map((document): object => document.toJS());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Objects by what identifies them; the order in which they come out is no matter of their content. */
export function inOrder(objects: readonly object[]): object[] {
  const keyed = objects.map((object) => {
    const { apiVersion, kind, metadata } = object as KubernetesObject;
    return { object, key: [apiVersion, kind, metadata.namespace, metadata.name].join(" ") };
  });
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ object }) => object);
}
