import { identity, isExternal, type Resource } from "@atlas/compose";
import { toYaml } from "@atlas/compose/yaml";
import { readExternal } from "./external.ts";
import type { Rendering } from "./rendering.ts";

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

/** Prints an object. */
export type TextOf = (resource: Resource, format: Format) => string | Uint8Array;

/** Turns objects into documents; the file of an external object is copied where it is in the format already. */
export function documentsOf(
  { objects, namespace }: Pick<Rendering, "objects" | "namespace">,
  format: Format,
  text: TextOf = textOf,
): readonly RenderedDocument[] {
  return objects.map((resource) => ({
    file: fileNameOf(resource, namespace, format),
    text: text(resource, format),
  }));
}

const textOf: TextOf = (resource, format) => {
  if (format === "json")
    return `${JSON.stringify(isExternal(resource) ? readExternal(resource.source) : resource)}\n`;
  return isExternal(resource) ? readFileSync(resource.source) : toYaml(resource);
};

/** The documents of environments as one stream, in parts; JSON is one object a line, which kubectl and jq take alike. */
export function* streamOf(
  environments: readonly (readonly RenderedDocument[])[],
  format: Format,
): Generator<string | Uint8Array> {
  let isFirst = true;
  for (const documents of environments) {
    let pending = "";
    for (const { text } of documents) {
      if (!isFirst && format === "yaml") pending += "---\n";
      isFirst = false;
      if (typeof text === "string") pending += text;
      else {
        // Not joined with the rest: these are the same megabyte in every environment.
        yield pending;
        yield text;
        pending = "";
      }
    }
    yield pending;
  }
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
