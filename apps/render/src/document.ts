import { identity, isExternal, type Resource } from "@atlas/compose";
import { toYaml } from "@atlas/compose/yaml";
import { readExternal } from "./external.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");

/** The formats an object can be written in. */
export type Format = "yaml" | "json";

/** One object as it is written. */
export interface RenderedDocument {
  /** The name of its file; it follows from the object's identity and the environment's namespace alone. */
  readonly file: string;
  /** Its text; the bytes of an external file are passed on as they are. */
  readonly text: string | Uint8Array;
}

/** Turns objects into documents; the file of an external object is copied where it is in the format already. */
export function documentsOf(
  objects: readonly Resource[],
  format: Format,
  namespace: string | undefined,
): readonly RenderedDocument[] {
  return objects.map((resource) => ({
    file: fileNameOf(resource, namespace, format),
    text:
      format === "yaml"
        ? yamlOf(resource)
        : `${JSON.stringify(isExternal(resource) ? readExternal(resource.source) : resource)}\n`,
  }));
}

const yamlOf = (resource: Resource): string | Uint8Array =>
  isExternal(resource) ? readFileSync(resource.source) : toYaml(resource);

/** All documents as one stream; JSON is one object a line, which kubectl and jq take alike. */
export function streamOf(documents: readonly RenderedDocument[], format: Format): Uint8Array {
  const separator = Buffer.from(format === "yaml" ? "---\n" : "");
  const parts = documents.flatMap(({ text }, index) => [...(index === 0 ? [] : [separator]), bytesOf(text)]);
  return Buffer.concat(parts);
}

export const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === "string" ? Buffer.from(text) : text;

/**
 * `<kind>[.<group>]_[<namespace>_]<name>.<format>`, as kubectl names kinds; the namespace only where it is not the
 * environment's. An underscore stands in none of the parts, and what a file name may not hold on every file system
 * (RBAC names may have colons and capitals) is percent-encoded, so two objects never share a file.
 */
function fileNameOf(resource: Resource, environmentNamespace: string | undefined, format: Format): string {
  const { group, kind, namespace, name } = identity(resource);
  const type = group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
  const parts = [
    type,
    ...(namespace === undefined || namespace === environmentNamespace ? [] : [namespace]),
    name,
  ];
  return `${parts.map((part) => part.replace(/[^a-z0-9.-]/g, percentEncode)).join("_")}.${format}`;
}

const percentEncode = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
