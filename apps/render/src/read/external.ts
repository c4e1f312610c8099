import { readFileSync, statSync } from "node:fs";
import { misreadIn, scalarTags } from "@atlas/yaml";
import { isExternal, type KubernetesObject, type Reader, type Resource } from "@atlas/compose";
import type * as Yaml from "yaml";
import { InputError } from "@atlas/input";

const read = new Map<string, KubernetesObject>();

/**
 * The object in an external file, parsed once. The parser is loaded at the first call: most renders copy the file's
 * bytes and never need it.
 *
 * @throws {InputError} when the file is not YAML, or nests deeper than the parser goes.
 */
export const readExternal: Reader = Object.assign(readObject, {
  // Who asks for them says what they are for.
  bytes: (source: URL): Uint8Array => readFileSync(source),
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
    throw unreadableExternal(source, error, "write it, or correct its name where external() is called");
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
  const bytes = readExternalBytes(source);
  try {
    const object = objectIn(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    read.set(source.href, object);
    return object;
  } catch (error) {
    throw unreadableExternal(source, error);
  }
}

/** The one object of a text: documents that hold nothing count for as little as they do to kubectl. */
function objectIn(text: string): KubernetesObject {
  const misread = misreadIn(text, "both");
  if (misread) throw new Error(`${misread.what} at line ${text.slice(0, misread.offset).split("\n").length}`);
  // Importing node:module costs a cold start milliseconds, needed or not.
  const { createRequire } = process.getBuiltinModule("node:module");
  const { parseAllDocuments }: typeof Yaml = createRequire(import.meta.url)("yaml");
  const documents = parseAllDocuments(text, {
    intAsBigInt: true,
    merge: true,
    customTags: scalarTags("both"),
  });
  const values = [...documents].flatMap((document) => {
    for (const error of [...document.errors, ...document.warnings]) throw error;
    const value: unknown = document.toJS({ reviver: exact });
    return value === null || value === undefined ? [] : [value];
  });
  const [object] = values;
  if (values.length > 1) throw new Error(`it holds ${values.length} objects`);
  if (typeof object !== "object" || object === null || Array.isArray(object))
    throw new Error("it holds no object");
  return object as KubernetesObject;
}

function unreadableExternal(source: URL, error: unknown, fix = "fix the file"): InputError {
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
