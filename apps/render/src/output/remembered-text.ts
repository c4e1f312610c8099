import { readExternalBytes } from "../read/external.ts";
import { isExternal } from "@atlas/compose";
import { toJson, toYaml } from "@atlas/compose/yaml";
import type { TextOf } from "./document.ts";
import { readExternal } from "../read/external.ts";
import { rememberedByContent } from "../read/remembered.ts";

/** Prints what many environments have in common once. */
export const rememberedText: TextOf = (resource, format) => {
  if (isExternal(resource)) return externalText[format](resource.source);
  if (format === "json") return `${toJson(resource)}\n`;
  // An object is as much text as its fields one by one, of which the environments of a fleet have most in common.
  return Object.entries(resource)
    .map(([name, value]) => fieldText({ [name]: value }))
    .join("");
};

const fieldText = rememberedByContent(toYaml);
const externalText = {
  yaml: rememberedByContent(readExternalBytes),
  json: rememberedByContent((source: URL) => `${toJson(readExternal(source))}\n`),
};
