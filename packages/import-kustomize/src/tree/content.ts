import type { Cursor } from "../read/cursor.ts";
import type { SourceTransform, TransformPlanner } from "../transforms/transform.ts";
import { sourceTransforms } from "../transforms/transforms.ts";
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
  /** What it does to all objects. */
  readonly transforms: readonly (Pick<SourceTransform, "phase"> & { readonly plan: TransformPlanner })[];
  readonly replacements: readonly Replacement[];
}

export function readSourceContent(root: Cursor, folder: string, files: readonly FileEntry[]): SourceContent {
  return {
    objects: files.flatMap(({ entry, cursor }) => resourceObjects(entry, folder, cursor)),
    generators: generatorsOf(root, folder),
    early: earlyPatches(root, folder),
    late: latePatches(root, folder),
    transforms: sourceTransforms.flatMap(({ phase, read }) => {
      const plan = read(root);
      return plan ? [{ phase, plan }] : [];
    }),
    replacements: replacementsIn(root, folder),
  };
}
