import type { KubernetesObject } from "@atlas/compose";
import type * as Yaml from "yaml";

const { readFileSync } = process.getBuiltinModule("node:fs");

const read = new Map<string, KubernetesObject>();

/**
 * The object in an external file, parsed once. The parser is loaded at the first call: most renders copy the file's
 * bytes and never need it.
 */
export function readExternal(source: URL): KubernetesObject {
  const known = read.get(source.href);
  if (known) return known;
  // Importing node:module costs a cold start milliseconds, needed or not.
  const { createRequire } = process.getBuiltinModule("node:module");
  const { parse }: typeof Yaml = createRequire(import.meta.url)("yaml");
  const object: KubernetesObject = parse(readFileSync(source, "utf8"), exact, { intAsBigInt: true });
  read.set(source.href, object);
  return object;
}

/** An int64 beyond 2^53, such as a limit in a CRD, keeps its digits as bigint. */
const exact = (_key: unknown, value: unknown): unknown =>
  typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
