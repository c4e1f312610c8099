import { join } from "node:path";
import type { KubernetesObject } from "@atlas/compose";
import { readYaml, type YamlValue } from "@atlas/input/yaml";
import { isYamlRecord, placeIn, report, type Cursor } from "./cursor.ts";
import { displayPath } from "@atlas/input";
import { attempt, note, type SourcePlace } from "../model/log.ts";
import { readEntry } from "./source-file.ts";

/** An object of a resource file. */
export interface SourceObject {
  readonly object: KubernetesObject;
  readonly place: SourcePlace;
  /** The text of its document, where it is the only object there. */
  readonly text?: string;
}

/**
 * The objects of a resource file: of each of its documents, and of the items of lists.
 *
 * @param cursor the entry that names the file.
 */
export function resourceObjects(entry: string, folder: string, cursor: Cursor): SourceObject[] {
  const bytes = readEntry(entry, folder, cursor);
  if (!bytes) return [];
  const file = displayPath(join(folder, entry));
  const documents = attempt(cursor.log, cursor.place, () => readYaml(bytes, file, "kustomize")) ?? [];
  const texts = documentTexts(new TextDecoder().decode(bytes));
  return documents.flatMap((value, index) => {
    const place = documentPlace(value, { file, line: 1 });
    const text = texts.length === documents.length ? texts[index] : undefined;
    const document: Cursor = { value, place, path: "", log: cursor.log };
    const found = objectsOf(document);
    // The text of a list is that of no object.
    const isAlone = found.length === 1 && isObjectItself(found[0], value);
    return found.map((source) => (isAlone && text !== undefined ? { ...source, text } : source));
  });
}

const isObjectItself = (source: SourceObject | undefined, document: unknown): boolean =>
  source?.object === document;

/** Where a document's first field stands. */
function documentPlace(value: YamlValue, fallback: SourcePlace): SourcePlace {
  const [first = "0"] = isYamlRecord(value) ? Object.keys(value) : [];
  return placeIn(value, first, fallback);
}

/** The documents as text; those that say nothing are left out. Source: YAML 1.2, `c-document-end` and `c-directives-end`. */
function documentTexts(text: string): string[] {
  const parts = text
    .replace(/^\ufeff/, "")
    .split(/^(?:---|\.\.\.)(?=\s|$)[^\S\n]*\n?/m)
    .map((part) => part.replace(/^(?:\s*\n)+/, ""));
  return parts.filter((part) => part.split("\n").some((line) => /^\s*[^\s#]/.test(line)));
}

/** The object itself, or the items of a list, which may be lists again. */
function objectsOf(document: Cursor): SourceObject[] {
  const { value, place, log } = document;
  if (!isYamlRecord(value)) {
    report(
      document,
      "the document is not an object",
      "an object with apiVersion, kind and metadata.name",
      "make it one",
    );
    return [];
  }
  const { kind, items } = value;
  if (typeof kind === "string" && kind.endsWith("List") && Array.isArray(items)) {
    return items.flatMap((item, index) =>
      objectsOf({ value: item, place: placeIn(items, String(index), place), path: `items[${index}]`, log }),
    );
  }
  const missing = ["apiVersion", "kind"].filter((field) => !isNonEmptyText(value[field]));
  if (!isYamlRecord(value["metadata"]) || !isNonEmptyText(value["metadata"]["name"]))
    missing.push("metadata.name");
  if (missing.length > 0) {
    report(
      document,
      `the object has no ${missing.join(", no ")}`,
      "an object of Kubernetes",
      "state them as text",
    );
    return [];
  }
  return isLocalConfig(document) ? [] : [{ object: value as unknown as KubernetesObject, place }];
}

const isNonEmptyText = (value: YamlValue | undefined): boolean => typeof value === "string" && value !== "";

/** Whether annotations make Kustomize leave the object out; those that it otherwise acts on are reported. */
function isLocalConfig(document: Cursor): boolean {
  const { value, place, log } = document;
  const metadata = isYamlRecord(value) ? value["metadata"] : undefined;
  const annotations = isYamlRecord(metadata) ? metadata["annotations"] : undefined;
  if (!isYamlRecord(annotations)) return false;
  for (const name of Object.keys(annotations)) {
    if (!/^(?:internal\.config\.kubernetes\.io|kustomize\.config\.k8s\.io)\//.test(name)) continue;
    const at = {
      ...document,
      place: placeIn(annotations, name, place),
      path: `metadata.annotations["${name}"]`,
    };
    report(
      at,
      "Kustomize acts on this annotation, and that cannot be imported",
      "annotations for the cluster",
      "take it out",
    );
  }
  const local = annotations["config.kubernetes.io/local-config"];
  if (local === undefined || local === "false") return false;
  note(log, {
    ...place,
    code: "import-left-out",
    what: "the object is left out, as its annotation config.kubernetes.io/local-config has it",
  });
  return true;
}
