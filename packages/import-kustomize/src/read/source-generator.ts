import { realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { GeneratorOptions } from "@atlas/compose/generators";
import { readText } from "@atlas/input/yaml";
import {
  child,
  elementCursors,
  withoutPlaceholder,
  flag,
  pairs,
  report,
  textIn,
  type Cursor,
} from "./cursor.ts";
import { onlyFields } from "./fields.ts";
import { displayPath } from "@atlas/input";
import { attempt, note, type SourcePlace } from "../model/log.ts";
import type { GeneratorPlan } from "../model/plan.ts";
import { readEntry } from "./source-file.ts";

/** A generator of a kustomization, and where it stands. */
export interface SourceGenerator {
  readonly plan: GeneratorPlan;
  readonly place: SourcePlace;
}

const generatorFields = ["name", "namespace", "behavior", "files", "literals", "envs", "env", "options"];
const optionFields = ["labels", "annotations", "disableNameSuffixHash", "immutable"];

/** The ConfigMaps and Secrets that a kustomization generates. */
export function generatorsOf(root: Cursor, folder: string): SourceGenerator[] {
  const global = child(root, "generatorOptions");
  if (global) onlyFields(global, optionFields);
  const make = (cursor: Cursor, name: GeneratorPlan["function"]): SourceGenerator[] => {
    if (child(cursor, "name") && !withoutPlaceholder(child(cursor, "name"))) return [];
    const options = generatorOptions(cursor, root, folder, name === "secretGenerator");
    return [{ plan: { function: name, options }, place: cursor.place }];
  };
  return [
    ...elementCursors(root, "configMapGenerator").flatMap((cursor) => {
      onlyFields(cursor, generatorFields);
      return make(cursor, "configMapGenerator");
    }),
    ...elementCursors(root, "secretGenerator").flatMap((cursor) => {
      onlyFields(cursor, [...generatorFields, "type"]);
      return make(cursor, "secretGenerator");
    }),
  ];
}

function generatorOptions(
  cursor: Cursor,
  root: Cursor,
  folder: string,
  isSecret: boolean,
): GeneratorPlan["options"] {
  const global = child(root, "generatorOptions");
  const own = child(cursor, "options");
  if (own) onlyFields(own, optionFields);
  const either = (name: string): boolean =>
    [global, own].map((options) => flag(options && child(options, name))).includes(true);
  const both = (name: string): Record<string, string> => ({
    ...pairs(global && child(global, name)),
    ...pairs(own && child(own, name)),
  });
  const [labels, annotations] = [both("labels"), both("annotations")];
  const [name, namespace, type] = ["name", "namespace", "type"].map((field) => textIn(child(cursor, field)));
  if (name === undefined) report(cursor, "the generator has no name", "a name", "state it");
  const behavior = behaviorOf(cursor);
  return {
    name: name ?? "",
    ...(namespace !== undefined && { namespace }),
    ...(behavior && { behavior }),
    ...(type !== undefined && { type }),
    ...(isSecret ? secretContentOf(cursor, folder) : generatorContent(cursor, folder)),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(either("immutable") && { immutable: true }),
    ...(either("disableNameSuffixHash") && { disableNameSuffixHash: true }),
  };
}

function behaviorOf(cursor: Cursor): GeneratorOptions["behavior"] {
  const field = child(cursor, "behavior");
  const given = textIn(field);
  if (given === undefined || given === "unspecified" || given === "create") return undefined;
  if (given === "merge" || given === "replace") return given;
  report(field ?? cursor, `the behavior is "${given}"`, "create, merge or replace", "say one of them");
  return undefined;
}

type Content = Pick<GeneratorOptions, "env" | "literals" | "files">;

/** The content of a Secret, whose files stay where they are. */
function secretContentOf(cursor: Cursor, folder: string): Content {
  const { literals } = generatorContent(cursor, folder);
  const urlOf = (entry: string): URL => pathToFileURL(realpathSync(join(folder, entry)));
  const env = envCursors(cursor).flatMap((field) => (typeof field.value === "string" ? [field.value] : []));
  const files = elementCursors(cursor, "files").flatMap((field): [string, string][] => {
    const [first = "", second] = typeof field.value === "string" ? field.value.split("=") : [];
    return first === "" ? [] : [second === undefined ? [basename(first), first] : [first, second]];
  });
  // What cannot be read is reported by now.
  if (cursor.log.problems.length > 0) return {};
  const read = [...env, ...files.map(([, entry]) => entry)];
  const says = [
    ...(read.length > 0 ? [`its values stay in ${read.join(", ")}, read when it is rendered`] : []),
    ...(literals ? ["its literals are written into a file beside its module"] : []),
  ];
  if (says.length > 0)
    note(cursor.log, {
      ...cursor.place,
      path: cursor.path,
      code: "import-left-out",
      what: `of the Secret, ${says.join("; ")}`,
    });
  return {
    ...(env.length > 0 && { env: env.map(urlOf) }),
    ...(literals && { literals }),
    ...(files.length > 0 && { files: Object.fromEntries(files.map(([key, entry]) => [key, urlOf(entry)])) }),
  };
}

function generatorContent(cursor: Cursor, folder: string): Content {
  const env = envOf(cursor, folder);
  const literals = collectEntries(elementCursors(cursor, "literals"), literalOf);
  const files = collectEntries(elementCursors(cursor, "files"), (field) => generatorFile(field, folder));
  return {
    ...(env !== "" && { env }),
    ...(Object.keys(literals).length > 0 && { literals }),
    ...(Object.keys(files).length > 0 && { files }),
  };
}

function collectEntries<V>(
  cursors: readonly Cursor[],
  read: (cursor: Cursor) => [string, V] | undefined,
): Record<string, V> {
  const result: Record<string, V> = {};
  for (const cursor of cursors) {
    const [key, value] = read(cursor) ?? [];
    if (key === undefined) continue;
    if (Object.hasOwn(result, key))
      report(cursor, `the key "${key}" is there twice`, "each key once", "drop one of them");
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

/** `KEY=value`, where the value may stand in quotes. */
function literalOf(cursor: Cursor): [string, string] | undefined {
  const literal = textIn(cursor);
  if (literal === undefined) return undefined;
  const end = literal.indexOf("=");
  if (end < 1) {
    report(cursor, `the literal ${JSON.stringify(literal)} has no key`, "KEY=value", "correct it");
    return undefined;
  }
  const value = literal.slice(end + 1);
  const [, inner = value] = /^(?:"([^]*)"|'[^]*')$/.exec(value) ? [value, value.slice(1, -1)] : [];
  return [literal.slice(0, end), inner];
}

/** `path`, or `KEY=path`. */
function generatorFile(cursor: Cursor, folder: string): [string, string | Uint8Array] | undefined {
  const source = textIn(cursor);
  if (source === undefined) return undefined;
  const [first = "", second, ...others] = source.split("=");
  if (others.length > 0 || first === "" || second === "") {
    report(cursor, `${JSON.stringify(source)} names no file`, "path, or KEY=path", "correct it");
    return undefined;
  }
  const bytes = readEntry(second ?? first, folder, cursor);
  return bytes && [second === undefined ? basename(first) : first, textOrBytes(bytes)];
}

function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function envCursors(cursor: Cursor): Cursor[] {
  const single = child(cursor, "env");
  return [...(single ? [single] : []), ...elementCursors(cursor, "envs")];
}

/** The lines of all environment files. */
function envOf(cursor: Cursor, folder: string): string {
  const texts = envCursors(cursor).flatMap((field) => {
    const entry = textIn(field);
    const bytes = entry === undefined ? undefined : readEntry(entry, folder, field);
    const file = displayPath(join(folder, entry ?? ""));
    const content = bytes && attempt(field.log, field.place, () => readText(bytes, file));
    if (content === undefined) return [];
    reportInherited(content, file, field);
    return [content.endsWith("\n") || content === "" ? content : `${content}\n`];
  });
  return texts.join("");
}

/** A line without a value takes it from the environment of whoever builds. */
function reportInherited(content: string, file: string, { log }: Cursor): void {
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line) || line.includes("=")) continue;
    log.problems.push({
      file,
      line: index + 1,
      code: "import-value-of-builder",
      what: `${JSON.stringify(line.trim())} has no value: Kustomize takes it from the environment of whoever builds`,
      expected: "KEY=value",
      fix: "state the value",
    });
  }
}
