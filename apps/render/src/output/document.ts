import { isExternal, type Resource } from "@atlas/compose";
import { toJson, toYaml } from "@atlas/compose/yaml";
import { readExternal, readExternalBytes } from "../read/external.ts";
import { fileNamesOf } from "./file-names.ts";
import type { Rendering } from "../rendering/rendering.ts";

/** The formats an object can be written in. */
export type Format = "yaml" | "json";

/** One object as it is written. */
export interface RenderedDocument {
  /** The name of its file, which no other object of the environment has. */
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
  text: TextOf = documentText,
): readonly RenderedDocument[] {
  const files = fileNamesOf(objects, namespace, format);
  const texts = textsOf({ objects }, format, text);
  return texts.map((each, index) => ({ file: files[index] ?? "", text: each }));
}

/** The texts alone. */
export const textsOf = (
  { objects }: Pick<Rendering, "objects">,
  format: Format,
  text: TextOf = documentText,
): readonly RenderedDocument["text"][] => objects.map((resource) => text(resource, format));

const documentText: TextOf = (resource, format) => {
  if (format === "json")
    return `${toJson(isExternal(resource) ? readExternal(resource.source) : resource)}\n`;
  return isExternal(resource) ? readExternalBytes(resource.source) : toYaml(resource);
};

/** The texts of environments as one stream, in parts; JSON is one object a line, which kubectl and jq take alike. */
export function* streamOf(
  environments: readonly (readonly RenderedDocument["text"][])[],
  format: Format,
): Generator<string | Uint8Array> {
  let isFirst = true;
  for (const texts of environments) {
    let pending = "";
    for (const text of texts) {
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
