/*
 * YAML as renderers write it, read by js-yaml, which takes a quarter of the time of `yaml`, as it does not keep the place of
 * every token. It reads what both read alike: of all other text this says that it does not know it, and `yaml` reads it. A
 * test holds the one to the other.
 */
import {
  defineMappingTag,
  defineScalarTag,
  load,
  mapTag,
  NOT_RESOLVED,
  Schema,
  seqTag,
  strTag,
} from "js-yaml";
import type { YamlValue } from "./yaml-values.ts";

/** Control characters, and those that YAML takes for breaks or marks: nothing that a renderer writes unescaped. */
const unusualCharacter = /[^\n\u0020-\u007e\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** What may be an anchor, an alias, a tag, a key that is marked, or what a text says of itself. */
const mayBeMarked = /(?:^|[\s[{,:?-])(?:[&*!%@`]|\?(?:\s|$))|<<|^\.\.\./m;

/**
 * What the text of one document holds; undefined where it is none that both readers read alike.
 *
 * @param text lines that are ended, without the mark that a document begins with.
 */
export function readPlain(text: string): { readonly value: YamlValue } | undefined {
  if (unusualCharacter.test(text) || mayBeMarked.test(text)) return undefined;
  if (/^\s*(?:#|$)/.test(text) && text.split("\n").every((line) => /^ *(?:#|$)/.test(line)))
    return { value: null };
  try {
    const value = load(text, { schema: plainSchemaOfYaml, maxDepth: 100 }) as YamlValue;
    return typeof value === "object" ? { value } : undefined;
  } catch {
    // What is wrong with it, if anything is, `yaml` says with its place.
    return undefined;
  }
}

/** Thrown by what a plain scalar or a key is told by: nobody sees it. */
const notAlike = new Error("it is not read alike");

/** Plain scalars that may be numbers, booleans, dates or null to one reader or another, as all of them understand them. */
const doubtful = /^(?:[-+.]?\d|[-+]?\.(?:inf|nan|\d)|~|(?:y|yes|n|no|on|off|true|false|null)$)/i;
/** What begins with a digit and is text to all: versions, quantities, addresses. */
const textWithDigits =
  /^(?!0[box])\d[\d.]*(?:[a-df-wyz][\w.+-]*|[-/][\w./-]*[a-zA-Z/][\w./-]*|\.\d+\.[\d./]+)$/i;

const plainTag = defineScalarTag<string | number | boolean | null>("tag:yaml.org,2002:plain", {
  implicit: true,
  identify: () => false,
  resolve(source) {
    if (source === "") return null;
    if (!doubtful.test(source)) return NOT_RESOLVED;
    if (/^(?:0|-?[1-9]\d{0,14})$/.test(source)) return Number(source);
    if (source === "true" || source === "false") return source === "true";
    if (source === "null" || source === "~") return null;
    if (textWithDigits.test(source)) return NOT_RESOLVED;
    throw notAlike;
  },
});

const recordTag = defineMappingTag("tag:yaml.org,2002:map", {
  ...mapTag,
  addPair(record: { [field: string]: unknown }, name, value) {
    if (typeof name !== "string" || name === "__proto__" || name.length > 500) throw notAlike;
    record[name] = value;
    return "";
  },
});

const plainSchemaOfYaml = new Schema([strTag, seqTag, recordTag, plainTag]);
