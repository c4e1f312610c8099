import { isDeepStrictEqual } from "node:util";
import { compactYaml, definitionsYaml, withDescriptions, withoutDescriptions } from "./model/compact.ts";
import { kubernetesFile, lastApplied, type Crd, type SharedDefinitions } from "./model/crd.ts";
import { expand } from "./model/expand.ts";
import { fold } from "./model/fold.ts";
import { readKubernetesNames } from "./model/kubernetes-names.ts";
import type { Model } from "./model/model.ts";
import { readCrds } from "./read/crds.ts";
import { refuseOthers, type ReleaseCrds } from "./read/release-crds.ts";
import type { Text } from "./read/documents.ts";
import { isObject, type Json } from "./model/schema.ts";
import type { OutputFile } from "./emit/output-file.ts";

/**
 * Which descriptions the sources have: upstream's, and those of earlier sources where upstream has none; the earlier ones
 * alone, which are somebody's own words; or none.
 */
export type Descriptions = "upstream" | "own" | "none";

/** How CRDs are imported. */
export interface CrdImportOptions {
  /** Upstream's, unless it is said. */
  readonly descriptions?: Descriptions;
  /** What the files have to be, where they are a release's. */
  readonly release?: ReleaseCrds | undefined;
  /** Is told of each file that holds no CRD, where others do. */
  readonly onOther?: (file: string) => void;
}

/** CRDs in which references stand for what has a name, as compact sources state them. */
export interface CompactCrds {
  readonly crds: readonly Crd[];
  readonly definitions: SharedDefinitions;
  /** Which descriptions they have. */
  readonly descriptions: Descriptions;
}

/**
 * Some upstream CRDs made compact. CRDs that were there and are not given again stay, unless what is given is the whole of
 * their group.
 *
 * @throws InputError with every problem of the files.
 */
export function compactCrds(
  texts: readonly Text[],
  earlier: Model,
  { descriptions = "upstream", release, onOther }: CrdImportOptions = {},
): CompactCrds {
  const given = readCrds(texts, undefined, onOther).map(asWritten);
  if (release) refuseOthers(given, earlier.crds, release);
  const names = new Set(given.map((crd) => crd.metadata.name));
  const kept = earlier.crds.filter(
    (crd) => !names.has(crd.metadata.name) && !(release?.whole && crd.spec.group === release.group),
  );
  const whole = [
    ...given.map((crd) => (descriptions === "upstream" ? crd : withoutDescriptions(crd))),
    ...kept
      .map((crd) => expand(crd, earlier.definitions))
      .map((crd) => (descriptions === "own" ? withoutDescriptions(crd) : crd)),
  ];
  const { crds, definitions } = fold(whole, readKubernetesNames(), earlier.definitions);
  for (const crd of whole) assertLossless(crd, crds, definitions);
  const described = crds.map((crd) => {
    const before = earlier.crds.find((other) => other.metadata.name === crd.metadata.name);
    const isAsked = descriptions !== "none" || !names.has(crd.metadata.name);
    return isAsked ? withDescriptions(crd, before, earlier.definitions) : crd;
  });
  return { crds: described, definitions, descriptions };
}

/** The files that hold compact CRDs. */
export function compactFiles({ crds, definitions, descriptions }: CompactCrds): readonly OutputFile[] {
  return [
    ...crds.map((crd) => ({
      path: `${sourceFileName(crd, crds)}.yaml`,
      content: compactYaml(
        crd,
        ` ${crd.spec.names.kind} as the API server knows it; a $ref stands for a definition in ${kubernetesFile}.\n The schema comes from crd-codegen import, ${descriptions === "own" ? "the descriptions are written here by hand" : "with its descriptions"}.`,
      ),
    })),
    ...(Object.keys(definitions).length > 0
      ? [{ path: kubernetesFile, content: definitionsYaml(definitions) }]
      : []),
  ];
}

/**
 * The compact sources of some upstream CRDs, as {@link compactCrds} makes them.
 *
 * @throws InputError with every problem of the files.
 */
export const importCrds = (
  texts: readonly Text[],
  earlier: Model,
  options: CrdImportOptions = {},
): readonly OutputFile[] => compactFiles(compactCrds(texts, earlier, options));

/** What the API server adds to an object: it says nothing of what was written. */
const serverMetadata = new Set([
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/** The CRD as a person wrote it, wherever it was read. */
function asWritten({ status: _status, ...crd }: Crd): Crd {
  const { name, annotations } = crd.metadata;
  const own = isObject(annotations) ? withoutNames(annotations, new Set([lastApplied])) : {};
  const metadata = { ...withoutNames(crd.metadata, serverMetadata), name };
  if (Object.keys(own).length > 0) return { ...crd, metadata: { ...metadata, annotations: own } };
  return { ...crd, metadata: { ...withoutNames(metadata, new Set(["annotations"])), name } };
}

const withoutNames = (object: Json, names: ReadonlySet<string>): Json =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));

/** The plural, and the group where two groups have it, or the shared definitions. */
function sourceFileName({ metadata, spec }: Crd, crds: readonly Crd[]): string {
  const { plural } = spec.names;
  const same = crds.filter((other) => other.spec.names.plural === plural);
  return same.length === 1 && `${plural}.yaml` !== kubernetesFile ? plural : metadata.name;
}

/** Folding must lose nothing: what it made, expanded again, is what was given. */
function assertLossless(crd: Crd, folded: readonly Crd[], definitions: SharedDefinitions): void {
  const compact = folded.find((other) => other.metadata.name === crd.metadata.name);
  if (compact && isDeepStrictEqual(expand(compact, definitions), crd)) return;
  throw new Error(`folding ${crd.metadata.name} lost a part of it; this is a fault of the importer`);
}
