import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KubernetesObject, Reader } from "@atlas/compose";
import { objectAt } from "./in-memory.ts";
import { readYaml } from "@atlas/input/yaml";

/** Reads what the sources name by URL, objects as Kustomize reads them. */
export const readSource: Reader = Object.assign(
  (source: URL): KubernetesObject => {
    const object = objectAt(source);
    if (object) return structuredClone(object);
    const file = fileURLToPath(source);
    const [read] = readYaml(readFileSync(file), file);
    return read as unknown as KubernetesObject;
  },
  { bytes: (source: URL): Uint8Array => readFileSync(fileURLToPath(source)) },
);
