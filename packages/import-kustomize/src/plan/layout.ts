import { relative, sep } from "node:path";
import { kebabCase } from "../model/names.ts";
import type { Kustomization } from "../tree/tree.ts";

/** Names of folders that say nothing of what is in them. */
const generic = new Set(
  "overlay overlays env envs environment environments base bases component components deploy k8s kustomize".split(
    " ",
  ),
);

/** The parts of a folder's path as seen from the folder that is imported, those last that tell most. */
type PartsOfPath = (kustomization: Kustomization) => string[];

/**
 * The folder of the sources that each kustomization becomes: `overlays/<name>` for what can be rendered, `base` for what it
 * stands on (`bases/<name>` where there are several), `components/<name>`.
 */
export function foldersFor(
  kustomizations: readonly Kustomization[],
  root: string,
): ReadonlyMap<Kustomization, string> {
  const partsOf: PartsOfPath = ({ folder }) => {
    const path = relative(root, folder);
    const isWithin = path !== "" && !path.startsWith("..");
    const all = (isWithin ? path : folder).split(sep).map(kebabCase).filter(Boolean);
    const special = all.filter((part) => !generic.has(part));
    return special.length > 0 ? special : all;
  };
  const named = new Set(kustomizations.flatMap(({ bases }) => bases));
  const isBase = (each: Kustomization): boolean =>
    !each.isComponent && each.bases.length === 0 && named.has(each);
  const bases = kustomizations.filter(isBase);
  const components = kustomizations.filter(({ isComponent }) => isComponent);
  const overlays = kustomizations.filter((each) => !each.isComponent && !isBase(each));
  const [only] = bases;
  return new Map([
    ...(only && bases.length === 1 ? [[only, "base"] as const] : foldersWithin("bases", bases, partsOf)),
    ...foldersWithin("components", components, partsOf),
    ...foldersWithin("overlays", overlays, partsOf),
  ]);
}

/** Folders named by the last parts of the source's, as many as it takes to tell them apart. */
function foldersWithin(
  parent: string,
  kustomizations: readonly Kustomization[],
  partsOf: PartsOfPath,
): (readonly [Kustomization, string])[] {
  const used = new Set<string>();
  return kustomizations.map((each) => {
    const parts = partsOf(each);
    const nameOf = (other: Kustomization, count: number): string => partsOf(other).slice(-count).join("-");
    const isAlone = (count: number): boolean =>
      kustomizations.every((other) => other === each || nameOf(other, count) !== nameOf(each, count));
    const count = parts.findIndex((_, index) => isAlone(index + 1)) + 1 || parts.length;
    const full = nameOf(each, count) || "kustomization";
    let name = full;
    for (let number = 2; used.has(name); number++) name = `${full}-${number}`;
    used.add(name);
    return [each, `${parent}/${name}`];
  });
}
