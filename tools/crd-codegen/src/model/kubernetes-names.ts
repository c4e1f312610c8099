import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The fields of one Kubernetes definition, each with the name of the definition it holds, if it holds one. */
type Fields = ReadonlyMap<string, string | undefined>;

/** Kubernetes' own definitions by name, as `kubernetes-types` declares them. */
export type KubernetesNames = ReadonlyMap<string, Fields>;

/** The groups whose definitions custom resources embed; names are unique among them. */
const groups = ["core/v1", "meta/v1"];

/** Reads the definitions' names and fields from the declarations of `kubernetes-types`. */
export function readKubernetesNames(): KubernetesNames {
  const root = dirname(createRequire(import.meta.url).resolve("kubernetes-types/package.json"));
  const names = new Map<string, Fields>();
  for (const group of groups) {
    const file = readdirSync(join(root, dirname(group))).find((name) => name === "v1.d.ts") ?? "v1.d.ts";
    const text = readFileSync(join(root, dirname(group), file), "utf8").replaceAll(/\/\*\*[^]*?\*\//g, "");
    for (const [, name = "", body = ""] of text.matchAll(/export interface (\w+) \{([^]*?)\n\}/g)) {
      names.set(name, new Map(fieldsOf(body)));
    }
  }
  return names;
}

function* fieldsOf(body: string): Iterable<[string, string | undefined]> {
  for (const [, name = "", type = ""] of body.matchAll(/^ {4}"?([\w$-]+)"?\??: (.*)$/gm)) {
    yield [name, /^(?:Array<)?([A-Z]\w+)/.exec(type)?.[1]];
  }
}

/**
 * The Kubernetes definition that a subtree with these properties is, or undefined for one that is the CRD's own.
 *
 * A definition of the same fields is meant; of several, the one that Kubernetes itself keeps under a field of that name.
 * A large subtree may lack or add a few fields, as other Kubernetes versions do.
 */
export function nameBySubtree(
  names: KubernetesNames,
  field: string,
  properties: readonly string[],
): string | undefined {
  const candidates = [...names].filter(([, fields]) => isAlike(properties, fields)).map(([name]) => name);
  if (candidates.length <= 1) return candidates[0];
  const used = new Set([...names.values()].map((fields) => fields.get(field)));
  return (
    candidates.find((name) => used.has(name)) ?? candidates.find((name) => name === "LocalObjectReference")
  );
}

function isAlike(properties: readonly string[], fields: Fields): boolean {
  const shared = properties.filter((name) => fields.has(name)).length;
  if (properties.length < 10) return shared === properties.length && shared === fields.size;
  return shared / Math.max(properties.length, fields.size) > 0.8;
}
