import { readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { versionsOf, yamlFiles, type WrittenCrd, type Downloaded } from "./crds.ts";

/** An object of a project's own kinds that is published with it. */
export interface Sample {
  /** The file, relative to its module. */
  readonly file: string;
  /** The apiVersion and the kind, as the generated validators are called. */
  readonly key: string;
  readonly crd: WrittenCrd;
  readonly version: string;
  readonly object: { readonly [field: string]: unknown };
}

/** More than any sample has: what is larger is a bundle of manifests. */
const largest = 2_000_000;

/**
 * The objects of the CRDs' kinds in all YAML files of a project's modules. Each stands once, without a namespace, which
 * need not be there.
 */
export function samplesOf({ folders }: Downloaded, crds: readonly WrittenCrd[]): Sample[] {
  const kinds = new Map(
    crds.flatMap((crd) =>
      versionsOf(crd)
        .filter(({ served }) => served)
        .map(({ name }) => [`${crd.spec.group}/${name}/${crd.spec.names.kind}`, { crd, version: name }]),
    ),
  );
  const found = new Map<string, Sample>();
  for (const folder of folders) {
    for (const file of yamlFiles(folder)) {
      for (const object of sampleObjects(file)) {
        const key = `${String(object["apiVersion"])}/${String(object["kind"])}`;
        const of = kinds.get(key);
        if (!of) continue;
        const text = JSON.stringify(object);
        if (!found.has(text)) found.set(text, { file: relative(folder, file), key, ...of, object });
      }
    }
  }
  return [...found.values()];
}

interface SampleObject {
  readonly metadata?: { readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

function sampleObjects(file: string): SampleObject[] {
  const text = statSync(file).size <= largest ? readFileSync(file, "utf8") : "";
  // Most files hold templates or settings.
  if (!text.includes("apiVersion:")) return [];
  // As kubectl reads YAML.
  const documents = parseAllDocuments(text, { version: "1.1", merge: true, logLevel: "silent" });
  return documents.flatMap((document) => {
    if (document.errors.length > 0) return [];
    const value = plainSample(document);
    if (!value?.metadata || typeof value.metadata !== "object") return [];
    const { namespace: _namespace, ...metadata } = value.metadata;
    return [{ ...value, metadata }];
  });
}

/** As JSON has it: a date is a text. Undefined for what JSON cannot say. */
function plainSample(document: {
  toJS: (options: { maxAliasCount: number }) => unknown;
}): SampleObject | undefined {
  try {
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
