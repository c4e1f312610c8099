import { same } from "../value/plain.ts";

/** The patch that set something; it is told from others by being this very object. */
export interface PatchMark {
  readonly override: boolean;
}

/** A value that a patch has set, or null for what it has removed. */
export interface Setting {
  readonly patch: PatchMark;
  readonly path: string;
  value: unknown;
  /** What was set before has a lower one. */
  readonly order: number;
}

/**
 * What the patches of one layer have set so far in one object. To look for what is set at, above and below a path takes
 * no longer when there are thousands.
 */
export interface Settings {
  readonly at: Map<string, Setting[]>;
  readonly below: Map<string, Setting[]>;
  /** What is not in `below` yet: it is asked for once another patch comes, and for most objects there is one. */
  readonly unsorted: Setting[];
  readonly patches: Set<PatchMark>;
  count: number;
}

export const noSettings = (): Settings => ({
  at: new Map(),
  below: new Map(),
  unsorted: [],
  patches: new Set(),
  count: 0,
});

/** Whether no other patch has set anything. */
const isAlone = ({ patches }: Settings, patch: PatchMark): boolean =>
  patches.size === 0 || (patches.size === 1 && patches.has(patch));

/** Whether another patch of the layer has set the path to the same. */
export function isSetAlike(settings: Settings, path: string, value: unknown, patch: PatchMark): boolean {
  if (isAlone(settings, patch)) return false;
  const others = settings.at.get(path) ?? [];
  return others.some((other) => other.patch !== patch && same(other.value, value));
}

/** What another patch has set a path to as a whole. */
export const setByAnother = ({ at }: Settings, path: string, patch: PatchMark): Setting | undefined =>
  at.get(path)?.find((other) => other.patch !== patch && other.value !== null);

/** What another patch was the first to set otherwise: the path itself, something in it or what it lies in. */
export function firstOther(
  settings: Settings,
  path: string,
  value: unknown,
  patch: PatchMark,
): Setting | undefined {
  if (isAlone(settings, patch)) return undefined;
  const { at } = settings;
  const isOther = (other: Setting): boolean => other.patch !== patch;
  const found = [
    at.get(path)?.find((other) => isOther(other) && !same(other.value, value)),
    sortedBelow(settings).get(path)?.find(isOther),
    ...ancestorsOf(path).map((above) => at.get(above)?.find(isOther)),
  ];
  return found.filter((other) => other !== undefined).toSorted((a, b) => a.order - b.order)[0];
}

/** Notes that a patch has set a path. */
export function noteSetting(settings: Settings, path: string, value: unknown, patch: PatchMark): void {
  // Who says the same once more clashes with nobody that the first does not clash with.
  if (isSetAlike(settings, path, value, patch)) return;
  const { at, unsorted, patches } = settings;
  const own = at.get(path)?.find((other) => other.patch === patch);
  if (own) {
    own.value = value;
    return;
  }
  const setting = { patch, path, value, order: settings.count++ };
  addSetting(at, path, setting);
  unsorted.push(setting);
  patches.add(patch);
}

function sortedBelow({ below, unsorted }: Settings): ReadonlyMap<string, readonly Setting[]> {
  for (const setting of unsorted.splice(0))
    for (const above of ancestorsOf(setting.path)) addSetting(below, above, setting);
  return below;
}

function addSetting(index: Map<string, Setting[]>, path: string, setting: Setting): void {
  const settings = index.get(path);
  if (settings) settings.push(setting);
  else index.set(path, [setting]);
}

/** What a path lies in: the whole object, and all that comes before a dot or a bracket of it. */
function ancestorsOf(path: string): string[] {
  if (path === "") return [];
  const ancestors = [""];
  for (let index = 0; index < path.length; index++)
    if (path[index] === "." || path[index] === "[") ancestors.push(path.slice(0, index));
  return ancestors;
}
