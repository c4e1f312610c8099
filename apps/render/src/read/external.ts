import { legacyInteger } from "@atlas/input/legacy-integer";
import { isExternal, type KubernetesObject, type Reader, type Resource } from "@atlas/compose";
import type * as Yaml from "yaml";
import { InputError } from "@atlas/input";

const { readFileSync, statSync } = process.getBuiltinModule("node:fs");

const read = new Map<string, KubernetesObject>();

/**
 * The object in an external file, parsed once. The parser is loaded at the first call: most renders copy the file's
 * bytes and never need it.
 *
 * @throws {InputError} when the file is not YAML, or nests deeper than the parser goes.
 */
export const readExternal: Reader = Object.assign(readObject, {
  bytes: readExternalBytes,
});

/**
 * The bytes of an external file.
 *
 * @throws {InputError} when it cannot be read: the file is to blame then, not the output that it is copied to.
 */
export function readExternalBytes(source: URL): Uint8Array {
  try {
    return readFileSync(source);
  } catch (error) {
    throw unreadable(source, error, "write it, or correct its name where external() is called");
  }
}

/** Whether an object lies in a file that a generator has validated, and nobody has changed as far as its size tells. */
export const isAsGenerated = (resource: Resource): boolean =>
  isExternal(resource) &&
  resource.size !== undefined &&
  statSync(resource.source, { throwIfNoEntry: false })?.size === resource.size;

/** The object itself, or the one in its file. */
export const opened = (resource: Resource): KubernetesObject =>
  isExternal(resource) ? readObject(resource.source) : resource;

function readObject(source: URL): KubernetesObject {
  const known = read.get(source.href);
  if (known) return known;
  // Importing node:module costs a cold start milliseconds, needed or not.
  const { createRequire } = process.getBuiltinModule("node:module");
  const { parse }: typeof Yaml = createRequire(import.meta.url)("yaml");
  const text = Buffer.from(readExternalBytes(source)).toString("utf8");
  try {
    const object: KubernetesObject | null = parse(text, exact, {
      intAsBigInt: true,
      merge: true,
      customTags: (tags) => [legacyInteger, ...tags],
    });
    if (typeof object !== "object" || object === null) throw new Error("it holds no object");
    read.set(source.href, object);
    return object;
  } catch (error) {
    throw unreadable(source, error);
  }
}

function unreadable(source: URL, error: unknown, fix = "fix the file"): InputError {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const [what = ""] = message.split("\n");
  return new InputError([
    {
      file: process.getBuiltinModule("node:url").fileURLToPath(source),
      code: "file-not-readable",
      what: `the file of an external object cannot be read: ${/call stack/.test(what) ? "it nests too deep" : what}`,
      expected: "the YAML of one object",
      fix,
    },
  ]);
}

/** An int64 beyond 2^53, such as a limit in a CRD, keeps its digits as bigint. */
const exact = (_key: unknown, value: unknown): unknown =>
  typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
