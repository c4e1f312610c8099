import { relative, sep } from "node:path";
import { kebabCase } from "../model/names.ts";
import type { Kustomization } from "../tree/tree.ts";

/** Names of folders that say nothing of what is in them. */
const generic = new Set(
  "overlay overlays env envs environment environments base bases component components deploy k8s kustomize".split(
    " ",
  ),
);

/**
 * The parts of a folder's path as seen from the folder that is imported, or from the one that holds all of them: without
 * those that say nothing, and with them.
 */
interface PathParts {
  readonly telling: readonly string[];
  readonly all: readonly string[];
}

/**
 * The folder of the sources that each kustomization becomes: `overlays/<name>` for what can be rendered, `base` for what it
 * stands on (`bases/<name>` where there are several), `components/<name>`.
 */
export function foldersFor(
  kustomizations: readonly Kustomization[],
  root: string,
): ReadonlyMap<Kustomization, string> {
  const common = commonFolder([root, ...kustomizations.map(({ folder }) => folder)]);
  const outer = partsIn(common).findLast((part) => !generic.has(part)) ?? "kustomization";
  const paths = new Map(
    kustomizations.map((each): readonly [Kustomization, PathParts] => {
      const path = relative(root, each.folder);
      const isWithin = path !== "" && !path.startsWith("..");
      // Where the repository lies on this machine is nobody's name.
      const all = isWithin ? partsIn(path) : [outer, ...partsIn(relative(common, each.folder))];
      const telling = all.filter((part) => !generic.has(part));
      return [each, { telling: telling.length > 0 ? telling : all, all }];
    }),
  );
  const named = new Set(kustomizations.flatMap(({ bases }) => bases));
  const isBase = (each: Kustomization): boolean =>
    !each.isComponent && each.bases.length === 0 && named.has(each);
  const bases = kustomizations.filter(isBase);
  const components = kustomizations.filter(({ isComponent }) => isComponent);
  const overlays = kustomizations.filter((each) => !each.isComponent && !isBase(each));
  const [only] = bases;
  return new Map([
    ...(only && bases.length === 1 ? [[only, "base"] as const] : foldersWithin("bases", bases, paths)),
    ...foldersWithin("components", components, paths),
    ...foldersWithin("overlays", overlays, paths),
  ]);
}

const partsIn = (path: string): string[] => path.split(sep).map(kebabCase).filter(Boolean);

/** The innermost folder that holds all of these. */
function commonFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(sep));
  const end = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (end < 0 ? first : first.slice(0, end)).join(sep) || sep;
}

/** Folders named by the last parts of the source's, as many as it takes to tell them apart. */
function foldersWithin(
  parent: string,
  kustomizations: readonly Kustomization[],
  paths: ReadonlyMap<Kustomization, PathParts>,
): (readonly [Kustomization, string])[] {
  const used = new Set<string>();
  const nameOf = (each: Kustomization, kind: keyof PathParts, count: number): string =>
    (paths.get(each)?.[kind] ?? []).slice(-count).join("-");
  return kustomizations.map((each) => {
    const candidates = (["telling", "all"] as const).flatMap((kind) =>
      (paths.get(each)?.[kind] ?? []).map((_, index) => ({ kind, count: index + 1 })),
    );
    const alone = candidates.find(({ kind, count }) =>
      kustomizations.every(
        (other) => other === each || nameOf(other, kind, count) !== nameOf(each, kind, count),
      ),
    );
    const { kind, count } = alone ?? candidates.at(-1) ?? { kind: "all", count: 1 };
    const full = nameOf(each, kind, count) || "kustomization";
    let name = full;
    for (let number = 2; used.has(name); number++) name = `${full}-${number}`;
    used.add(name);
    return [each, `${parent}/${name}`];
  });
}
