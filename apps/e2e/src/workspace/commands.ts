import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a command of the PATH lies; undefined where there is none. */
export function commandPath(name: string, folders: readonly string[] = pathFolders()): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isRunnable);
}

/** The folders of the PATH. */
export const pathFolders = (): readonly string[] =>
  (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A command and the package that has it. */
export type CommandPackages = Readonly<Record<string, string>>;

/**
 * Where each command lies.
 *
 * @param needed each command with what to install for it.
 * @throws Error with every command that is missing.
 */
export function requireCommands<Needed extends CommandPackages>(
  needed: Needed,
  folders: readonly string[] = pathFolders(),
): Record<keyof Needed, string> {
  const found = Object.keys(needed).map((name) => [name, commandPath(name, folders)] as const);
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => name);
  if (missing.length > 0) {
    const lines = missing.map((name) => `  ${name}: install ${needed[name]}`);
    throw new Error(`Not on the PATH:\n${lines.join("\n")}`);
  }
  return Object.fromEntries(found) as Record<keyof Needed, string>;
}
