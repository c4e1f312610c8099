import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KubernetesObject, Reader } from "@atlas/compose";
import { objectAt } from "./in-memory.ts";
import { readYaml } from "@atlas/input/yaml";

/** What was read, by its bytes: each layer that stands on another reads its definitions anew. */
const readObjects = new Map<string, KubernetesObject>();

/** Reads what the sources name by URL, objects as Kustomize reads them. */
export const readSource: Reader = Object.assign(
  (source: URL): KubernetesObject => {
    const object = objectAt(source);
    if (object) return structuredClone(object);
    const file = fileURLToPath(source);
    const bytes = readFileSync(file);
    const key = bytes.toString("latin1");
    const read =
      readObjects.get(key) ?? (readYaml(bytes, file, "kustomize")[0] as unknown as KubernetesObject);
    readObjects.set(key, read);
    return read;
  },
  { bytes: (source: URL): Uint8Array => readFileSync(fileURLToPath(source)) },
);
