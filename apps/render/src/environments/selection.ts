import { loadFolder, type LoadedFolder } from "./environments.ts";
import type { Environment, EnvironmentFolder } from "./environment.ts";
import { InputError } from "@atlas/input";

/** What is to be rendered. */
export interface Selection {
  readonly environments: readonly Environment[];
  /**
   * The folders of the output of which everything is selected, and what belongs there: that of each fleet, and the output
   * itself under the empty name. What else was rendered into them is left over.
   */
  readonly complete: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The environments of these names, all of them when there is no name. The name of a fleet's folder stands for the whole
 * fleet, `<folder>/<name>` for one environment of it.
 *
 * @throws {InputError} naming those that do not exist and those that do.
 */
export async function selectEnvironments(
  names: readonly string[],
  all: readonly EnvironmentFolder[],
): Promise<Selection> {
  const isAll = names.length === 0;
  const wanted = new Set(isAll ? all.map(({ name }) => name) : await namesMeant(names, all));
  const folders = new Set([...wanted].map(folderOf));
  const loaded: LoadedFolder[] = [];
  for (const folder of all) if (folders.has(folder.name)) loaded.push(await loadFolder(folder));
  const environments = loaded.flatMap((folder) =>
    // Of a broken folder nobody knows what is in it; it is rendered to say why.
    wanted.has(folder.name) || folder.kind === "broken"
      ? folder.environments
      : folder.environments.filter(({ name }) => wanted.has(name)),
  );
  const found = new Set([...loaded, ...environments].map(({ name }) => name));
  const broken = new Set(loaded.filter(({ kind }) => kind === "broken").map(({ name }) => name));
  const unknown = [...wanted].filter((name) => !found.has(name) && !broken.has(folderOf(name)));
  if (unknown.length > 0) throw await noSuchEnvironments(unknown, all, loaded);
  const fleets = loaded.filter(({ name, kind }) => kind === "fleet" && wanted.has(name));
  return {
    environments,
    complete: new Map([
      ...(isAll ? [["", wanted] as const] : []),
      ...fleets.map((fleet) => [fleet.name, new Set(loadedNames(fleet).map(memberOf))] as const),
    ]),
  };
}

/** The names of environments that are given by name or path. Most are names already, and no code for paths is loaded. */
async function namesMeant(
  given: readonly string[],
  all: readonly EnvironmentFolder[],
): Promise<readonly string[]> {
  const known = new Set(all.map(({ name }) => name));
  if (given.every((name) => known.has(name))) return given;
  const { environmentNamed } = await import("./environment-name.ts");
  return given.map((name) => environmentNamed(name, all) ?? name);
}

export const folderOf = (name: string): string => name.split("/", 1)[0] ?? name;
export const memberOf = (name: string): string => name.slice(name.indexOf("/") + 1);
const loadedNames = ({ environments }: LoadedFolder): string[] => environments.map(({ name }) => name);

/** The error for names that do not exist. It loads the other folders too: what is meant may be in one of their fleets. */
async function noSuchEnvironments(
  names: readonly string[],
  all: readonly EnvironmentFolder[],
  loaded: readonly LoadedFolder[],
): Promise<InputError> {
  const fleets = new Map<string, string[]>();
  for (const folder of all) {
    const known = loaded.find(({ name }) => name === folder.name) ?? (await loadFolder(folder));
    if (known.kind === "fleet") fleets.set(known.name, loadedNames(known));
  }
  const folders = all.map(({ name }) => name);
  const { noSuchEnvironment } = await import("./environment-name.ts");
  const { holderOf } = await import("./no-environments.ts");
  return new InputError(
    names.map((name) => ({ ...noSuchEnvironment(name, folders, fleets), ...holderOf(name, all) })),
  );
}
