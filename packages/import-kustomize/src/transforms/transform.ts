import type { LayerContent } from "@atlas/compose";
import { attempt, note, sourcePlace } from "../model/log.ts";
import { transformed, type Tracked } from "../model/state.ts";
import { child, type Cursor } from "../read/cursor.ts";

/**
 * Something that a kustomization does to all its objects. Each stands in a file here, and in the list of `transforms.ts`:
 * which fields are read, when it is done, and where the sources state it follow from that.
 */
export interface SourceTransform {
  /** The field of a layer that states it. */
  readonly field: keyof LayerContent;
  /** The fields of a kustomization that say it. */
  readonly saidBy: readonly string[];
  /**
   * When it is done, in the order of Kustomize: names and marks before the patches that come late, workloads after these.
   * Names are stated before a layer's objects, the others after its patches.
   */
  readonly phase: "names" | "marks" | "workloads";
  /** What a kustomization says; undefined where that is nothing. */
  readonly read: (root: Cursor) => TransformPlanner | undefined;
}

/** Does to the objects what was read, and gives what the layer is to state; undefined where it is not to. */
export type TransformPlanner = (work: TransformWork) => LayerContent | undefined;

/** The objects of a layer on their way, and what is left out of it. */
export interface TransformWork {
  /** The kustomization. */
  readonly root: Cursor;
  state: readonly Tracked[];
  /** Leaves comments where a field would stand. */
  readonly omit: (field: keyof LayerContent, comments: readonly string[]) => void;
}

/** The field of a kustomization, or that itself where the field does not stand in it. */
export const fieldCursor = (root: Cursor, name: string): Cursor => child(root, name) ?? root;

/**
 * Does to all objects what a field says.
 *
 * @param content what the engine is to do, where that is not what the layer states.
 * @returns what the layer states; undefined where the engine has something against it.
 */
export function transform(
  work: TransformWork,
  field: string,
  stated: LayerContent,
  content: LayerContent = stated,
): LayerContent | undefined {
  const { place, log } = fieldCursor(work.root, field);
  const state = attempt(log, place, () => transformed(work.state, content));
  if (state) work.state = state;
  return state && stated;
}

/**
 * Says of a field that it changes nothing, and leaves it out.
 *
 * @param what the field's value, as it is named to people; `where`, as a comment names it.
 */
export function leaveOut(work: TransformWork, field: keyof LayerContent, what: string, where: string): void {
  const { place, path, log } = fieldCursor(work.root, field);
  note(log, {
    ...place,
    path,
    code: "import-without-effect",
    what: `${what} applies to no object, so it is left out`,
  });
  work.omit(field, [`Left out: ${where} in ${sourcePlace(place, log)} applies to no object.`]);
}
