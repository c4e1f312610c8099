import type { Declaration, FolderPlan, PatchPlan } from "../model/plan.ts";
import { camelCase } from "../model/names.ts";

/** What modules export besides their objects and patches, for others follow it. */
export interface SharedValues {
  /** The generators whose literals are read elsewhere. */
  readonly generators: ReadonlySet<Declaration>;
  /** The constants of a patch, by their paths in its body. */
  readonly constantsOf: (patch: PatchPlan) => ReadonlyMap<string, string>;
}

/** What the patches of folders read from the modules of generators and of other patches. */
export function sharedValues(folders: readonly FolderPlan[]): SharedValues {
  const generators = new Set<Declaration>();
  const constants = new Map<PatchPlan, Map<string, string>>();
  const patches = folders.flatMap(({ steps }) => steps.flatMap((step) => step.patches));
  for (const piece of patches.flatMap(({ followed = [] }) => followed.flatMap(({ pieces }) => pieces))) {
    if (piece.kind === "literal") generators.add(piece.declaration);
    if (piece.kind === "patched") addConstant(constants, piece);
  }
  return { generators, constantsOf: (patch) => constants.get(patch) ?? new Map() };
}

/** A constant is named as the patch is, and as the field. */
function addConstant(
  constants: Map<PatchPlan, Map<string, string>>,
  { patch, path }: { readonly patch: PatchPlan; readonly path: string },
): void {
  const known = constants.get(patch) ?? new Map<string, string>();
  constants.set(patch, known);
  if (known.has(path)) return;
  const [last = ""] = path
    .split("/")
    .filter((step) => /[a-z]/i.test(step) && step !== "value")
    .slice(-1);
  const name = camelCase(`${patch.name} ${last || "value"}`);
  const used = new Set(known.values());
  let free = name;
  for (let number = 2; used.has(free); number++) free = `${name}${number}`;
  known.set(path, free);
}

/** What the literals of a generator are called. */
export const literalsName = ({ name }: Declaration): string => `${name}Literals`;
