import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { lock } from "proper-lockfile";

/** Everything that takes long to make or to fetch, below the user's cache folder: shared by all clones. */
const cache: string = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "atlas-e2e");

/** Where an entry of the cache lies, or undefined where there is none. */
export function cached(name: string): string | undefined {
  return existsSync(join(cache, name)) ? join(cache, name) : undefined;
}

/**
 * An entry of the cache, made where there is none. It is made in a folder beside and renamed, so that what is there is
 * whole, and by one process at a time: another that needs the same entry waits for it.
 *
 * @param make fills the empty folder that it is given; when it throws, no entry is made.
 * @throws what `make` throws.
 */
export async function fillCache(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const entry = join(cache, name);
  const release = await lock(entry, {
    realpath: false,
    // A process that was killed no longer touches its lock.
    stale: 30_000,
    retries: { forever: true, minTimeout: 500, maxTimeout: 2000 },
    // Two that make the same entry after all only do the work twice.
    onCompromised: () => {},
  });
  try {
    if (!existsSync(entry)) await makeBeside(entry, name, make);
    return entry;
  } finally {
    await release().catch(() => {});
  }
}

async function makeBeside(
  entry: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const prefix = `${name}.unfinished-`;
  // Left by a process that was killed, as the lock is ours.
  for (const old of readdirSync(cache).filter((other) => other.startsWith(prefix)))
    removeTree(join(cache, old));
  const unfinished = join(cache, `${prefix}${process.pid}`);
  mkdirSync(unfinished);
  try {
    await make(unfinished);
    renameSync(unfinished, entry);
  } finally {
    removeTree(unfinished);
  }
}

const removeTree = (folder: string): void => rmSync(folder, { recursive: true, force: true });
