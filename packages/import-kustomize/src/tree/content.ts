import type { LabelRecord, ReplicaRecord } from "@atlas/compose";
import {
  child,
  elementCursors,
  filled,
  isYamlObject,
  pairs,
  report,
  text,
  type Cursor,
} from "../read/cursor.ts";
import { onlyFields } from "../read/fields.ts";
import { imagesIn, type SourceImage } from "../transforms/images.ts";
import { labelRecords } from "../transforms/labels.ts";
import { earlyPatches, latePatches, type PatchSource } from "../read/patch-source.ts";
import { replacementsIn, type Replacement } from "../read/replacements.ts";
import { resourceObjects, type SourceObject } from "../read/resource-file.ts";
import { generatorsOf, type SourceGenerator } from "../read/source-generator.ts";

/** An entry of `resources` that names a file. */
export interface FileEntry {
  readonly entry: string;
  readonly cursor: Cursor;
}

/** All that a kustomization says by itself, its files read. */
export interface SourceContent {
  readonly objects: readonly SourceObject[];
  readonly generators: readonly SourceGenerator[];
  /** The patches that come before namespace and labels. */
  readonly early: readonly PatchSource[];
  /** The patches that come after them. */
  readonly late: readonly PatchSource[];
  readonly namespace: string | undefined;
  readonly namePrefix: string | undefined;
  readonly nameSuffix: string | undefined;
  readonly labels: readonly LabelRecord[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly replicas: readonly ReplicaRecord[];
  readonly images: readonly SourceImage[];
  readonly replacements: readonly Replacement[];
}

export function readSourceContent(root: Cursor, folder: string, files: readonly FileEntry[]): SourceContent {
  return {
    objects: files.flatMap(({ entry, cursor }) => resourceObjects(entry, folder, cursor)),
    generators: generatorsOf(root, folder),
    early: earlyPatches(root, folder),
    late: latePatches(root, folder),
    namespace: text(filled(child(root, "namespace"))),
    namePrefix: text(filled(child(root, "namePrefix"))),
    nameSuffix: text(filled(child(root, "nameSuffix"))),
    labels: labelRecords(root),
    annotations: pairs(child(root, "commonAnnotations")),
    replicas: elementCursors(root, "replicas").flatMap((cursor) => replicaIn(cursor) ?? []),
    images: imagesIn(root),
    replacements: replacementsIn(root, folder),
  };
}

function replicaIn(cursor: Cursor): ReplicaRecord | undefined {
  onlyFields(cursor, ["name", "count"]);
  const name = text(child(cursor, "name"));
  const count = isYamlObject(cursor.value) ? cursor.value["count"] : undefined;
  if (name !== undefined && typeof count === "number") return { name, count };
  report(cursor, "the replicas lack name or count", "a name and a number", "state both");
  return undefined;
}
