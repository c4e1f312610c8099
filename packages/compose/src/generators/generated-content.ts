import { fieldPath } from "../value/path.ts";
import { undefinedField, type FieldProblem } from "../problems/field-problems.ts";
import { notPlain, pathWithin } from "../problems/malformed.ts";
import { isObject } from "../value/plain.ts";
import type { Problem } from "../problems/problem.ts";
import { describe } from "../problems/described.ts";
import type { BrokenRule, Rules } from "../kubernetes/rules.ts";

type ContentValue = string | Uint8Array;

/**
 * Reads the bytes of a file.
 *
 * @throws where it cannot be read.
 */
type ReadBytes = (source: URL) => Uint8Array;

/** The content of a ConfigMap or Secret by key. */
export interface GeneratedContent {
  readonly literals?: Readonly<Record<string, string>>;
  /**
   * The contents of files by key, or the files themselves: `new URL("../tls.key", import.meta.url)` is read when the layer
   * is composed, so that what it holds need not stand in the sources. Bytes that are no UTF-8 text go into a ConfigMap's
   * `binaryData`.
   */
  readonly files?: Readonly<Record<string, ContentValue | URL>>;
  /**
   * The text of an environment file, or the file itself, or several: lines of `KEY=value`, empty lines and lines that start
   * with `#`.
   */
  readonly env?: string | URL | readonly (string | URL)[];
}

/** Whether content lies in files that are yet to be read. */
export const isInFiles = ({ files = {}, env = [] }: GeneratedContent): boolean =>
  [...Object.values(files), ...envTexts(env)].some((each) => each instanceof URL);

const envTexts = (env: Exclude<GeneratedContent["env"], undefined>): readonly unknown[] =>
  Array.isArray(env) ? env : [env];

/**
 * The content with its files read.
 *
 * @throws what `read` throws.
 */
export function readContent(content: GeneratedContent, read: ReadBytes): GeneratedContent {
  const { files = {}, env = [] } = content;
  const bytesOf = <V>(value: V | URL): V | Uint8Array => (value instanceof URL ? read(value) : value);
  const texts = envTexts(env).map((text) =>
    text instanceof URL ? new TextDecoder("utf-8", { fatal: true }).decode(read(text)) : text,
  );
  return {
    ...content,
    files: Object.fromEntries(Object.entries(files).map(([key, value]) => [key, bytesOf(value)])),
    env: texts as readonly string[],
  };
}

/** Content as the object holds it. */
export interface Data {
  readonly data: Readonly<Record<string, string>>;
  readonly binaryData: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** Keys and values as Kustomize writes them; what cannot be written is a problem. */
export function contentOf(
  options: GeneratedContent & { readonly name: string },
  kind: "ConfigMap" | "Secret",
): Data {
  const malformed = malformedOptions(options);
  if (malformed) return { data: {}, binaryData: {}, problems: [malformed] };
  const { literals = {}, files = {}, env = [], name } = options;
  const problems: Problem[] = [];
  const texts = envTexts(env);
  for (const text of texts.filter((each) => typeof each !== "string" && !(each instanceof URL)))
    problems.push({
      code: "type-mismatch",
      what: `got ${describe(text)}`,
      path: "env",
      expected: "text of lines KEY=value, or the URL of a file",
      fix: "give text",
    });
  const object = `${kind}/${name}`;
  const seen = new Set<string>();
  const data: [string, string][] = [];
  const binaryData: [string, string][] = [];
  const pairs = [
    ...texts.flatMap((text) =>
      typeof text === "string" ? environmentPairs(text).map((pair) => [...pair, "env"] as const) : [],
    ),
    ...Object.entries(literals).map((pair) => [...pair, "literals"] as const),
    ...Object.entries(files).map((pair) => [...pair, "files"] as const),
  ];
  for (const [key, value, source] of pairs) {
    const why = whyNoPair(key, value, seen);
    seen.add(key);
    if (why) problems.push({ ...why, object, path: `${source}[${JSON.stringify(key)}]` });
    else if (value instanceof URL) continue;
    else if (kind === "Secret") data.push([key, base64(value)]);
    else {
      const text = contentText(value);
      if (text === undefined) binaryData.push([key, base64(value)]);
      else data.push([key, text]);
    }
  }
  if (typeof name !== "string" || name === "")
    problems.push({
      code: "generator-name-missing",
      what: "a generator has no name",
      object,
      expected: "a name",
      fix: "state it",
    });
  return { data: sortedPairs(data), binaryData: sortedPairs(binaryData), problems };
}

const contentFields = ["literals", "files", "env"] as const;

/** Why the options are none that can be read; the contents are looked at one by one. */
function malformedOptions(options: GeneratedContent): Problem | undefined {
  const { files = {}, literals = {}, env: _env, ...others } = options;
  const unset = contentFields.find((name) => Object.hasOwn(options, name) && options[name] === undefined);
  if (unset) return undefinedField(unset);
  const malformedPairs = Object.entries({ files, literals }).flatMap(
    ([name, pairs]) => notPlain(withoutFields(pairs), pathWithin(name)) ?? [],
  );
  return notPlain(others, (path) => path) ?? malformedPairs[0];
}

/** An object's kind and what it inherits, and none of its own. */
const withoutFields = (value: unknown): unknown =>
  isObject(value) ? Object.create(Object.getPrototypeOf(value)) : value;

const sortedPairs = (pairs: readonly [string, string][]): Record<string, string> =>
  Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Source: `IsConfigMapKey` of k8s.io/apimachinery, which holds for Secrets, too. */
function whyNoKey(key: string): Omit<FieldProblem, "path"> | undefined {
  if (/^[-\w.]{1,253}$/.test(key) && key !== "." && !key.startsWith("..")) return undefined;
  const expected = "1 to 253 letters, digits, - _ . that do not start with two dots";
  return {
    code: "generator-key-malformed",
    what: `${JSON.stringify(key)} is not a key`,
    expected,
    fix: "rename it",
  };
}

/** What the API server lets a ConfigMap or a Secret hold. Source: `MaxSecretSize` of k8s.io/api. */
const contentLimit = 1024 * 1024;

/**
 * What the API server refuses in a ConfigMap or a Secret: keys that are none, content that is not base64 where that is
 * needed, more than 1 MiB. A generator's object keeps to it, whatever patches add.
 */
export const contentRules: Rules = (object) => {
  const { kind, ...fields } = object as Readonly<Record<string, unknown>>;
  const broken: BrokenRule[] = [];
  let size = 0;
  for (const field of ["data", "binaryData"]) {
    const pairs = Object.entries(fields[field] ?? {});
    const isCode = kind === "Secret" || field === "binaryData";
    for (const [key, value] of pairs) {
      const path = fieldPath(field, key);
      const why = whyNoKey(key) ?? (isCode ? whyNoBase64(value) : undefined);
      if (why) broken.push({ path, ...why });
      if (typeof value !== "string") continue;
      size += isCode ? Buffer.from(value, "base64").length : Buffer.byteLength(value);
    }
  }
  if (size > contentLimit) {
    const expected = `${contentLimit} bytes at most, as the API server takes them`;
    broken.push({
      path: "data",
      code: "generated-content-too-large",
      what: `it holds ${size} bytes`,
      expected,
      fix: "spread it over several",
    });
  }
  return broken;
};

function whyNoBase64(value: unknown): Omit<BrokenRule, "path"> | undefined {
  const code = typeof value === "string" ? value.replaceAll(/[\r\n]/g, "") : "-";
  if (code.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(code)) return undefined;
  const fix = "encode it, or give it to the generator, which does";
  return { code: "base64-malformed", what: "the content is not base64", expected: "base64", fix };
}

function whyNoPair(key: string, value: ContentValue | URL, seen: ReadonlySet<string>): Problem | undefined {
  const why = whyNoKey(key);
  if (why) return why;
  if (seen.has(key)) {
    const fix = "drop one of them";
    return {
      code: "generator-key-repeated",
      what: `the key "${key}" is there twice`,
      expected: "each key once among env, literals and files",
      fix,
    };
  }
  if (value instanceof Uint8Array || value instanceof URL) return undefined;
  if (typeof value !== "string") {
    const what = `got ${describe(value)}`;
    return {
      code: "type-mismatch",
      what,
      expected: "text, bytes or the URL of a file",
      fix: "give it as text",
    };
  }
  if (!value.isWellFormed())
    return {
      code: "surrogate-unpaired",
      what: "the text has half a character",
      expected: "whole characters",
      fix: "give it as bytes",
    };
  return undefined;
}

/** The pairs of an environment file; a line without `=` has no value. */
function environmentPairs(text: string): [string, string][] {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const end = line.indexOf("=");
      return end < 0 ? [line, ""] : [line.slice(0, end), line.slice(end + 1)];
    });
}

/** Content as text; undefined for bytes that are none. */
function contentText(value: ContentValue): string | undefined {
  if (typeof value === "string") return value;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return undefined;
  }
}

/** Base64 in lines of 70 characters where there are more, as Kustomize has it: the hash is taken of these lines. */
function base64(value: ContentValue): string {
  const code = Buffer.from(value).toString("base64");
  return code.length < 70 ? code : code.replaceAll(/.{1,70}/g, "$&\n");
}
