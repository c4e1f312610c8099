import { same } from "../value/plain.ts";

/** The patch that set something; it is told from others by being this very object. */
export interface PatchMark {
  readonly override: boolean;
}

/** A value that a patch has set, or null for what it has removed. */
interface Noted {
  readonly patch: PatchMark;
  readonly path: string;
  value: unknown;
}

export interface Setting extends Noted {
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
  /** What is in neither yet: they are asked for once another patch comes, and for most objects there is one. */
  readonly unsorted: Noted[];
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
  const others = sorted(settings).at.get(path) ?? [];
  return others.some((other) => other.patch !== patch && same(other.value, value));
}

/** What another patch has set a path to as a whole. */
export const setByAnother = (settings: Settings, path: string, patch: PatchMark): Setting | undefined =>
  sorted(settings)
    .at.get(path)
    ?.find((other) => other.patch !== patch && other.value !== null);

/** What another patch was the first to set otherwise: the path itself, something in it or what it lies in. */
export function firstOther(
  settings: Settings,
  path: string,
  value: unknown,
  patch: PatchMark,
): Setting | undefined {
  if (isAlone(settings, patch)) return undefined;
  const { at, below } = sorted(settings);
  const isOther = (other: Setting): boolean => other.patch !== patch;
  const found = [
    at.get(path)?.find((other) => isOther(other) && !same(other.value, value)),
    below.get(path)?.find(isOther),
    ...ancestorsOf(path).map((above) => at.get(above)?.find(isOther)),
  ];
  return found.filter((other) => other !== undefined).toSorted((a, b) => a.order - b.order)[0];
}

/** Notes that a patch has set a path. */
export function noteSetting(
  { unsorted, patches }: Settings,
  path: string,
  value: unknown,
  patch: PatchMark,
): void {
  unsorted.push({ patch, path, value });
  patches.add(patch);
}

/** The settings with all that is noted in its place. */
function sorted(settings: Settings): Settings {
  for (const noted of settings.unsorted.splice(0)) sortIn(noted, settings);
  return settings;
}

function sortIn({ patch, path, value }: Noted, settings: Settings): void {
  const { at, below } = settings;
  const there = at.get(path) ?? [];
  // Who says the same once more clashes with nobody that the first does not clash with.
  if (there.some((other) => other.patch !== patch && same(other.value, value))) return;
  const own = there.find((other) => other.patch === patch);
  if (own) {
    own.value = value;
    return;
  }
  const setting = { patch, path, value, order: settings.count++ };
  addSetting(at, path, setting);
  for (const above of ancestorsOf(path)) addSetting(below, above, setting);
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
